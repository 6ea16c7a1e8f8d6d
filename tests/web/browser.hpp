// A browser for tests: keeps the cookie, follows nothing.

#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "lockgate/adapter.hpp"
#include "plugin/net/target.hpp"
#include "plugin/web/local_path.hpp"

namespace lockgate::web {

using Fields = std::vector<std::pair<std::string, std::string>>;

inline std::string header_of(const net::Response& response, std::string_view name) {
  return std::string(only_header(response.headers, name).value_or(""));
}

class Browser {
 public:
  // `site` has answer(net::Request) and outlives the browser.
  template <class Site>
  explicit Browser(Site& site, std::string peer = "192.0.2.1")
      : answer_([&site](net::Request request) { return site.answer(std::move(request)); }),
        peer_(std::move(peer)) {}

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
    net::Response response = answer_({.method = std::string(method),
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
  std::function<net::Response(net::Request)> answer_;
  std::string peer_;
};

}  // namespace lockgate::web
