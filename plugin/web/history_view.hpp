// What happened to a prototype, in words.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "lockgate/event.hpp"
#include "plugin/web/ballot_view.hpp"

namespace lockgate::web {

struct Happened {
  std::string what;  // "Stopped: 2 things to fix"
  std::string by;    // "Ann Brook", "the rules"
  UtcTime at;
  std::string more = {};  // a sentence more; may be empty
};

// Newest first.  `events` are all of the prototype, oldest first, as the store
// gives them.  How somebody voted is not said.
std::vector<Happened> history_view(std::span<const Event> events, const Names& names);

}  // namespace lockgate::web
