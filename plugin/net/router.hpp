// Finds the handler for a request.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/net/message.hpp"

namespace lockgate::net {

// `pattern` is a path in which {name} stands for one segment that is not
// empty, and {name*} at the end for all that remain: "/p/{number}/review".
struct Route {
  std::string method;
  std::string pattern;
  Handler handler;
};

// Constant after construction; safe to use from many threads at once.
class Router {
 public:
  // `not_found` answers where no pattern matches; without one it is a plain
  // problem with status 404.
  explicit Router(std::vector<Route> routes, Handler not_found = {});

  struct Found {
    const Route* route = nullptr;  // null: see `status`; lives as long as the router
    std::map<std::string, std::string> args;
    unsigned status = 200;  // 404: no pattern matches; 405: one does, for other methods
    std::string allow;      // with 405: those methods, for the Allow field
  };

  // `path` as read_target gives it.  The first route that fits wins.  HEAD is
  // served by the route for GET.
  Found find(std::string_view method, std::string_view path) const;

  // Null if there is none.
  const Handler& not_found() const { return not_found_; }

 private:
  struct Entry {
    Route route;
    std::vector<std::string> segments;
  };
  std::vector<Entry> entries_;
  Handler not_found_;
};

}  // namespace lockgate::net
