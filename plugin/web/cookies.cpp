#include "plugin/web/cookies.hpp"

#include <algorithm>

#include "lockgate/adapter.hpp"

namespace lockgate::web {
namespace {

bool is_session_value(std::string_view value) {
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return value.size() == 22 && value.find_first_not_of(kAllowed) == std::string_view::npos;
}

}  // namespace

SessionCookie::SessionCookie(std::string_view public_url)
    : secure_(public_url.starts_with("https://")),
      name_(secure_ ? "__Host-lockgate" : "lockgate") {}

std::optional<std::string> SessionCookie::read(const net::Request& request) const {
  std::string_view rest = only_header(request.headers, "cookie").value_or("");
  while (!rest.empty()) {
    std::string_view pair = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name_) continue;
    const std::string_view value = pair.substr(equals + 1);
    return is_session_value(value) ? std::optional(std::string(value)) : std::nullopt;
  }
  return std::nullopt;
}

std::string SessionCookie::set(std::string_view value) const {
  return name_ + '=' + std::string(value) + "; Path=/; HttpOnly; SameSite=Lax" +
         (secure_ ? "; Secure" : "");
}

std::string SessionCookie::clear() const { return set("") + "; Max-Age=0"; }

}  // namespace lockgate::web
