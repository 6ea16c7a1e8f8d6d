// One HTTP connection: reads requests, has them answered by a worker, writes
// the answers.  The only place where coroutines meet the handlers.

#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "lockgate/log.hpp"
#include "plugin/net/connections.hpp"
#include "plugin/net/request_reader.hpp"
#include "plugin/net/router.hpp"
#include "plugin/net/server.hpp"
#include "plugin/net/ticket.hpp"
#include "plugin/net/workers.hpp"

namespace lockgate::net {

// What all sessions of a server share; it outlives them.
struct Shared {
  Shared(ServerSettings given, Router routes, Workers& threads, Log& events)
      : settings(std::move(given)),
        router(std::make_shared<const Router>(std::move(routes))),
        workers(threads),
        log(events),
        connections(settings.connections) {}

  const ServerSettings settings;
  // Shared with the jobs of the workers, which may outlive the server.
  const std::shared_ptr<const Router> router;
  Workers& workers;
  Log& log;
  Connections connections;
  std::atomic<std::size_t> held{0};  // bytes of requests, over all sessions
  std::atomic<bool> stopping{false};
};

// Lives until its coroutine ends.  The socket's executor is a strand, on which
// everything runs that is not said to run anywhere.
class Session final : public std::enable_shared_from_this<Session>,
                      public Closable,
                      public Answerable {
 public:
  Session(Shared& shared, boost::asio::ip::tcp::socket socket);
  ~Session() override;

  // Registers it and starts its coroutine.  False, and nothing begun, if there
  // are too many connections.  From any thread.
  bool start();
  // Instead of start(): says that there is no room, if that goes at once.
  void turn_away();

  void close_if_idle() override;
  void close_now() override;
  void take_answer(Response response) override;

 private:
  using Clock = std::chrono::steady_clock;
  template <class T>
  using Awaitable = boost::asio::awaitable<T>;

  Awaitable<void> run();
  // Reads until there is a request or none will come; false: close silently.
  Awaitable<bool> read_request();
  Awaitable<bool> read_some();
  Awaitable<Response> answer(Request request);
  Awaitable<bool> write(const Response& response, bool with_body, bool http_1_0, bool keep_alive);
  Awaitable<bool> write_text(const std::string& text);
  // Lets the peer read the answer before the connection is reset.
  Awaitable<void> linger();

  // Hands the request to a worker; what can be answered at once comes back.
  std::optional<Response> dispatch(Request request);
  std::optional<Response> post(const Handler& handler, const std::string& name, Request request);

  // Says how many bytes of requests this session now holds.
  void account(std::size_t bytes);
  void set_deadline(std::chrono::milliseconds from_now);
  void clear_deadline() { deadline_ = Clock::time_point::max(); }
  void arm_watchdog();
  void close_socket();

  Shared& shared_;
  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer watchdog_;
  boost::asio::steady_timer answered_;  // never expires; cancelled to wake the coroutine
  RequestReader reader_;
  std::shared_ptr<Line> line_;
  Connections::Entry entry_;
  std::string peer_;
  std::optional<Response> answer_;
  Clock::time_point deadline_ = Clock::time_point::max();
  Clock::time_point armed_until_ = Clock::time_point::max();  // max: not armed
  std::size_t held_ = 0;
  bool expired_ = false;
  bool closed_ = false;
  bool idle_ = false;
};

}  // namespace lockgate::net
