// A real server on a free port, for one test.

#pragma once

#include <memory>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "plugin/net/server.hpp"
#include "raw_connection.hpp"
#include "tests/support/captured_log.hpp"

namespace lockgate::test {

inline net::ServerSettings on_any_port() {
  net::ServerSettings settings;
  settings.port = 0;
  return settings;
}

struct RunningServer {
  explicit RunningServer(std::vector<net::Route> routes,
                         net::ServerSettings settings = on_any_port(), std::size_t threads = 4,
                         std::size_t most_waiting = 1000)
      : workers(threads, most_waiting),
        server(std::move(settings), net::Router(std::move(routes)), workers, log) {
    const auto started = server.start();
    EXPECT_TRUE(started.has_value()) << (started ? "" : started.error().message);
  }

  RawConnection connect() { return RawConnection(server.port()); }
  RawAnswer ask(std::string_view bytes) { return connect().ask(bytes); }

  CapturedLog log;
  net::Workers workers;
  net::Server server;
};

// Answers with what it understood: method, path, query, arguments and body.
inline void echo(net::Request request, net::Respond respond) {
  std::string text = request.method + ' ' + request.path;
  for (const auto& [name, value] : request.query) text += " ?" + name + '=' + value;
  for (const auto& [name, value] : request.args) text += " {" + name + '=' + value + '}';
  text += " [" + request.body + ']';
  respond({.status = 200, .content_type = "text/plain", .headers = {}, .body = text});
}

inline std::vector<net::Route> echo_routes() {
  return {{"GET", "/", echo}, {"POST", "/", echo}, {"GET", "/p/{number}/review", echo}};
}

}  // namespace lockgate::test
