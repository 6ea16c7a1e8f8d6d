#include "plugin/net/client.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include <netdb.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>

#include "plugin/net/address.hpp"
#include "plugin/net/answer_reader.hpp"
#include "plugin/net/chunk_end.hpp"

namespace lockgate::net {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;

struct Client::Parts {
  ClientSettings settings;
  ssl::context tls{ssl::context::tls_client};
};

namespace {

using Clock = std::chrono::steady_clock;
using Code = boost::system::error_code;

constexpr std::size_t kReadAtOnce = 8 * 1024;
constexpr int kMostInterimAnswers = 5;

std::vector<std::string> ask_system(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  std::vector<std::string> addresses;
  for (const addrinfo* each = found; each; each = each->ai_next) {
    char text[NI_MAXHOST];
    if (getnameinfo(each->ai_addr, each->ai_addrlen, text, sizeof text, nullptr, 0,
                    NI_NUMERICHOST) == 0) {
      addresses.emplace_back(text);
    }
  }
  return addresses;
}

tl::unexpected<Error> unavailable(std::string why) {
  return fail(Errc::unavailable, std::move(why));
}

std::string in_seconds(std::chrono::milliseconds time) {
  const auto count = time.count();
  return count % 1000 == 0 ? std::to_string(count / 1000) + " s" : std::to_string(count) + " ms";
}

// One request from look-up to answer, on the caller's thread.
class Call {
 public:
  Call(const ClientSettings& settings, ssl::context& tls, const ClientRequest& request,
       CallableUrl url)
      : settings_(settings),
        request_(request),
        url_(std::move(url)),
        deadline_(Clock::now() + request.deadline),
        stream_(io_, tls) {}

  Result<ClientResponse> run() {
    LOCKGATE_TRY(const std::vector<tcp::endpoint> endpoints, find_endpoints());
    LOCKGATE_CHECK(connect(endpoints));
    if (!url_.tls) return exchange(stream_.next_layer());
    LOCKGATE_CHECK(shake_hands());
    return exchange(stream_);
  }

 private:
  // The system's look-up knows no deadline: it is left behind when ours is up.
  Result<std::vector<std::string>> resolve() {
    struct Answer {
      std::mutex mutex;
      std::condition_variable changed;
      std::optional<std::vector<std::string>> addresses;  // guarded by mutex
    };
    const auto answer = std::make_shared<Answer>();
    const auto look_up = settings_.resolve ? settings_.resolve : ask_system;
    std::thread([answer, look_up, host = url_.host] {
      std::vector<std::string> addresses = look_up(host);
      const std::lock_guard lock(answer->mutex);
      answer->addresses = std::move(addresses);
      answer->changed.notify_one();
    }).detach();
    std::unique_lock lock(answer->mutex);
    if (!answer->changed.wait_until(lock, deadline_,
                                    [&] { return answer->addresses.has_value(); })) {
      return unavailable("looking up `" + url_.host + "` timed out after " +
                         in_seconds(request_.deadline));
    }
    return *std::move(answer->addresses);
  }

  Result<std::vector<tcp::endpoint>> find_endpoints() {
    std::vector<std::string> addresses{url_.host};
    Code error;
    asio::ip::make_address(url_.host, error);
    if (error) {
      LOCKGATE_TRY(addresses, resolve());
      if (addresses.empty())
        return unavailable("the name `" + url_.host + "` could not be resolved");
    }
    std::vector<tcp::endpoint> endpoints;
    for (const std::string& address : addresses) {
      if (const auto why = why_not_callable(address, request_.allow_private)) {
        return fail(Errc::invalid,
                    "`" + url_.host + "` is at `" + address + "`, " + *why + "; it is not called");
      }
      endpoints.emplace_back(asio::ip::make_address(address),
                             static_cast<std::uint16_t>(std::stoul(url_.port)));
    }
    return endpoints;
  }

  Result<void> connect(const std::vector<tcp::endpoint>& endpoints) {
    const Code error = wait([&](auto done) {
      asio::async_connect(stream_.next_layer(), endpoints,
                          [done](Code code, const tcp::endpoint&) { done(code); });
    });
    if (timed_out_) return timed_out();
    if (error == asio::error::connection_refused) return unavailable("the connection was refused");
    if (error) return unavailable("it could not be connected to: " + error.message());
    Code ignored;
    stream_.next_layer().set_option(tcp::no_delay(true), ignored);
    return {};
  }

  Result<void> shake_hands() {
    SSL* const tls = stream_.native_handle();
    Code error;
    asio::ip::make_address(url_.host, error);
    if (error) {
      SSL_set_tlsext_host_name(tls, url_.host.c_str());
      SSL_set1_host(tls, url_.host.c_str());
    } else {
      X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls), url_.host.c_str());
    }
    SSL_set_verify(tls, SSL_VERIFY_PEER, nullptr);
    error = wait([&](auto done) { stream_.async_handshake(ssl::stream_base::client, done); });
    if (timed_out_) return timed_out();
    if (!error) return {};
    switch (const long why = SSL_get_verify_result(tls)) {
      case X509_V_OK:
        return unavailable("no TLS connection came about: " + error.message());
      case X509_V_ERR_HOSTNAME_MISMATCH:
      case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return unavailable("the certificate is not valid for `" + url_.host + "`");
      default:
        return unavailable("the certificate is not trusted: " +
                           std::string(X509_verify_cert_error_string(why)));
    }
  }

