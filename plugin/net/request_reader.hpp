// From the bytes of a connection to requests: HTTP/1.1 as RFC 9112 has it, and
// nothing that another reader could frame differently.  Reads no socket.

#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "plugin/net/message.hpp"
#include "plugin/net/server.hpp"

namespace lockgate::net {

// What a request is refused with; the connection is closed after it.
struct Refused {
  unsigned status = 400;
  std::string_view detail;  // a literal
};

// Not safe to share; one per connection.
class RequestReader {
 public:
  explicit RequestReader(const Limits& limits);
  ~RequestReader();

  // Where the next bytes are to be read to, and how many came.
  boost::asio::mutable_buffer space();
  void filled(std::size_t bytes) { buffer_.commit(bytes); }

  // idle: no byte of the next request is here.  head, body: more is needed of
  // it.  complete: take() it.  refused: see refused(); nothing more is read.
  enum class State { idle, head, body, complete, refused };

  // Goes as far as the bytes that are here allow.
  State advance();

  const Refused& refused() const { return refused_; }

  // Reads nothing more of a request that is not complete.
  void give_up(Refused why);

  // Bytes of requests that are kept here.
  std::size_t held() const;

  // In state body: the peer waits for "100 Continue" before it goes on.  True
  // once a request.
  bool must_say_continue();

  // In state complete: the request, without `args` and `peer`; begins the next.
  struct Taken {
    Request request;
    bool http_1_0 = false;
    bool keep_alive = false;
  };
  Taken take();

  // Bytes that came after the last request taken.
  std::size_t pending() const { return buffer_.size(); }

 private:
  class Parser;

  State refuse(unsigned status, std::string_view detail);
  std::string_view bytes_left() const;
  State read_head();
  State read_body();
  // The bytes of the head that were not looked at yet: its end, or nullopt.
  // Sets `refused_.status` to 0 if they are sound so far.
  std::optional<std::size_t> scan_head(std::string_view bytes);

  const Limits limits_;
  boost::beast::flat_buffer buffer_;
  std::unique_ptr<Parser> parser_;  // null until the head is here
  std::size_t scanned_ = 0;         // bytes of the head that are known to be sound
  State state_ = State::idle;
  Refused refused_;
};

}  // namespace lockgate::net
