#include "plugin/app/config.hpp"

#include <algorithm>

#include "plugin/app/config_parts.hpp"
#include "plugin/app/read_file.hpp"
#include "plugin/gate/deadline.hpp"
#include "plugin/gate/referral.hpp"
#include "plugin/net/address.hpp"
#include "rules/spelling.hpp"

namespace lockgate::app {
namespace {

namespace fs = std::filesystem;
using rules::Issue;
using rules::TomlReader;

constexpr std::size_t kMostFiles = 1000;  // of boards, of sources

Issue issue_in(const std::string& file, std::string message, std::string help = {}) {
  Issue issue{.code = "LG400", .file = file};
  issue.message = std::move(message);
  issue.help = std::move(help);
  return issue;
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos);
}

void read_public_url(TomlReader& reader, Config& config) {
  std::string& url = config.public_url;
  url = reader.required_text("public_url");
  while (url.ends_with('/')) url.pop_back();
  if (url.empty()) return;
  const auto parts = net::read_callable_url(url, true);
  if (!parts || parts->target != "/") {
    reader.complain("public_url", "`public_url` is not the address of a site",
                    "write scheme and host: `https://lockgate.example.gov.uk`");
  } else if (!parts->tls && !is_loopback(parts->host)) {
    reader.complain("public_url", "`public_url` must begin with https://",
                    "plain http is for loopback alone: cookies would travel in the open");
  } else if (!parts->tls && config.listen_on_network) {
    reader.complain("listen_on_network", "`listen_on_network` needs a `public_url` with https://",
                    "put a TLS proxy in front and name its address");
  }
}

void read_database(TomlReader& reader, Config& config) {
  const std::string said = reader.text("database").value_or(config.database);
  const bool elsewhere = said.starts_with("env:") || said.starts_with("file:");
  config.database = elsewhere ? read_secret(reader, "database", config.folder) : said;
  const std::string& url = config.database;
  if (url.empty()) return;  // said already
  if (!url.starts_with("postgresql://") && (!url.starts_with("sqlite:") || url == "sqlite:")) {
    reader.complain("database", "`database` is no address of a database",
                    "write `sqlite:FILE` or `postgresql://USER@HOST/NAME`");
    return;
  }
  const std::size_t at = url.find('@');
  const bool password = url.find("password") != std::string::npos ||
                        (at != std::string::npos && url.find(':', 13) < at);
  if (!elsewhere && url.starts_with("postgresql://") && password) {
    reader.complain("database", "a password does not stand in the configuration itself",
                    "write `database = \"env:NAME\"` or `\"file:PATH\"`, or use ~/.pgpass");
  }
}

void read_calendar(TomlReader& reader, gate::Council& council) {
  council.time_zone = reader.text("time_zone").value_or(council.time_zone);
  council.bank_holidays = reader.dates("bank_holidays");
  if (!gate::closes_at(UtcTime{}, 1, council)) {
    reader.complain("time_zone", "there is no time zone `" + council.time_zone + "`",
                    "write it as in `Europe/London`");
  }
}

void read_ledger(TomlReader& reader, Config& config) {
  config.ledger_origin = reader.text("ledger_origin").value_or(config.ledger_origin);
  const std::string& origin = config.ledger_origin;
  if (origin.empty() || origin.size() > 200 ||
      std::any_of(origin.begin(), origin.end(),
                  [](char c) { return c <= ' ' || c > '~' || c == '+'; })) {
    reader.complain("ledger_origin", "`ledger_origin` is not a name for a ledger",
                    "write visible characters without spaces or `+`, as in "
                    "`lockgate.example.gov.uk/council`");
  }
  config.ledger_key = reader.text("ledger_key").value_or(config.ledger_key.string());
}

// The *.toml files of a folder below the configuration, in order of name.
std::vector<fs::path> toml_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const fs::directory_entry& each : fs::directory_iterator(folder, error)) {
    const std::string name = each.path().filename().string();
    if (name.ends_with(".toml") && !name.starts_with('.')) files.push_back(each.path());
    if (files.size() == kMostFiles) break;
  }
  std::sort(files.begin(), files.end());
  return files;
}

using ReadPart = void(const ConfigFile&, Config&, std::vector<Issue>&);

void read_part(const fs::path& path, ReadPart& part, ConfigResult& result) {
  const std::string shown = path.lexically_relative(result.config.folder).string();
  auto bytes = read_file(path);
  if (!bytes) {
    result.issues.push_back(issue_in(shown, "`" + shown + "` " + bytes.error().message));
    return;
  }
  std::string text = blotted(*std::move(bytes));
  result.config.texts.push_back({shown, text});
  const auto parsed = rules::TomlText::parse(shown, std::move(text), result.issues);
  if (parsed) part({*parsed, path.stem().string()}, result.config, result.issues);
}