  template <class Stream>
  Result<ClientResponse> exchange(Stream& stream) {
    const std::string head = request_head();
    const std::array<asio::const_buffer, 2> wire{asio::buffer(head), asio::buffer(request_.body)};
    const Code sent = wait([&](auto done) {
      asio::async_write(stream, wire, [done](Code code, std::size_t) { done(code); });
    });
    if (timed_out_) return timed_out();
    // A receiver may answer, and close, before it has read everything.
    for (int interim = 0; interim <= kMostInterimAnswers; ++interim) {
      LOCKGATE_TRY(ClientResponse answer, read_answer(stream, sent));
      if (answer.status >= 200 || answer.status == 101) return answer;
    }
    return unavailable("the answer was not HTTP");
  }

  template <class Stream>
  Result<ClientResponse> read_answer(Stream& stream, const Code& sent) {
    AnswerReader reader(settings_.header_bytes, settings_.body_bytes, request_.method == "HEAD");
    // Chunks and their extensions may be much longer than what they hold.
    const std::size_t most = settings_.header_bytes + 2 * settings_.body_bytes;
    std::size_t received = 0;
    bool broken = false;
    for (;;) {
      while (buffer_.size() > 0 && !reader.is_done() && !is_too_little(reader, buffer_.size())) {
        Code error;
        const std::size_t used = reader.put(buffer_.data(), error);
        buffer_.consume(used);
        if (error == boost::beast::http::error::need_more) break;
        if (error && !reader.is_header_done()) return unavailable(wrong_head(error));
        if ((broken = static_cast<bool>(error)) || used == 0) break;
      }
      if ((broken |= received > most) || reader.is_done() || reader.is_full()) break;
      std::size_t bytes = 0;
      const Code error = wait([&](auto done) {
        stream.async_read_some(buffer_.prepare(kReadAtOnce),
                               [done, &bytes](Code code, std::size_t n) {
                                 bytes = n;
                                 done(code);
                               });
      });
      buffer_.commit(bytes);
      received += bytes;
      if (!error) continue;
      if (!reader.is_header_done()) {
        if (timed_out_) return timed_out();
        return unavailable(sent ? "the connection broke while the request was sent"
                                : "the connection was closed without an answer");
      }
      // The end of the connection may be the end of the body.
      Code at_end;
      if (error == asio::error::eof) reader.put_eof(at_end);
      broken = error != asio::error::eof || at_end;
      break;
    }
    ClientResponse answer = reader.take();
    answer.truncated = broken || reader.is_full();
    return answer;
  }

  std::string wrong_head(const Code& error) const {
    return error == boost::beast::http::error::header_limit
               ? "the answer's header is larger than " + std::to_string(settings_.header_bytes) +
                     " bytes"
               : "the answer was not HTTP";
  }

  std::string request_head() const {
    std::string head = request_.method + ' ' + url_.target + " HTTP/1.1\r\nHost: " + url_.field +
                       "\r\nUser-Agent: " + settings_.user_agent +
                       "\r\nAccept: */*\r\nConnection: close\r\nContent-Length: " +
                       std::to_string(request_.body.size()) + "\r\n";
    for (const auto& [name, value] : request_.headers) {
      head += name;
      head += ": ";
      head += value;
      head += "\r\n";
    }
    head += "\r\n";
    return head;
  }

  // Begins an operation and runs it to its end, or to the deadline.
  template <class Begin>
  Code wait(Begin begin) {
    std::optional<Code> result;
    begin([&result](const Code& code) { result = code; });
    io_.restart();
    io_.run_until(deadline_);
    if (result) return *result;
    timed_out_ = true;
    Code ignored;
    stream_.next_layer().close(ignored);
    io_.restart();
    io_.run();  // what was begun refers to this frame
    return asio::error::timed_out;
  }

  tl::unexpected<Error> timed_out() const {
    return unavailable("timed out after " + in_seconds(request_.deadline));
  }

  const ClientSettings& settings_;
  const ClientRequest& request_;
  const CallableUrl url_;
  const Clock::time_point deadline_;
  asio::io_context io_{1};
  ssl::stream<tcp::socket> stream_;
  boost::beast::flat_buffer buffer_;
  bool timed_out_ = false;
};

bool is_sound(const ClientRequest& request) {
  const auto has_line_end = [](const std::string& text) {
    return text.find_first_of(std::string("\r\n\0", 3)) != std::string::npos;
  };
  for (const auto& [name, value] : request.headers) {
    if (name.empty() || has_line_end(name) || has_line_end(value)) return false;
  }
  return !request.method.empty() && !has_line_end(request.method);
}

}  // namespace

Client::Client(ClientSettings settings) : parts_(std::make_unique<Parts>()) {
  parts_->settings = std::move(settings);
  ssl::context& tls = parts_->tls;
  tls.set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 |
                  ssl::context::no_tlsv1_1);
  Code error;
  tls.set_default_verify_paths(error);
  if (!parts_->settings.trust_file.empty())
    tls.load_verify_file(parts_->settings.trust_file, error);
}

Client::~Client() = default;

Result<ClientResponse> Client::send(const ClientRequest& request) const {
  if (!is_sound(request)) return fail(Errc::invalid, "a header of the request holds a line end");
  LOCKGATE_TRY(CallableUrl url, read_callable_url(request.url, request.allow_private));
  return Call(parts_->settings, parts_->tls, request, std::move(url)).run();
}

}  // namespace lockgate::net
