#include "plugin/app/council_folder.hpp"

#include <algorithm>

#include "plugin/app/system.hpp"
#include "rules/sarif.hpp"

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

CouncilFolder read_council(const fs::path& folder, const rules::LoadOptions& options) {
  ConfigResult read = read_config(folder);
  LoadedRules loaded = seats_are_known(read) ? read_council_rules(read.config, options)
                                             : load_rules(folder, read.config.rules, options);
  CouncilFolder council{.config = std::move(read.config),
                        .rules = std::move(loaded.rules),
                        .issues = std::move(read.issues),
                        .advice = std::move(loaded.advice),
                        .texts = std::move(loaded.texts)};
  council.issues.insert(council.issues.end(), loaded.issues.begin(), loaded.issues.end());
  rules::sort(council.issues);
  council.texts.insert(council.texts.end(), council.config.texts.begin(),
                       council.config.texts.end());
  return council;
}

LoadedRules read_council_rules(const Config& config, const rules::LoadOptions& options) {
  LoadedRules loaded = load_rules(config.folder, config.rules, options);
  if (!loaded.rules) return loaded;
  loaded.issues = role_issues(config, *loaded.rules);
  if (loaded.issues.empty()) return loaded;
  loaded.rules = nullptr;
  loaded.texts.insert(loaded.texts.end(), config.texts.begin(), config.texts.end());
  return loaded;
}

rules::LoadOptions advised() {
  const auto today = std::chrono::floor<std::chrono::days>(SystemClock().now());
  return {.advise = true, .today = std::chrono::year_month_day(today)};
}

std::string shown(const std::vector<rules::Issue>& issues,
                  const std::vector<rules::SourceFile>& texts, std::string_view format) {
  const auto text_of = [&](std::string_view file) {
    const auto text = std::find_if(texts.begin(), texts.end(),
                                   [&](const auto& each) { return each.path == file; });
    return text == texts.end() ? std::string_view() : std::string_view(text->bytes);
  };
  if (format == "json") return rules::in_json(issues);
  if (format == "sarif") return rules::in_sarif(issues, text_of);
  if (format == "plain") return rules::in_plain(issues);
  return rules::in_human(issues, text_of);
}

}  // namespace lockgate::app
