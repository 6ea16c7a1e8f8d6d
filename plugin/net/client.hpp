// One outbound HTTP or HTTPS request with a deadline, to an address that was
// checked before it was connected to.

#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lockgate/result.hpp"

namespace lockgate::net {

struct ClientRequest {
  std::string method = "POST";
  std::string url;  // http or https, without user name
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
  bool allow_private = false;                  // loopback and private addresses too (address.hpp)
  std::chrono::milliseconds deadline{15'000};  // for all of it, name look-up included
};

struct ClientResponse {
  unsigned status = 0;  // a redirect is an answer like any other
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
  bool truncated = false;  // the body went on, or broke off, after this
};

struct ClientSettings {
  std::size_t header_bytes = 16 * 1024;
  std::size_t body_bytes = 64 * 1024;  // more is not read
  std::string user_agent = "Lockgate";
  std::string trust_file = {};  // PEM; certificates to trust beside the system's
  // Name -> addresses in text; empty if there are none.  Blocks.  The default
  // asks the system.
  std::function<std::vector<std::string>(const std::string& host)> resolve = {};
};

// Safe to use from many threads at once.
class Client {
 public:
  explicit Client(ClientSettings settings = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Sends one request on a new connection and waits for the answer.  The name
  // is resolved once; if any of its addresses may not be called, nothing is
  // connected to.  Certificates are verified against the system's store.  No
  // redirect is followed and no content coding undone.
  // Errc::invalid: the URL is not one that may be called, address included.
  // Errc::unavailable: no answer; the message says why in plain words:
  // "timed out after 15 s".
  Result<ClientResponse> send(const ClientRequest& request) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace lockgate::net
