// Every URL, in one table, with who may use it.

#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "lockgate/log.hpp"
#include "lockgate/store.hpp"
#include "plugin/gate/council.hpp"
#include "plugin/gate/current.hpp"
#include "plugin/gate/gatekeeper.hpp"
#include "plugin/net/router.hpp"

namespace lockgate::rules {
class RuleSet;
}

namespace lockgate::web {

// What pages and programs are served with; all of it must outlive the router.
struct Parts {
  Store& store;
  BoardStore& board;
  gate::Gatekeeper& gatekeeper;
  const gate::Current<rules::RuleSet>& rules;
  const gate::Council& council;
  std::span<const gate::Source> sources;
  std::string public_url;    // no slash at the end; https: cookies are Secure and __Host-
  std::string verifier_key;  // of the ledger, as a C2SP verifier key
  const Clock& clock;
  Random& random;
  Log& log;
};

// The whole site: /hooks, /v1, /healthz, /readyz, /ledger and the pages.
net::Router make_router(Parts parts);

}  // namespace lockgate::web
