// Every setting, read from one folder: lockgate.toml, boards/*.toml and
// sources/*.toml.  Each default stands here; examples/council shows each key.

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/registry.hpp"
#include "plugin/gate/council.hpp"
#include "rules/issue.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::app {

struct Config {
  std::filesystem::path folder;

  gate::Council council;   // name, time_zone, bank_holidays, boards/*.toml
  std::string public_url;  // "https://lockgate.example.gov.uk": no slash at the end
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  bool listen_on_network = false;                       // else `host` must be a loopback address
  std::string database = "sqlite:lockgate.db";          // a relative file is below `folder`
  std::vector<std::string> rules = {"packs"};           // in order; "packs" are the shipped ones
  std::string ledger_origin = "lockgate.local/ledger";  // the first line of each checkpoint
  std::filesystem::path ledger_key = "ledger.key";      // a relative one is below `folder`
  int workers = 8;                                      // threads that judge and read
  int keep_bodies_days = 30;                            // stored bodies and answers of deliveries

  struct Source {
    SourceId id;
    std::string adapter;
    std::string organisation;
    bool strict = false;  // facts that are always asked for have no defaults here
    adapters::Settings settings;
    bool allow_private = false;               // the callback may be on a private address
    std::vector<std::chrono::seconds> retry;  // waits between attempts; empty: the standard ones
  };
  std::vector<Source> sources;  // by id

  // A role that a seat answers for, and an issue, yet without words, where it says so.
  struct Role {
    std::string name;
    rules::Issue at;
  };
  std::vector<Role> roles;

  std::vector<rules::SourceFile> texts;  // the files as read, secrets blotted out: to show issues
};

struct ConfigResult {
  Config config;
  std::vector<rules::Issue> issues;  // sorted; when there is one, `config` is only for showing them
};

// Reads and checks the folder.  Secrets are read from the environment or from
// files; a secret that cannot be read is an issue that does not quote it.
ConfigResult read_config(const std::filesystem::path& folder);

// What is wrong between the boards and the rules: a role that rules are
// addressed to and no seat answers for, a role of a seat that no rule knows.
std::vector<rules::Issue> role_issues(const Config& config, const rules::RuleSet& rules);

// Reads "HOST:PORT" into the configuration.  Errc::invalid, and nothing changed,
// if it is not that, or is no loopback address and `listen_on_network` is not set.
Result<void> set_listen(const std::string& text, Config& config);

// Whether it can be the login of a member: 1 to 64 small letters, digits and . - _ @
bool is_login(std::string_view text);

}  // namespace lockgate::app
