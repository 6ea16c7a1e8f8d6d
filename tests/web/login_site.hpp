// A site with nothing but signing in and one guarded page, on a database of its
// own, and browsers for it.

#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lockgate/adapter.hpp"
#include "plugin/net/target.hpp"
#include "plugin/record/commitment.hpp"
#include "plugin/record/entries.hpp"
#include "plugin/store/database.hpp"
#include "plugin/web/local_path.hpp"
#include "plugin/web/login.hpp"
#include "tests/support/captured_log.hpp"
#include "tests/support/temp_folder.hpp"

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

using Fields = std::vector<std::pair<std::string, std::string>>;

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

inline std::string header_of(const net::Response& response, std::string_view name) {
  return std::string(only_header(response.headers, name).value_or(""));
}

// Keeps the cookie, follows nothing.
class Browser {
 public:
  explicit Browser(LoginSite& site, std::string peer = "192.0.2.1")
      : site_(site), peer_(std::move(peer)) {}

  net::Response get(std::string_view target) { return send("GET", target, "", {}); }

  net::Response post(std::string_view target, const Fields& fields, Headers headers = {}) {
    std::string body;
    for (const auto& [name, value] : fields) {
      body += (body.empty() ? "" : "&") + encoded(name) + '=' + encoded(value);
    }
    headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return send("POST", target, body, std::move(headers));
  }

  net::Response send(std::string_view method, std::string_view target, std::string body,
                     Headers headers) {
    const auto read = net::read_target(target);
    headers.emplace_back("Host", "lockgate.example.gov.uk");
    if (!cookie.empty()) headers.emplace_back("cookie", cookie);
    net::Response response = site_.answer({.method = std::string(method),
                                           .path = read->path,
                                           .query = read->query,
                                           .args = {},
                                           .headers = std::move(headers),
                                           .body = std::move(body),
                                           .peer = peer_});
    if (const std::string set = header_of(response, "set-cookie"); !set.empty()) {
      cookie = set.find("Max-Age=0") == std::string::npos ? set.substr(0, set.find(';')) : "";
    }
    return response;
  }

  net::Response sign_in(const std::string& login, const std::string& password) {
    return post("/sign-in", {{"login", login}, {"password", password}});
  }

  // The token of the forms on the tasks page.
  std::string csrf() {
    const std::string page = get("/tasks").body;
    const std::string before = R"(name="csrf" value=")";
    const std::size_t at = page.find(before);
    return at == std::string::npos ? "" : page.substr(at + before.size(), 22);
  }

  std::string cookie;  // "name=value"; empty: none

 private:
  LoginSite& site_;
  std::string peer_;
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
