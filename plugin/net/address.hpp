// Which addresses Lockgate may call: the public internet, and private networks
// only where an administrator said so.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lockgate/result.hpp"

namespace lockgate::net {

// Why this IPv4 or IPv6 address may not be called ("a loopback address");
// nullopt if it may.  `allow_private` permits loopback and private networks
// (RFC 1918, RFC 4193, RFC 6598) and nothing else: link-local addresses (cloud
// metadata), multicast and forms that carry another address stay forbidden.
std::optional<std::string> why_not_callable(std::string_view address, bool allow_private);

// The parts of a URL that may be called, as far as can be said without asking
// for the addresses of a name.
struct CallableUrl {
  bool tls = false;
  std::string host;  // without brackets
  std::string port;
  std::string field;   // for the Host field
  std::string target;  // path and query, encoded
};

// Errc::invalid, with what to do, for anything but http and https, for a user
// name, and for a host that is an address in any spelling ("2130706433",
// "0x7f.1") which may not be called.
Result<CallableUrl> read_callable_url(std::string_view url, bool allow_private);

}  // namespace lockgate::net
