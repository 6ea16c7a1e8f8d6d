#include "plugin/web/ledger.hpp"

#include <utility>

#include "plugin/web/plain_text.hpp"
#include "plugin/web/problem.hpp"

namespace lockgate::web {
net::Handler checkpoint_handler(Store& store) {
  return [&store](net::Request, net::Respond respond) {
    auto head = store.ledger_head();
    if (!head) return respond(problem(head.error()));
    if (head->checkpoint.empty()) {
      return respond(problem({Errc::not_found, "nothing has been recorded yet"}));
    }
    respond(plain_text(std::move(head->checkpoint)));
  };
}

net::Handler verifier_key_handler(std::string verifier_key) {
  return [key = std::move(verifier_key) + '\n'](net::Request, net::Respond respond) {
    respond(plain_text(key));
  };
}

}  // namespace lockgate::web
