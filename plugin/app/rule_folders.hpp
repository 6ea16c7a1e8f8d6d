// Rule files on disk -> a rule set.

#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rules/issue.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::app {

// A file by two names: that under which it is hashed, which begins with the
// folder's own name wherever that stands, and that by which people know it.
struct RuleFile {
  rules::SourceFile source;
  std::string shown;
};

struct RuleFiles {
  std::vector<RuleFile> files;
  std::vector<rules::Issue> issues;  // a folder that is not there, a file that cannot be read
};

// The rule files of the named folders (or single files) below `base`, in that
// order; "packs" are the shipped ones unless `base` has a folder of that name.
// Tests (*.test.toml) and what begins with a full stop are left out.
RuleFiles read_rules(const std::filesystem::path& base, const std::vector<std::string>& folders);

// The *.test.toml files of the same; of a folder, or named as single files.
RuleFiles read_rule_tests(const std::filesystem::path& base,
                          const std::vector<std::string>& folders);

struct LoadedRules {
  std::shared_ptr<const rules::RuleSet> rules;  // null when there is an issue
  std::vector<rules::Issue> issues;             // sorted; files by the names people know
  std::vector<rules::Issue> advice;             // likewise; if it was asked for
  std::vector<rules::SourceFile> texts;         // by those names: to show issues
  std::map<std::string, std::string> names;  // of each file: as it is hashed -> as people know it
};

LoadedRules load_rules(const std::filesystem::path& base, const std::vector<std::string>& folders,
                       const rules::LoadOptions& options = {});

}  // namespace lockgate::app
