// A TCP connection in plain bytes, for saying what no HTTP client would say.

#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace lockgate::test {

// Lower-cased, so that a field's name is found in any case.
inline std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

struct RawAnswer {
  int status = 0;  // 0: the connection ended instead
  std::string head;
  std::string body;

  // The value of a field; "(none)" if it is not there.
  std::string field(std::string_view name) const {
    const std::string wanted = "\r\n" + lower(std::string(name)) + ": ";
    const std::size_t at = lower(head).find(wanted);
    if (at == std::string::npos) return "(none)";
    const std::size_t from = at + wanted.size();
    return head.substr(from, head.find("\r\n", from) - from);
  }
};

// Every wait ends after ten seconds at the latest, as if the peer had closed.
class RawConnection {
 public:
  explicit RawConnection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    const int yes = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~RawConnection() { close(); }
  RawConnection(RawConnection&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)),
        connected_(other.connected_),
        pending_(std::move(other.pending_)) {}

  bool connected() const { return connected_; }

  // False if the peer would not take it all.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // The next answer; `to_head`: it has no body, whatever its length says.
  RawAnswer read(bool to_head = false) {
    RawAnswer answer;
    std::size_t end = 0;
    while ((end = pending_.find("\r\n\r\n")) == std::string::npos) {
      if (!receive()) return answer;
    }
    answer.head = pending_.substr(0, end + 2);
    answer.status = std::stoi(answer.head.substr(answer.head.find(' ') + 1, 3));
    pending_.erase(0, end + 4);
    const std::string length = answer.field("Content-Length");
    const std::size_t size = to_head || length == "(none)" ? 0 : std::stoul(length);
    while (pending_.size() < size) {
      if (!receive()) break;
    }
    answer.body = pending_.substr(0, size);
    pending_.erase(0, size);
    return answer;
  }

  RawAnswer ask(std::string_view bytes) {
    send(bytes);
    return read();
  }

  // Waits for the peer to close; true if nothing came before that.
  bool is_closed_by_peer() {
    if (!pending_.empty()) return false;
    return !receive() && pending_.empty();
  }

  // Bytes until the peer closes, or `most`.
  std::string read_raw(std::size_t most) {
    while (pending_.size() < most && receive()) {
    }
    return std::exchange(pending_, {}).substr(0, most);
  }

  void shut_down_sending() { ::shutdown(socket_, SHUT_WR); }

  // Closes with a reset.
  void reset() {
    const linger now{.l_onoff = 1, .l_linger = 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
  }

  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }

 private:
  bool receive() {
    char bytes[8192];
    const ssize_t got = ::recv(socket_, bytes, sizeof bytes, 0);
    if (got <= 0) return false;
    pending_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }

  int socket_;
  bool connected_ = false;
  std::string pending_;
};

}  // namespace lockgate::test
