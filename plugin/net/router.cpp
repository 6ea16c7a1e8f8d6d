#include "plugin/net/router.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace lockgate::net {
namespace {

// Takes the first segment off a path that begins with '/'.
std::string_view next_segment(std::string_view& path) {
  path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

bool is_placeholder(std::string_view segment) { return segment.starts_with('{'); }
bool is_rest(std::string_view segment) { return segment.ends_with("*}"); }

bool matches(std::span<const std::string> pattern, std::string_view path) {
  for (const std::string& want : pattern) {
    if (path.empty()) return false;
    if (is_placeholder(want) && is_rest(want)) return path.size() > 1;
    const std::string_view have = next_segment(path);
    if (is_placeholder(want) ? have.empty() : have != want) return false;
  }
  return path.empty();
}

// The arguments of a path that matches.
std::map<std::string, std::string> read_args(std::span<const std::string> pattern,
                                             std::string_view path) {
  std::map<std::string, std::string> args;
  for (const std::string& want : pattern) {
    if (is_placeholder(want) && is_rest(want)) {
      args.emplace(want.substr(1, want.size() - 3), path.substr(1));
      break;
    }
    const std::string_view have = next_segment(path);
    if (is_placeholder(want)) args.emplace(want.substr(1, want.size() - 2), have);
  }
  return args;
}

bool serves(std::string_view route_method, std::string_view method) {
  return route_method == method || (route_method == "GET" && method == "HEAD");
}

void allow(std::string_view method, std::string& list) {
  if (!list.empty()) list += ", ";
  list += method;
  if (method == "GET") list += ", HEAD";
}

}  // namespace

Router::Router(std::vector<Route> routes, Handler not_found) : not_found_(std::move(not_found)) {
  entries_.reserve(routes.size());
  for (Route& route : routes) {
    Entry entry{.route = std::move(route), .segments = {}};
    std::string_view rest = entry.route.pattern;
    while (!rest.empty()) entry.segments.emplace_back(next_segment(rest));
    entries_.push_back(std::move(entry));
  }
}

Router::Found Router::find(std::string_view method, std::string_view path) const {
  Found found;
  found.status = 404;
  for (const Entry& entry : entries_) {
    if (!matches(entry.segments, path)) continue;
    if (serves(entry.route.method, method)) {
      return {.route = &entry.route, .args = read_args(entry.segments, path), .allow = {}};
    }
    found.status = 405;
    allow(entry.route.method, found.allow);
  }
  return found;
}

}  // namespace lockgate::net
