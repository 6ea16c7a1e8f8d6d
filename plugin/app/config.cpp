#include "plugin/app/config.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "rules/toml_reader.hpp"

namespace lockgate::app {
namespace {

namespace fs = std::filesystem;
using rules::Issue;

constexpr std::uintmax_t kLargestFile = 1 << 20;

Issue issue_in(const std::string& file, std::string message, std::string help = {}) {
  Issue issue;
  issue.code = "LG400";
  issue.file = file;
  issue.message = std::move(message);
  issue.help = std::move(help);
  return issue;
}

std::optional<std::string> slurp(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error) || fs::file_size(path, error) > kLargestFile || error) {
    return std::nullopt;
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return std::nullopt;
  return std::move(text).str();
}

std::optional<toml::table> parse(const fs::path& path, const std::string& shown,
                                 std::vector<Issue>& issues) {
  const auto text = slurp(path);
  if (!text) {
    issues.push_back(issue_in(shown, "cannot be read", "it must be a file of at most 1 MiB"));
    return std::nullopt;
  }
  toml::parse_result parsed = toml::parse(std::string_view(*text), std::string_view(shown));
  if (!parsed) {
    Issue issue = issue_in(shown, std::string(parsed.error().description()));
    issue.line = parsed.error().source().begin.line;
    issue.column = parsed.error().source().begin.column;
    issues.push_back(std::move(issue));
    return std::nullopt;
  }
  return std::move(parsed).table();
}

// "file:PATH" or "env:NAME" -> what is there; never quoted in an issue.
std::string secret(rules::TomlReader& reader, std::string_view key, const fs::path& folder) {
  const std::string where = reader.text(key).value_or("");
  if (where.empty()) return {};
  std::string value;
  if (where.starts_with("env:")) {
    if (const char* found = std::getenv(where.substr(4).c_str())) value = found;
  } else if (where.starts_with("file:")) {
    value = slurp(folder / where.substr(5)).value_or("");
    while (!value.empty() && (value.back() == '\n' || value.back() == '\r')) value.pop_back();
  } else {
    reader.complain(key, "a secret does not stand in the configuration itself",
                    "write `file:PATH` or `env:NAME`");
    return {};
  }
  if (!value.starts_with("whsec_")) {
    reader.complain(key, "no secret `whsec_...` is there",
                    "make one with: echo \"whsec_$(openssl rand -base64 32)\"");
    return {};
  }
  return value;
}

gate::BoardSettings read_board(const toml::table& table, const std::string& file, BoardId id,
                               std::vector<Issue>& issues) {
  rules::TomlReader reader(table, file, "", issues);
  gate::BoardSettings board{.id = std::move(id), .name = reader.required_text("name"), .seats = {}};
  board.quorum = static_cast<int>(reader.number("quorum", 1, 100).value_or(1));
  board.deadline_days = static_cast<int>(reader.number("deadline_days", 1, 365).value_or(10));
  std::map<std::string, std::string> holder;
  for (const toml::table* each : reader.tables("seat")) {
    rules::TomlReader seat(*each, file, " in `[[seat]]`", issues);
    board.seats.push_back({.id = {seat.required_text("id")},
                           .name = seat.required_text("name"),
                           .member = {seat.required_text("member")},
                           .roles = seat.texts("roles"),
                           .required = seat.boolean("required").value_or(false),
                           .veto = seat.boolean("veto").value_or(false)});
    const auto [first, fresh] =
        holder.try_emplace(board.seats.back().member.text, board.seats.back().id.text);
    if (!fresh) {
      seat.complain("member",
                    "`" + first->first + "` holds the seat `" + first->second +
                        "` already: one member, one vote",
                    "give one seat all the roles instead");
    }
    seat.finish();
  }
  if (board.seats.empty()) reader.complain("seat", "a board needs at least one `[[seat]]`");
  if (board.quorum > static_cast<int>(board.seats.size()) && !board.seats.empty()) {
    reader.complain("quorum", "`quorum` is larger than the number of seats, " +
                                  std::to_string(board.seats.size()));
  }
  reader.finish();
  return board;
}

Config::Source read_source(const toml::table& table, const std::string& file, SourceId id,
                           const fs::path& folder, std::vector<Issue>& issues) {
  rules::TomlReader reader(table, file, "", issues);
  Config::Source source{.id = std::move(id),
                        .adapter = reader.text("adapter").value_or("standard_webhooks"),
                        .organisation = reader.text("organisation").value_or(""),
                        .settings = {}};
  adapters::Settings& settings = source.settings;
  settings.secret = secret(reader, "secret", folder);
  if (!table.contains("secret")) {
    reader.complain("secret", "`secret` is missing: nothing unsigned is ever taken",
                    "write `secret = \"file:secrets/NAME\"`");
  }
  settings.old_secret = secret(reader, "old_secret", folder);
  if (const auto until = reader.moment("old_secret_until")) settings.old_secret_until = *until;
  if (!settings.old_secret.empty() && !table.contains("old_secret_until")) {
    reader.complain("old_secret", "`old_secret_until` is missing: an old secret ends",
                    "write `old_secret_until = 2026-12-01T00:00:00Z`");
  }
  if (const toml::table* map = reader.table("map")) {
    rules::TomlReader each(*map, file, " in `[map]`", issues);
    settings.map.case_key = each.required_text("case");
    settings.map.title = each.text("title").value_or("");
    settings.map.gate = each.text("gate").value_or("");
    settings.map.proposer = each.text("proposer").value_or("");
    settings.map.editors = each.text("editors").value_or("");
    settings.map.facts = each.text("facts").value_or("");
    each.finish();
  } else {
    reader.complain("map", "`[map]` is missing: it says where the case is in the message",
                    "write `[map]` and `case = \"/data/case\"`");
  }
  if (const toml::table* facts = reader.table("facts")) {
    rules::TomlReader each(*facts, file, " in `[facts]`", issues);
    for (const auto& [path, node] : *facts) {
      if (auto pointer = each.text(path.str())) {
        settings.map.fact.emplace_back(std::string(path.str()), *std::move(pointer));
      }
    }
  }
  if (const toml::table* callback = reader.table("callback")) {
    rules::TomlReader each(*callback, file, " in `[callback]`", issues);
    settings.callback_url = each.required_text("url");
    settings.callback_secret = secret(each, "secret", folder);
    if (!callback->contains("secret"))
      each.complain("secret", "`secret` is missing in `[callback]`");
    source.allow_private = each.boolean("allow_private").value_or(false);
    for (const std::int64_t seconds : each.numbers("retry_seconds")) {
      source.retry.emplace_back(seconds);
    }
    each.finish();
  }
  for (const adapters::SettingsProblem& problem : adapters::problems(settings)) {
    issues.push_back(issue_in(file, problem.message, problem.help));
  }
  reader.finish();
  return source;
}

void read_main(const toml::table& table, Config& config, std::vector<Issue>& issues) {
  rules::TomlReader reader(table, "lockgate.toml", "", issues);
  config.council.name = reader.required_text("council");
  config.public_url = reader.required_text("public_url");
  while (config.public_url.ends_with('/')) config.public_url.pop_back();
  if (!config.public_url.empty() && !config.public_url.starts_with("https://") &&
      !config.public_url.starts_with("http://127.0.0.1") &&
      !config.public_url.starts_with("http://localhost")) {
    reader.complain("public_url", "`public_url` must begin with https://",
                    "plain http is for loopback alone: cookies would travel in the open");
  }
  if (const auto listen = reader.text("listen")) {
    if (!parse_listen(*listen, config)) {
      reader.complain("listen", "`listen` must be HOST:PORT", "for example `127.0.0.1:8080`");
    }
  }
  config.database = reader.text("database").value_or(config.database);
  if (table.contains("rules")) config.rules = reader.texts("rules");
  config.council.time_zone = reader.text("time_zone").value_or(config.council.time_zone);
  config.council.bank_holidays = reader.dates("bank_holidays");
  config.ledger_origin = reader.text("ledger_origin").value_or("lockgate.local/ledger");
  config.ledger_key = reader.text("ledger_key").value_or(config.ledger_key.string());
  config.workers = static_cast<int>(reader.number("workers", 1, 256).value_or(config.workers));
  config.keep_bodies_days = static_cast<int>(
      reader.number("keep_bodies_days", 1, 3650).value_or(config.keep_bodies_days));
  reader.finish();
}

// The *.toml files of a folder below the configuration, in order of name.
std::vector<fs::path> toml_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const fs::directory_entry& each : fs::directory_iterator(folder, error)) {
    if (each.path().extension() == ".toml") files.push_back(each.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

bool parse_listen(const std::string& text, Config& config) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return false;
  const std::string port = text.substr(colon + 1);
  if (port.empty() || port.size() > 5 ||
      port.find_first_not_of("0123456789") != std::string::npos || std::stol(port) > 65535) {
    return false;
  }
  config.host = text.substr(0, colon);
  config.port = static_cast<std::uint16_t>(std::stol(port));
  return true;
}

ConfigResult read_config(const fs::path& folder) {
  ConfigResult result;
  result.config.folder = folder;
  if (const auto table = parse(folder / "lockgate.toml", "lockgate.toml", result.issues)) {
    read_main(*table, result.config, result.issues);
  }
  for (const fs::path& path : toml_files(folder / "boards")) {
    const std::string shown = "boards/" + path.filename().string();
    if (const auto table = parse(path, shown, result.issues)) {
      result.config.council.boards.push_back(
          read_board(*table, shown, {path.stem().string()}, result.issues));
    }
  }
  for (const fs::path& path : toml_files(folder / "sources")) {
    const std::string shown = "sources/" + path.filename().string();
    if (const auto table = parse(path, shown, result.issues)) {
      result.config.sources.push_back(
          read_source(*table, shown, {path.stem().string()}, folder, result.issues));
    }
  }
  return result;
}

}  // namespace lockgate::app
