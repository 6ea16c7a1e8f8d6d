// The one cookie: it holds the value that names a session.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plugin/net/message.hpp"

namespace lockgate::web {

// Constant after construction.
class SessionCookie {
 public:
  // With https it is `__Host-lockgate` and Secure; else `lockgate`, for a site on
  // loopback only (the configuration sees to that).
  explicit SessionCookie(std::string_view public_url);

  // The value that the browser sent; nullopt if there is none, or it is not 22
  // characters of base64url.
  std::optional<std::string> read(const net::Request& request) const;

  // Values of Set-Cookie.
  std::string set(std::string_view value) const;
  std::string clear() const;

 private:
  bool secure_;
  std::string name_;
};

}  // namespace lockgate::web
