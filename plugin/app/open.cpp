#include "plugin/app/open.hpp"

#include <filesystem>
#include <iostream>

#include "plugin/app/council_folder.hpp"
#include "plugin/app/exit_code.hpp"

namespace lockgate::app {

tl::expected<Config, int> open_config(const Place& place) {
  if (!is_council_folder(place.config)) {
    return tl::unexpected(tell({Errc::not_found, "there is no lockgate.toml in `" + place.config +
                                                     "`; name its folder with -c FOLDER"}));
  }
  ConfigResult read = read_config(place.config);
  if (!read.issues.empty()) {
    std::cerr << shown(read.issues, read.config.texts);
    return tl::unexpected(int{kRulesInvalid});
  }
  return std::move(read.config);
}

tl::expected<Opened, int> open_place(const Place& place) {
  auto config = open_config(place);
  if (!config) return tl::unexpected(config.error());
  auto database = store::open(database_url(*config, place.database), {.sessions = 1});
  if (!database) return tl::unexpected(tell(database.error()));
  return Opened{*std::move(config), *std::move(database)};
}

std::string database_url(const Config& config, const std::string& instead) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (!instead.empty()) return instead;
  const std::string& url = config.database;
  if (!url.starts_with(kSqlite)) return url;
  return std::string(kSqlite) + (config.folder / url.substr(kSqlite.size())).string();
}

int tell(const Error& error) {
  std::cerr << "lockgate: " << error.message << '\n';
  for (const Problem& problem : error.problems) {
    std::cerr << "  " << (problem.pointer.empty() ? "" : problem.pointer + ": ") << problem.detail
              << "; " << problem.fix << '\n';
  }
  return kCouldNot;
}

}  // namespace lockgate::app
