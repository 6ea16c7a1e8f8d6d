// A server for one test of the client, that answers as it is told to.

#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace lockgate::test {

// The peer's side of one connection.  Every wait ends after ten seconds.
class Conversation {
 public:
  explicit Conversation(int socket) : socket_(socket) {
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  }

  int socket() const { return socket_; }

  // Up to the end of the head, and of the body if Content-Length tells one.
  std::string read_request() {
    while (text_.find("\r\n\r\n") == std::string::npos && receive()) {
    }
    const std::size_t end = text_.find("\r\n\r\n");
    const std::size_t length = text_.find("Content-Length: ");
    if (end == std::string::npos || length > end) return text_;
    const std::size_t whole = end + 4 + std::stoul(text_.substr(length + 16));
    while (text_.size() < whole && receive()) {
    }
    return text_;
  }

  // False once the client has gone.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  void wait_until_it_hangs_up() {
    while (receive()) {
    }
  }

 private:
  bool receive() {
    char bytes[8192];
    const ssize_t got = ::recv(socket_, bytes, sizeof bytes, 0);
    if (got > 0) text_.append(bytes, static_cast<std::size_t>(got));
    return got > 0;
  }

  int socket_;
  std::string text_;
};

// Listens on a free port of 127.0.0.1 and holds one conversation after the other.
class Peer {
 public:
  explicit Peer(std::function<void(Conversation&)> talk)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)), talk_(std::move(talk)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(socket_, 64);
    socklen_t size = sizeof address;
    getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { serve(); });
  }
  ~Peer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }

  std::uint16_t port() const { return port_; }
  std::string url(std::string_view path = "/decisions") const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
  }
  int conversations() const { return conversations_; }

 private:
  void serve() {
    for (;;) {
      const int connection = ::accept(socket_, nullptr, nullptr);
      if (connection < 0) return;
      ++conversations_;
      Conversation conversation(connection);
      talk_(conversation);
      ::close(connection);
    }
  }

  const int socket_;
  const std::function<void(Conversation&)> talk_;
  std::uint16_t port_ = 0;
  std::atomic<int> conversations_ = 0;
  std::jthread thread_;
};

// Reads the request and says this.
inline std::function<void(Conversation&)> say(std::string answer) {
  return [answer = std::move(answer)](Conversation& conversation) {
    conversation.read_request();
    conversation.send(answer);
  };
}

}  // namespace lockgate::test
