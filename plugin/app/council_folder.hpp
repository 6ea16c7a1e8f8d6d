// A whole configuration folder: settings, boards, sources and rules that fit
// together.

#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/app/config.hpp"
#include "plugin/app/rule_folders.hpp"

namespace lockgate::app {

struct CouncilFolder {
  Config config;
  std::shared_ptr<const rules::RuleSet> rules;  // null when there is an issue with the rules
  std::vector<rules::Issue> issues;             // when there is one, nothing is to be used
  std::vector<rules::Issue> advice;             // on the rules; if it was asked for
  std::vector<rules::SourceFile> texts;         // to show issues
};

// Whether the folder is one: it has a lockgate.toml.
bool is_council_folder(const std::filesystem::path& folder);

CouncilFolder read_council(const std::filesystem::path& folder,
                           const rules::LoadOptions& options = {});

// The rules of a configuration as they stand on disk now, with the issues
// between them and the boards.
LoadedRules read_council_rules(const Config& config, const rules::LoadOptions& options = {});

// With advice, as of today.
rules::LoadOptions advised();

// The issues in one of the formats "human", "plain", "json" and "sarif".
std::string shown(const std::vector<rules::Issue>& issues,
                  const std::vector<rules::SourceFile>& texts, std::string_view format = "human");

}  // namespace lockgate::app
