#include "plugin/web/same_origin.hpp"

#include <algorithm>
#include <string>

#include "lockgate/adapter.hpp"

namespace lockgate::web {
namespace {

// Several fields of one name are as good as a wrong one.
bool is_doubled(const net::Request& request, std::string_view name) {
  return std::any_of(request.headers.begin(), request.headers.end(),
                     [&](const auto& field) { return only_header({field}, name).has_value(); }) &&
         !only_header(request.headers, name);
}

// "https://lockgate.example.gov.uk/path" -> without the path.
std::string_view origin_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  return url.substr(0, url.find('/', scheme + 3));
}

}  // namespace

bool is_same_origin(const net::Request& request, std::string_view public_url) {
  if (is_doubled(request, "sec-fetch-site") || is_doubled(request, "origin")) return false;
  if (const auto site = only_header(request.headers, "sec-fetch-site")) {
    if (*site != "same-origin" && *site != "none") return false;
  }
  if (const auto origin = only_header(request.headers, "origin")) {
    const std::string_view own = origin_of(public_url);
    const std::string host(only_header(request.headers, "host").value_or(""));
    const bool by_host =
        !host.empty() && (*origin == "http://" + host || *origin == "https://" + host);
    if (*origin != own && !by_host) return false;
  }
  return true;
}

}  // namespace lockgate::web
