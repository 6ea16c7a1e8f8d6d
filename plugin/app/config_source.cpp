#include <algorithm>

#include "plugin/app/config_parts.hpp"
#include "plugin/net/address.hpp"

namespace lockgate::app {
namespace {

using rules::Issue;
using rules::TomlReader;

constexpr std::size_t kMostRetries = 50;
constexpr std::int64_t kLongestWait = 7 * 24 * 3600;

void read_secrets(TomlReader& reader, const ConfigFile& file, const Config& config,
                  adapters::Settings& settings) {
  settings.secret = read_secret(reader, "secret", config.folder);
  if (!reader.node("secret")) {
    reader.complain("secret", "`secret` is missing: nothing unsigned is ever taken",
                    "write `secret = \"file:secrets/" + file.stem + "\"`");
  }
  settings.old_secret = read_secret(reader, "old_secret", config.folder);
  if (const auto until = reader.moment("old_secret_until")) settings.old_secret_until = *until;
  if (reader.node("old_secret") && !reader.node("old_secret_until")) {
    reader.complain("old_secret", "`old_secret_until` is missing: an old secret ends",
                    "write `old_secret_until = 2026-12-01T00:00:00Z`");
  }
}

void read_map(TomlReader& reader, const ConfigFile& file, adapters::MapSettings& map,
              std::vector<Issue>& issues) {
  const toml::table* table = reader.table("map");
  if (!table) {
    if (!reader.node("map")) {
      reader.complain("map", "`[map]` is missing: it says where the case is in the message",
                      "write `[map]` and `case = \"/data/case\"`");
    }
    return;
  }
  TomlReader each(*table, file.text, " in `[map]`", issues);
  each.expect({"case", "title", "gate", "proposer", "editors", "facts"});
  map.case_key = each.required_text("case");
  map.title = each.text("title").value_or("");
  map.gate = each.text("gate").value_or("");
  map.proposer = each.text("proposer").value_or("");
  map.editors = each.text("editors").value_or("");
  map.facts = each.text("facts").value_or("");
}

void read_facts(TomlReader& reader, const ConfigFile& file, adapters::MapSettings& map,
                std::vector<Issue>& issues) {
  const toml::table* table = reader.table("facts");
  if (!table) return;
  TomlReader each(*table, file.text, " in `[facts]`", issues);
  for (const auto& [path, node] : *table) {
    if (auto pointer = each.text(path.str())) {
      map.fact.emplace_back(std::string(path.str()), *std::move(pointer));
    }
  }
}

void read_callback(TomlReader& reader, const ConfigFile& file, const Config& config,
                   Config::Source& source, std::vector<Issue>& issues) {
  const toml::table* table = reader.table("callback");
  if (!table) return;
  TomlReader each(*table, file.text, " in `[callback]`", issues);
  each.expect({"url", "secret", "allow_private", "retry_seconds"});
  source.allow_private = each.boolean("allow_private").value_or(false);
  std::string& url = source.settings.callback_url;
  url = each.required_text("url");
  if (!url.empty()) {
    const auto callable = net::read_callable_url(url, source.allow_private);
    if (!callable) {
      each.complain("url", callable.error().message,
                    "if the receiver is on this machine or in a private network, write "
                    "`allow_private = true`");
    } else if (!callable->tls && !source.allow_private) {
      each.complain("url", "`url` must begin with https://",
                    "plain http is for private networks alone, with `allow_private = true`");
    }
  }
  source.settings.callback_secret = read_secret(each, "secret", config.folder);
  if (!each.node("secret")) {
    each.complain("secret", "`secret` is missing in `[callback]`: what is told is always signed",
                  "write `secret = \"file:secrets/" + file.stem + "-callback\"`");
  }
  const auto waits = each.numbers("retry_seconds");
  if (waits.size() > kMostRetries ||
      std::any_of(waits.begin(), waits.end(), [](auto wait) { return wait > kLongestWait; })) {
    each.complain("retry_seconds", "`retry_seconds` holds too much",
                  "at most 50 waits of at most 604800 seconds, a week, each");
  }
  for (const std::int64_t seconds : waits) source.retry.emplace_back(seconds);
}

}  // namespace

void read_source(const ConfigFile& file, Config& config, std::vector<Issue>& issues) {
  TomlReader reader(file.text.table(), file.text, "", issues);
  reader.expect({"adapter", "organisation", "strict", "secret", "old_secret", "old_secret_until",
                 "map", "facts", "callback"});
  Config::Source source{.id = {file.stem},
                        .adapter = reader.text("adapter").value_or("standard_webhooks"),
                        .organisation = reader.text("organisation").value_or(""),
                        .strict = reader.boolean("strict").value_or(false),
                        .settings = {}};
  const auto names = adapters::adapter_names();
  if (std::find(names.begin(), names.end(), source.adapter) == names.end()) {
    std::string known;
    for (const std::string_view name : names) {
      known += (known.empty() ? "`" : ", `") + std::string(name) + '`';
    }
    reader.complain("adapter", "there is no adapter `" + source.adapter + "`", "known: " + known);
  }
  read_secrets(reader, file, config, source.settings);
  read_map(reader, file, source.settings.map, issues);
  read_facts(reader, file, source.settings.map, issues);
  read_callback(reader, file, config, source, issues);
  for (adapters::SettingsProblem& problem : adapters::problems(source.settings)) {
    // The reader has said more about the address already.
    if (problem.message.starts_with("`callback.url`")) continue;
    Issue issue{.code = "LG400", .file = file.text.file()};
    issue.message = std::move(problem.message);
    issue.help = std::move(problem.help);
    issues.push_back(std::move(issue));
  }
  config.sources.push_back(std::move(source));
}

}  // namespace lockgate::app
