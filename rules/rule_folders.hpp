// Rule files on disk -> a rule set.

#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rules/issue.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::rules {

// A file by two names: that under which it is hashed, which begins with the
// folder's own name wherever that stands, and that by which people know it.
struct FolderFile {
  SourceFile source;
  std::string shown;
};

struct FolderFiles {
  std::vector<FolderFile> files;
  std::vector<Issue> issues;  // a folder that is not there, a file that cannot be read
};

// Rules are *.toml, their tests *.test.toml.
enum class Wanted { rules, tests };

// The files of the named folders (or single files) below `base`, in that order; where
// `base` has no folder "packs", that name stands for `packs`.  What begins with a full
// stop is left out.
FolderFiles read_folders(const std::filesystem::path& base, const std::vector<std::string>& folders,
                         Wanted wanted, const std::vector<SourceFile>& packs);

struct LoadedFolders {
  std::shared_ptr<const RuleSet> rules;      // null when there is an issue
  std::vector<Issue> issues;                 // sorted; files by the names people know
  std::vector<Issue> advice;                 // likewise; if it was asked for
  std::vector<SourceFile> texts;             // by those names: to show issues
  std::map<std::string, std::string> names;  // of each file: as it is hashed -> as people know it
};

LoadedFolders load_folders(const std::filesystem::path& base,
                           const std::vector<std::string>& folders,
                           const std::vector<SourceFile>& packs, const LoadOptions& options = {});

}  // namespace lockgate::rules
