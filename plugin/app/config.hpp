// Every setting, read from one folder: lockgate.toml, boards/*.toml and
// sources/*.toml.  Each default stands here; examples/council shows each key.

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "adapters/registry.hpp"
#include "plugin/gate/council.hpp"
#include "rules/issue.hpp"

namespace lockgate::app {

struct Config {
  std::filesystem::path folder;

  gate::Council council;   // name, time_zone, bank_holidays, boards/*.toml
  std::string public_url;  // "https://lockgate.example.gov.uk": no slash at the end
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string database = "sqlite:lockgate.db";  // a relative file is below `folder`
  std::vector<std::string> rules = {"packs"};   // in order; "packs" are the shipped ones
  std::string ledger_origin;                    // the first line of each checkpoint
  std::filesystem::path ledger_key = "ledger.key";
  int workers = 8;            // threads that judge and read
  int keep_bodies_days = 30;  // stored bodies and answers of deliveries

  struct Source {
    SourceId id;
    std::string adapter;
    std::string organisation;
    adapters::Settings settings;
    bool allow_private = false;               // the callback may be on a private address
    std::vector<std::chrono::seconds> retry;  // waits between attempts; empty: the standard ones
  };
  std::vector<Source> sources;  // by id
};

struct ConfigResult {
  Config config;
  std::vector<rules::Issue> issues;  // when there is one, `config` is not to be used
};

// Reads and checks the folder.  Secrets are read from the environment or from
// files; a secret that cannot be read is an issue that does not quote it.
ConfigResult read_config(const std::filesystem::path& folder);

// "HOST:PORT" into `host` and `port`; false, and nothing changed, if it is not that.
bool parse_listen(const std::string& text, Config& config);

}  // namespace lockgate::app
