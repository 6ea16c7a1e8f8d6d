// What an administrator says about one source, as the configuration read it.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lockgate/time.hpp"

namespace lockgate::adapters {

// Where things stand in a delivery's JSON: RFC 6901 pointers; empty: not mapped.
struct MapSettings {
  std::string case_key;
  std::string title;
  std::string gate;  // not mapped, or not in the delivery: `submit`
  std::string proposer;
  std::string editors;  // a list of strings, or one string
  std::string facts;    // an object, a tree named like the vocabulary
  std::vector<std::pair<std::string, std::string>> fact;  // dotted name, pointer; over the tree
};

struct Settings {
  std::string secret;        // "whsec_" and base64 of 24 to 64 bytes
  std::string old_secret;    // likewise, while secrets are changed; else empty
  UtcTime old_secret_until;  // from this moment on the old one is refused
  MapSettings map;
  std::string callback_url;  // empty: the case system is told nothing
  std::string callback_secret;
};

// For the administrator.  Never quotes a secret.
struct SettingsProblem {
  std::string message;
  std::string help;
};

// Everything that is wrong with the settings, apart from what is empty.
std::vector<SettingsProblem> problems(const Settings& settings);

}  // namespace lockgate::adapters
