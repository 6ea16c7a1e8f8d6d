#include "plugin/app/council_folder.hpp"

#include <algorithm>

namespace lockgate::app {

namespace fs = std::filesystem;

bool is_council_folder(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder / "lockgate.toml", error);
}

CouncilFolder read_council(const fs::path& folder) {
  ConfigResult read = read_config(folder);
  CouncilFolder council{
      .config = std::move(read.config), .rules = {}, .issues = std::move(read.issues), .texts = {}};
  // Without sound boards every role would be complained of.
  LoadedRules loaded = council.issues.empty() ? read_council_rules(council.config)
                                              : load_rules(folder, council.config.rules);
  council.rules = std::move(loaded.rules);
  council.issues.insert(council.issues.end(), loaded.issues.begin(), loaded.issues.end());
  rules::sort(council.issues);
  council.texts = std::move(loaded.texts);
  council.texts.insert(council.texts.end(), council.config.texts.begin(),
                       council.config.texts.end());
  return council;
}

LoadedRules read_council_rules(const Config& config) {
  LoadedRules loaded = load_rules(config.folder, config.rules);
  if (!loaded.rules) return loaded;
  loaded.issues = role_issues(config, *loaded.rules);
  if (loaded.issues.empty()) return loaded;
  loaded.rules = nullptr;
  loaded.texts.insert(loaded.texts.end(), config.texts.begin(), config.texts.end());
  return loaded;
}

std::string shown(const std::vector<rules::Issue>& issues,
                  const std::vector<rules::SourceFile>& texts, std::string_view format) {
  if (format == "json") return rules::in_json(issues);
  if (format == "plain") return rules::in_plain(issues);
  return rules::in_human(issues, [&](std::string_view file) {
    const auto text = std::find_if(texts.begin(), texts.end(),
                                   [&](const auto& each) { return each.path == file; });
    return text == texts.end() ? std::string_view() : std::string_view(text->bytes);
  });
}

}  // namespace lockgate::app
