// Reads one TOML table key by key and complains, with the place, about what is
// missing, of another type, or not known.

#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "lockgate/time.hpp"
#include "rules/issue.hpp"

namespace lockgate::rules {

// Borrows the table and the list of issues.  `finish` must be called once, after
// the last key was asked for.
class TomlReader {
 public:
  TomlReader(const toml::table& table, std::string file, std::string where,
             std::vector<Issue>& issues)
      : table_(table), file_(std::move(file)), where_(std::move(where)), issues_(issues) {}

  // The value if the key is there and of that type; else nullopt, with an issue
  // unless the key is simply not there.
  std::optional<std::string> text(std::string_view key);
  std::optional<std::int64_t> number(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<bool> boolean(std::string_view key);
  std::optional<UtcTime> moment(std::string_view key);  // an offset date-time
  std::vector<std::string> texts(std::string_view key);
  std::vector<std::int64_t> numbers(std::string_view key);
  std::vector<std::chrono::year_month_day> dates(std::string_view key);
  const toml::table* table(std::string_view key);
  std::vector<const toml::table*> tables(std::string_view key);  // [[key]]

  // As `text`, but its absence is an issue too; then gives "".
  std::string required_text(std::string_view key);

  void complain(std::string_view key, std::string message, std::string help = {});
  // Unknown keys are issues.
  void finish();

 private:
  const toml::node* find(std::string_view key);
  void complain_at(const toml::source_region& place, std::string message, std::string help);
  void wrong_type(std::string_view key, const toml::node& node, std::string_view wanted);

  const toml::table& table_;
  std::string file_;
  std::string where_;  // "in `[callback]`": where this table is; may be empty
  std::vector<Issue>& issues_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace lockgate::rules
