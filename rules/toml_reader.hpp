// Reads one TOML table key by key and complains, with the place, about what is
// missing, of another type, or not known.

#pragma once

#include <chrono>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "lockgate/time.hpp"
#include "rules/issue.hpp"
#include "rules/keys.hpp"
#include "rules/toml_text.hpp"

namespace lockgate::rules {

// Borrows the table, the text and the list of issues.  Either `expect` is called
// first, or `finish` last; both make unknown keys issues.
class TomlReader {
 public:
  // Places are known to the line and column only.
  TomlReader(const toml::table& table, std::string file, std::string where,
             std::vector<Issue>& issues)
      : table_(table), file_(std::move(file)), where_(std::move(where)), issues_(issues) {}
  // Places are exact, and what was written is shown in the help.
  TomlReader(const toml::table& table, const TomlText& text, std::string where,
             std::vector<Issue>& issues)
      : table_(table),
        text_(&text),
        file_(text.file()),
        where_(std::move(where)),
        issues_(issues) {}

  // Every key that this table may have.  A misspelt one is an issue now, and is
  // then read as the one that was meant, so that it is not missing too.
  void expect(std::initializer_list<std::string_view> keys);
  void expect(std::span<const Key> keys);

  // The value if the key is there and of that type; else nullopt, with an issue
  // unless the key is simply not there.
  std::optional<std::string> text(std::string_view key);
  std::optional<std::int64_t> number(std::string_view key, std::int64_t least, std::int64_t most,
                                     std::string_view code = "LG400");
  std::optional<double> real(std::string_view key);  // a whole number too
  std::optional<bool> boolean(std::string_view key);
  std::optional<UtcTime> moment(std::string_view key);  // an offset date-time
  std::optional<std::chrono::year_month_day> date(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  std::vector<std::int64_t> numbers(std::string_view key);
  std::vector<std::chrono::year_month_day> dates(std::string_view key);
  const toml::table* table(std::string_view key);
  std::vector<const toml::table*> tables(std::string_view key);  // [[key]]

  // One of `words`; "" if the key is not there, or, with an issue that says it is
  // not `kind`, if it is something else.
  std::string word(std::string_view key, std::string_view kind,
                   const std::vector<std::string>& words);
  void not_a_word(const toml::source_region& place, std::string_view text, std::string_view kind,
                  const std::vector<std::string>& words);

  // As `text`, but its absence or emptiness is an issue too; then gives "".
  std::string required_text(std::string_view key);
  // An issue if the key is not there.
  bool require(std::string_view key);

  // What stands at the key, of whatever type; null if nothing does.
  const toml::node* node(std::string_view key);
  // Where the value stands; the table's head if there is none.
  toml::source_region place(std::string_view key);

  void complain(std::string_view key, std::string message, std::string help = {},
                std::string_view code = "LG400");
  // Unknown keys are issues.
  void finish();

 private:
  void expect_names(std::span<const std::string_view> keys);
  const toml::node* find(std::string_view key);
  void complain_at(const toml::source_region& place, std::string_view code, std::string message,
                   std::string label = {}, std::string help = {});
  void unknown(const toml::key& key, const std::string& guess);
  void wrong_type(std::string_view key, const toml::node& node, std::string_view wanted);

  const toml::table& table_;
  const TomlText* text_ = nullptr;
  std::string file_;
  std::string where_;  // " in `[callback]`": where this table is; may be empty
  std::vector<Issue>& issues_;
  std::set<std::string, std::less<>> known_;
  std::map<std::string, std::string, std::less<>> meant_;  // expected key -> as misspelt
};

// "text", "a number", "a list": for messages.
std::string_view kind_of(const toml::node& node);
std::chrono::year_month_day to_ymd(const toml::date& date);

}  // namespace lockgate::rules
