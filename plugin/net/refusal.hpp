// The answers that the server gives itself, as problem details (RFC 9457).

#pragma once

#include <string>
#include <string_view>

#include "plugin/net/message.hpp"

namespace lockgate::net {

// `detail` is our own text, never the peer's.
Response refusal(unsigned status, std::string_view detail);

}  // namespace lockgate::net