// A role is one seat's to answer for.
void find_shared_roles(const Config& config, std::vector<Issue>& issues) {
  for (auto role = config.roles.begin(); role != config.roles.end(); ++role) {
    const auto first = std::find_if(config.roles.begin(), role, [&](const Config::Role& before) {
      return before.name == role->name;
    });
    if (first == role) continue;
    Issue issue = role->at;
    issue.message = "two seats answer for `" + role->name + "`";
    issue.help = "the first is at " + first->at.file + ':' + std::to_string(first->at.line) +
                 "; a role is one seat's to answer for";
    issues.push_back(std::move(issue));
  }
}

}  // namespace

void read_main(const ConfigFile& file, Config& config, std::vector<Issue>& issues) {
  TomlReader reader(file.text.table(), file.text, "", issues);
  reader.expect({"council", "public_url", "listen", "listen_on_network", "database", "rules",
                 "time_zone", "bank_holidays", "ledger_origin", "ledger_key", "workers",
                 "keep_bodies_days"});
  config.council.name = reader.required_text("council");
  config.listen_on_network = reader.boolean("listen_on_network").value_or(false);
  read_public_url(reader, config);
  if (const auto listen = reader.text("listen")) {
    if (const auto set = set_listen(*listen, config); !set) {
      reader.complain("listen", set.error().message, set.error().problems.front().fix);
    }
  }
  read_database(reader, config);
  if (reader.node("rules")) {
    config.rules = reader.texts("rules");
    if (config.rules.empty()) {
      reader.complain("rules", "`rules` names no folder: nothing would ever be stopped",
                      "write `rules = [\"packs\"]`");
    }
  }
  read_calendar(reader, config.council);
  read_ledger(reader, config);
  config.workers = static_cast<int>(reader.number("workers", 1, 256).value_or(config.workers));
  config.keep_bodies_days = static_cast<int>(
      reader.number("keep_bodies_days", 1, 3650).value_or(config.keep_bodies_days));
}

ConfigResult read_config(const fs::path& folder) {
  ConfigResult result;
  result.config.folder = folder;
  read_part(folder / "lockgate.toml", read_main, result);
  for (const fs::path& path : toml_files(folder / "boards")) read_part(path, read_board, result);
  for (const fs::path& path : toml_files(folder / "sources")) read_part(path, read_source, result);
  find_shared_roles(result.config, result.issues);
  rules::sort(result.issues);
  return result;
}

std::vector<Issue> role_issues(const Config& config, const rules::RuleSet& rules) {
  std::vector<Issue> issues;
  const std::string boards = config.council.boards.empty()
                                 ? "lockgate.toml"
                                 : "boards/" + config.council.boards.front().id.text + ".toml";
  for (const std::string& role : gate::unmapped_roles(rules.referred_roles(), config.council)) {
    issues.push_back(issue_in(boards, "no seat answers for the role `" + role + "`",
                              "add it to the `roles` of a `[[seat]]` on one of the boards"));
  }
  const std::vector<std::string>& known = rules.roles();
  for (const Config::Role& role : config.roles) {
    if (std::find(known.begin(), known.end(), role.name) != known.end()) continue;
    const std::string guess = rules::nearest(role.name, known);
    Issue issue = role.at;
    issue.message = "no rule file declares the role `" + role.name + "`";
    if (!guess.empty()) issue.help = "did you mean `" + guess + "`?";
    issues.push_back(std::move(issue));
  }
  rules::sort(issues);
  return issues;
}

Result<void> set_listen(const std::string& text, Config& config) {
  const std::size_t colon = text.rfind(':');
  const std::string port = colon == std::string::npos ? "" : text.substr(colon + 1);
  std::string host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty() || port.empty() || port.size() > 5 ||
      port.find_first_not_of("0123456789") != std::string::npos || std::stol(port) > 65535) {
    return fail(Errc::invalid, "`listen` must be HOST:PORT",
                {{"", "not HOST:PORT", "for example `127.0.0.1:8080`"}});
  }
  if (!is_loopback(host) && !config.listen_on_network) {
    return fail(Errc::invalid, "`" + host + "` is not a loopback address",
                {{"", "not loopback",
                  "put a TLS proxy in front; or write `listen_on_network = true` if the network "
                  "between the two is yours"}});
  }
  config.host = std::move(host);
  config.port = static_cast<std::uint16_t>(std::stol(port));
  return {};
}

bool is_login(std::string_view text) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789.-_@";
  return !text.empty() && text.size() <= 64 &&
         text.find_first_not_of(kAllowed) == std::string_view::npos;
}

}  // namespace lockgate::app
