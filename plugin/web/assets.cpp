#include "plugin/web/assets.hpp"

#include <algorithm>
#include <cassert>

namespace lockgate::web {

std::string_view asset_path(std::string_view name) {
  const auto found = std::ranges::find(assets(), name, &Asset::name);
  assert(found != assets().end());
  return found->path;
}

net::Handler assets_handler() {
  return [](const net::Request& request, const net::Respond& respond) {
    const auto found = std::ranges::find(assets(), request.path, &Asset::path);
    if (found == assets().end()) {
      return respond(
          {.status = 404, .content_type = "text/plain", .body = "There is no such file.\n"});
    }
    respond({.status = 200,
             .content_type = std::string(found->content_type),
             .headers = {{"Cache-Control", "public, max-age=31536000, immutable"},
                         {"X-Content-Type-Options", "nosniff"}},
             .body = std::string(found->bytes)});
  };
}

}  // namespace lockgate::web
