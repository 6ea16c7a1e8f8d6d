// Whether a POST comes from a page of ours.

#pragma once

#include <string_view>

#include "plugin/net/message.hpp"

namespace lockgate::web {

// What the browser says of it: Sec-Fetch-Site must be same-origin (or none, which
// is the person), and Origin must be this site's, by its public address or by the
// Host that was asked.  A browser too old to say either is let through: the token
// in the form still has to be right.
bool is_same_origin(const net::Request& request, std::string_view public_url);

}  // namespace lockgate::web
