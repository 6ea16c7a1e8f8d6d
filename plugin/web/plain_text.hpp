// An answer of plain text, for programs.

#pragma once

#include <string>
#include <utility>

#include "plugin/net/message.hpp"

namespace lockgate::web {

// Never kept without asking again.
inline net::Response plain_text(std::string text) {
  net::Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.headers = {{"Cache-Control", "no-cache"}, {"X-Content-Type-Options", "nosniff"}};
  response.body = std::move(text);
  return response;
}

}  // namespace lockgate::web
