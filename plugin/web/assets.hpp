// The style sheet, the script and the icon, built into the program.

#pragma once

#include <span>
#include <string_view>

#include "plugin/net/message.hpp"

namespace lockgate::web {

struct Asset {
  std::string_view name;  // "lockgate.css"
  std::string_view path;  // "/assets/lockgate.0123456789ab.css": other bytes, another path
  std::string_view content_type;
  std::string_view bytes;
};

std::span<const Asset> assets();

// The path of one of them.
std::string_view asset_path(std::string_view name);

// GET /assets/{name}: to be kept for a year, since a path never changes its bytes.
net::Handler assets_handler();

}  // namespace lockgate::web
