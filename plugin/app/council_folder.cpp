#include "plugin/app/council_folder.hpp"

#include <algorithm>

namespace lockgate::app {

namespace fs = std::filesystem;

namespace {

// Whether it is worth asking which seat answers for which role: not if a board's
// file is such that its seats were not read.
bool seats_are_known(const ConfigResult& read) {
  const auto& boards = read.config.council.boards;
  const auto files =
      std::count_if(read.config.texts.begin(), read.config.texts.end(),
                    [](const rules::SourceFile& file) { return file.path.starts_with("boards"); });
  return static_cast<std::size_t>(files) == boards.size() &&
         std::none_of(boards.begin(), boards.end(),
                      [](const gate::BoardSettings& board) { return board.seats.empty(); });
}

}  // namespace

bool is_council_folder(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder / "lockgate.toml", error);
}

CouncilFolder read_council(const fs::path& folder) {
  ConfigResult read = read_config(folder);
  LoadedRules loaded = seats_are_known(read) ? read_council_rules(read.config)
                                             : load_rules(folder, read.config.rules);
  CouncilFolder council{.config = std::move(read.config),
                        .rules = std::move(loaded.rules),
                        .issues = std::move(read.issues),
                        .texts = std::move(loaded.texts)};
  council.issues.insert(council.issues.end(), loaded.issues.begin(), loaded.issues.end());
  rules::sort(council.issues);
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
