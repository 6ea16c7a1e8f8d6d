// The pages that say why something could not be done, for people.

#pragma once

#include <optional>

#include "lockgate/result.hpp"
#include "plugin/net/message.hpp"
#include "plugin/web/layout.hpp"

namespace lockgate::web {

// The page for a kind of failure, with its status (as problem_kind() has it).
// `explanation` says more than the usual words do; empty: the usual words.  An
// Error's message is for the log: it is not shown.
net::Response trouble(const Site& site, Errc code, const Html& explanation = {},
                      const std::optional<Account>& account = {});

}  // namespace lockgate::web
