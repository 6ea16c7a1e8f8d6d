// Rule files on disk, and the shipped packs -> a rule set.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "rules/rule_folders.hpp"

namespace lockgate::app {

using RuleFile = rules::FolderFile;
using RuleFiles = rules::FolderFiles;
using LoadedRules = rules::LoadedFolders;

// rules::read_folders and load_folders with the shipped packs.
RuleFiles read_rules(const std::filesystem::path& base, const std::vector<std::string>& folders);
RuleFiles read_rule_tests(const std::filesystem::path& base,
                          const std::vector<std::string>& folders);
LoadedRules load_rules(const std::filesystem::path& base, const std::vector<std::string>& folders,
                       const rules::LoadOptions& options = {});

}  // namespace lockgate::app
