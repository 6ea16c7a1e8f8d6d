// Rule files on disk -> a rule set.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "rules/issue.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::app {

struct RuleFiles {
  std::vector<rules::SourceFile> files;
  std::vector<rules::Issue> issues;  // a folder that is not there, a file that cannot be read
};

// The rule files of the named folders, in that order; "packs" are the shipped
// ones unless `base` has a folder of that name.  Paths in the result are as
// named.  Tests (*.test.toml) are left out.
RuleFiles read_rules(const std::filesystem::path& base, const std::vector<std::string>& folders);

// The same for files or folders named on the command line.
RuleFiles read_rules(const std::vector<std::string>& paths);

// The *.test.toml files below the paths, sorted.
RuleFiles read_rule_tests(const std::vector<std::string>& paths);

}  // namespace lockgate::app
