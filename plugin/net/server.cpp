#include "plugin/net/server.hpp"

#include <pthread.h>

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "plugin/net/session.hpp"

namespace lockgate::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds kAfterFailedAccept{100};

}  // namespace

struct Server::Engine {
  Engine(ServerSettings settings, Router router, Workers& workers, Log& log)
      : io(static_cast<int>(settings.threads)),
        acceptor(asio::make_strand(io)),
        pause(acceptor.get_executor()),
        shared(std::move(settings), std::move(router), workers, log) {}

  asio::awaitable<void> accept();

  asio::io_context io;
  tcp::acceptor acceptor;
  asio::steady_timer pause;  // after a failed accept
  Shared shared;
  std::vector<std::thread> threads;
  std::uint16_t port = 0;
};

asio::awaitable<void> Server::Engine::accept() {
  bool said = false;
  while (!shared.stopping) {
    tcp::socket socket(asio::make_strand(io));
    const auto [error] = co_await acceptor.async_accept(socket, no_throw);
    if (shared.stopping) break;
    if (error) {
      // Most likely out of descriptors: an idle connection gives one back.
      const bool freed = shared.connections.close_longest_idle();
      if (!said) {
        shared.log.warn("accept_failed", {{"why", error.message()},
                                          {"closed_an_idle_connection", freed ? "yes" : "no"}});
      }
      said = true;
      pause.expires_after(kAfterFailedAccept);
      co_await pause.async_wait(no_throw);
      continue;
    }
    said = false;
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto session = std::make_shared<Session>(shared, std::move(socket));
    if (!session->start()) session->turn_away();
  }
}

Server::Server(ServerSettings settings, Router router, Workers& workers, Log& log)
    : engine_(std::make_unique<Engine>(std::move(settings), std::move(router), workers, log)) {}

Server::~Server() { stop(); }

Result<void> Server::start() {
  const ServerSettings& settings = engine_->shared.settings;
  boost::system::error_code error;
  const auto address =
      asio::ip::make_address(settings.host == "localhost" ? "127.0.0.1" : settings.host, error);
  if (error) {
    return fail(Errc::invalid, "`" + settings.host +
                                   "` is not an address to listen on; write "
                                   "`127.0.0.1` for this machine alone");
  }
  tcp::acceptor& acceptor = engine_->acceptor;
  const tcp::endpoint endpoint(address, settings.port);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    return fail(Errc::unavailable, "cannot listen on `" + settings.host + ":" +
                                       std::to_string(settings.port) + "`: " + error.message());
  }
  engine_->port = acceptor.local_endpoint().port();
  asio::co_spawn(acceptor.get_executor(), engine_->accept(), asio::detached);
  for (std::size_t i = 0; i < std::max<std::size_t>(settings.threads, 1); ++i) {
    engine_->threads.emplace_back([engine = engine_.get()] {
      pthread_setname_np(pthread_self(), "network");
      engine->io.run();
    });
  }
  return {};
}

std::uint16_t Server::port() const { return engine_->port; }

void Server::stop() {
  if (engine_->shared.stopping.exchange(true)) return;
  asio::post(engine_->acceptor.get_executor(), [engine = engine_.get()] {
    boost::system::error_code ignored;
    engine->acceptor.close(ignored);
    engine->pause.cancel();
  });
  Connections& connections = engine_->shared.connections;
  connections.close_idle();
  if (!connections.wait_until_none(engine_->shared.settings.grace)) {
    engine_->shared.log.warn("stopped_with_open_requests", {});
    connections.close_all();
  }
  for (std::thread& thread : engine_->threads) thread.join();
}

}  // namespace lockgate::net
