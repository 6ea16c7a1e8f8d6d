// The whole site over a whole Lockgate, and members who are signed in.

#pragma once

#include <future>
#include <string>

#include "plugin/web/routes.hpp"
#include "plugin/web/sessions.hpp"
#include "tests/gate/house.hpp"
#include "tests/web/browser.hpp"

namespace lockgate::web {

class BoardSite {
 public:
  BoardSite()
      : router(make_router({.store = *house.store,
                            .board = *house.database,
                            .gatekeeper = *house.gatekeeper,
                            .rules = house.rules,
                            .council = house.council,
                            .sources = house.sources,
                            .public_url = "https://lockgate.example",
                            .verifier_key = house.key.verifier().to_text(),
                            .clock = house.clock,
                            .random = house.random,
                            .log = house.log})) {
    house.council.name = "Exampleshire Council";
  }

  net::Response answer(net::Request request) {
    net::Router::Found found = router.find(request.method, request.path);
    if (!found.route && found.status == 405) return {.status = 405};
    const net::Handler& handler = found.route ? found.route->handler : router.not_found();
    request.args = found.args;
    // Webhooks are answered from another thread.
    std::promise<net::Response> response;
    handler(std::move(request), [&](net::Response given) { response.set_value(std::move(given)); });
    return response.get_future().get();
  }

  // A browser in which this member is signed in.
  Browser member(const std::string& login) {
    Sessions sessions(*house.database, *house.database, house.clock, house.random,
                      SessionCookie("https://lockgate.example"));
    Browser browser(*this);
    const auto cookie = sessions.begin({}, {login});
    EXPECT_TRUE(cookie) << cookie.error().message;
    browser.cookie = cookie->substr(0, cookie->find(';'));
    return browser;
  }

  // Sends a case; gives its display number.
  std::string deliver(const test::Message& message) {
    EXPECT_TRUE(house.deliver(message));
    return display_number(house.prototype(message.key).number);
  }

  test::House house;
  net::Router router;
};

}  // namespace lockgate::web
