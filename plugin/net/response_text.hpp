// A response as it goes on the wire.

#pragma once

#include <optional>
#include <string>

#include "lockgate/time.hpp"
#include "plugin/net/message.hpp"

namespace lockgate::net {

struct WireOptions {
  bool http_1_0 = false;  // what the request spoke
  bool keep_alive = true;
  std::optional<UtcTime> date;
};

// Status line and fields, with the empty line; Content-Length is that of the
// body, which follows unless the request was HEAD.  Of the response's own
// fields those are left out that would break the framing: names or values with
// control characters, Content-Length, Transfer-Encoding and Connection.
std::string response_head(const Response& response, const WireOptions& options);

// Whether a response of this status has a body at all.
bool has_body(unsigned status);

}  // namespace lockgate::net
