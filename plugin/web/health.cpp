#include "plugin/web/health.hpp"

#include "plugin/web/plain_text.hpp"
#include "plugin/web/problem.hpp"

namespace lockgate::web {
net::Handler health_handler() {
  return [](net::Request, net::Respond respond) { respond(plain_text("up\n")); };
}

net::Handler ready_handler(Store& store) {
  return [&store](net::Request, net::Respond respond) {
    if (store.ledger_head()) return respond(plain_text("ready\n"));
    respond(problem({Errc::unavailable, "the database does not answer"}));
  };
}

}  // namespace lockgate::web
