// The HTTP/1.1 server: accepts connections, holds them to their limits, has
// workers answer their requests, and stops without losing one.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "lockgate/log.hpp"
#include "lockgate/result.hpp"
#include "lockgate/time.hpp"
#include "plugin/net/router.hpp"
#include "plugin/net/workers.hpp"

namespace lockgate::net {

// What one peer may ask of us.  Bytes count octets on the wire.
struct Limits {
  std::size_t header_bytes = 16 * 1024;  // request line and fields; beyond: 431
  std::size_t fields = 100;              // beyond: 431
  std::size_t target_bytes = 8000;       // beyond: 414
  std::size_t body_bytes = 256 * 1024;   // beyond: 413
  std::size_t requests = 1000;           // on one connection, which then closes
  // From the first byte of a request to the last of its header or body; from
  // the first byte of an answer to its last; between requests.
  std::chrono::milliseconds header_time{10'000};
  std::chrono::milliseconds body_time{30'000};
  std::chrono::milliseconds write_time{30'000};
  std::chrono::milliseconds idle_time{60'000};
};

struct ServerSettings {
  std::string host = "127.0.0.1";  // an address, or `localhost`
  std::uint16_t port = 8080;       // 0: any that is free
  std::size_t threads = 2;         // for reading and writing; never blocked
  // Beyond this, the connection that has been idle longest is closed; if none
  // is idle, the new one is answered with 503.
  std::size_t connections = 10'000;
  // Of requests that are being read or answered, over all connections; beyond
  // this, whoever sends more is answered with 503.
  std::size_t request_bytes = 64 * 1024 * 1024;
  std::chrono::milliseconds grace{10'000};  // for open requests, on stop
  const Clock* clock = nullptr;             // for the Date field, which is left out without it
  Limits limits = {};
};

// What it refuses itself is answered with problem details (RFC 9457): 400 for
// what is not HTTP/1.1 as RFC 9112 has it, 404, 405, 408, 413, 414, 417, 431,
// 501, 503, 505.  Every refusal to read a request closes the connection.  All
// that a peer says about other peers (X-Forwarded-For and the like) is passed
// to handlers as it is and used for nothing.
class Server {
 public:
  // `workers` and `log` are borrowed; `workers` is to be stopped after this.
  Server(ServerSettings settings, Router router, Workers& workers, Log& log);
  // As stop().
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds and begins to serve.  Errc::invalid for a host that is no address,
  // Errc::unavailable if it cannot be bound.  Called once.
  Result<void> start();

  // The port it is bound to.  After start().
  std::uint16_t port() const;

  // Stops accepting, closes idle connections at once, lets open requests be
  // answered within the grace time, then closes what is left.  Blocks until
  // that is done.  Not to be called by a handler.  A second call does nothing.
  // An answer that is given afterwards goes nowhere.
  void stop();

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace lockgate::net
