// Who declared which name first.

#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_file.hpp"

namespace lockgate::rules {

// A file with its place in the order of precedence.
struct RankedFile {
  RuleFile file;
  std::size_t rank = 0;  // of its folder
};

struct Origin {
  const RankedFile* file = nullptr;
  toml::source_region place = {};

  std::string text() const { return file->file.text.place(place); }  // "packs/a.toml:3:8"
  Issue issue(std::string_view code, std::string message, std::string help) const;
};

// Names that must be unique among themselves.  Borrows the list of issues.
class Claims {
 public:
  explicit Claims(std::vector<Issue>& issues) : issues_(issues) {}

  // Whether `name` is new and there is room for one more of its kind; if not, an
  // issue (LG107, LG100).  False for a name that is empty, without an issue.
  bool claim(std::string_view kind, const std::string& name, const Origin& here);
  // Null if nobody claimed it.
  const Origin* find(std::string_view name) const;
  bool empty() const { return first_.empty(); }
  std::vector<std::string> names() const;  // sorted

 private:
  std::vector<Issue>& issues_;
  std::map<std::string, Origin, std::less<>> first_;
  std::map<std::string, std::size_t, std::less<>> counts_;  // by kind
};

}  // namespace lockgate::rules
