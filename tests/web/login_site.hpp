// A site with nothing but signing in and one guarded page, on a database of its
// own.

#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "plugin/record/commitment.hpp"
#include "plugin/record/entries.hpp"
#include "plugin/store/database.hpp"
#include "plugin/web/login.hpp"
#include "tests/support/captured_log.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/web/browser.hpp"

namespace lockgate::web {

struct SetClock : Clock {
  UtcTime at =
      UtcTime(std::chrono::sys_days(std::chrono::year(2026) / 3 / 12)) + std::chrono::hours(9);
  UtcTime now() const override { return at; }
};

// Different bytes each time, the same in every run.
struct CountingRandom : Random {
  std::atomic<unsigned> calls = 0;
  void fill(std::span<std::byte> bytes) override {
    unsigned state = ++calls * 2654435761U;
    for (std::byte& each : bytes) {
      state = state * 1664525U + 1013904223U;
      each = static_cast<std::byte>(state >> 24);
    }
  }
};

constexpr const char* kPassword = "narrow boat, early morning";

class LoginSite {
 public:
  explicit LoginSite(std::string public_url = "https://lockgate.example.gov.uk")
      : database(*store::open("sqlite:" + (folder.path() / "lockgate.db").string())),
        login({.store = *database,
               .board = *database,
               .public_url = std::move(public_url),
               .site = [] { return Site{.council = "Exampleshire Council", .rules = "abc"}; },
               .clock = clock,
               .random = random,
               .log = log}),
        router(routes()) {}

  // Adds an account; gives the path that sets its password.
  std::string add(const std::string& login_name, const std::string& name) {
    save({.login = {login_name}, .name = {}, .aliases = {}, .password = {}}, name);
    return "/set-password/" + *make_link(*database, clock, random, {login_name});
  }

  void save(Member member, const std::string& name) {
    const Text text = record::make_text(random, name);
    member.name = text.id;
    const UtcTime at = clock.now();
    const auto saved = database->save_member(member, {text}, record::member_entry(member, at), at);
    if (!saved) throw std::runtime_error(saved.error().message);
  }

  net::Response answer(net::Request request) {
    const net::Router::Found found = router.find(request.method, request.path);
    if (!found.route) return {.status = found.status};
    request.args = found.args;
    net::Response response;
    found.route->handler(request, [&](net::Response given) { response = std::move(given); });
    return response;
  }

  test::TempFolder folder;
  SetClock clock;
  CountingRandom random;
  test::CapturedLog log;
  std::unique_ptr<store::Database> database;
  Login login;
  int acted = 0;  // how often the guarded form did its work
  net::Router router;

 private:
  std::vector<net::Route> routes() {
    std::vector<net::Route> all = login.routes();
    all.push_back({"GET", "/tasks",
                   login.signed_in([](const net::Request&, const SignedIn& me, const FormBody&) {
                     return show({}, {.title = "Your tasks",
                                      .body = "Hello " + me.name,
                                      .account = Account{.name = me.name, .csrf = me.csrf}});
                   })});
    all.push_back({"POST", "/act",
                   login.signed_in([this](const net::Request&, const SignedIn&, const FormBody&) {
                     ++acted;
                     return see_other("/tasks");
                   })});
    return all;
  }
};

// Ann Brook, with a password, at a browser that has signed in.
inline Browser signed_in_as_ann(LoginSite& site) {
  Browser browser(site);
  const std::string link = site.add("ann.brook", "Ann Brook");
  if (browser.post(link, {{"password", kPassword}, {"again", kPassword}}).status != 303 ||
      browser.sign_in("ann.brook", kPassword).status != 303) {
    throw std::runtime_error("Ann could not sign in");
  }
  return browser;
}

}  // namespace lockgate::web
