#include "plugin/net/session.hpp"

#include <array>
#include <exception>
#include <typeinfo>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/core/demangle.hpp>

#include "plugin/net/refusal.hpp"
#include "plugin/net/response_text.hpp"

namespace lockgate::net {
namespace {

namespace asio = boost::asio;
using Error = boost::system::error_code;

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds kLinger{1000};
constexpr std::size_t kLingerBytes = 1024 * 1024;

constexpr std::string_view kTooMuch = "there is too much to do at the moment; send it again";

Response refusal_of(const Refused& why) {
  Response response = refusal(why.status, why.detail);
  if (why.status == 503) response.headers.emplace_back("Retry-After", "1");
  return response;
}

// Runs on a worker.  An exception is a bug in the handler; what it says may
// hold case data, so the log has its class alone.
void call(const Handler& handler, const std::string& name, Request request,
          const std::shared_ptr<Ticket>& ticket, Log& log) {
  std::string thrown = "not a std::exception";
  try {
    handler(std::move(request), [ticket](Response response) { ticket->give(std::move(response)); });
    return;
  } catch (const std::exception& exception) {
    thrown = boost::core::demangle(typeid(exception).name());
  } catch (...) {
  }
  log.error("handler_failed", {{"route", name}, {"exception", thrown}});
  ticket->give(refusal(500, "something went wrong here; it is in the log"));
}

}  // namespace

Session::Session(Shared& shared, asio::ip::tcp::socket socket)
    : shared_(shared),
      socket_(std::move(socket)),
      watchdog_(socket_.get_executor()),
      answered_(socket_.get_executor(), Clock::time_point::max()),
      reader_(shared.settings.limits),
      line_(std::make_shared<Line>(*this)) {
  Error error;
  const auto peer = socket_.remote_endpoint(error);
  if (!error) peer_ = peer.address().to_string();
}

Session::~Session() = default;

bool Session::start() {
  if (!shared_.connections.add(*this, entry_)) return false;
  const auto whole = [](std::shared_ptr<Session> self) -> Awaitable<void> {
    try {
      co_await self->run();
    } catch (const std::exception&) {
      // Out of memory: this connection ends, the others go on.
    }
    self->close_socket();
    self->watchdog_.cancel();
    self->account(0);
    self->line_->cut();
    self->shared_.connections.remove(self->entry_);
  };
  asio::co_spawn(socket_.get_executor(), whole(shared_from_this()), asio::detached);
  return true;
}

// It fits into the empty buffer of a new socket, so nobody waits for it.
void Session::turn_away() {
  Response response = refusal(503, "there are too many connections; try again");
  response.headers.emplace_back("Retry-After", "5");
  const WireOptions options{.keep_alive = false, .date = std::nullopt};
  const std::string text = response_head(response, options) + response.body;
  Error ignored;
  socket_.non_blocking(true, ignored);
  socket_.write_some(asio::buffer(text), ignored);
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

void Session::close_if_idle() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    if (self->idle_) self->close_socket();
  });
}

void Session::close_now() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    self->close_socket();
    self->answered_.cancel();
  });
}

void Session::take_answer(Response response) {
  asio::post(socket_.get_executor(),
             [self = shared_from_this(), response = std::move(response)]() mutable {
               self->answer_ = std::move(response);
               self->answered_.cancel();
             });
}

void Session::close_socket() {
  closed_ = true;
  Error ignored;
  socket_.close(ignored);
}

Session::Awaitable<void> Session::run() {
  const Limits& limits = shared_.settings.limits;
  for (std::size_t count = 1;; ++count) {
    if (!co_await read_request()) co_return;
    if (reader_.advance() != RequestReader::State::complete) {
      const Refused why =
          expired_ ? Refused{408, "the request came too slowly"} : reader_.refused();
      expired_ = false;
      const Response refused = refusal_of(why);
      account(reader_.held());
      if (co_await write(refused, true, false, false)) co_await linger();
      co_return;
    }
    RequestReader::Taken taken = reader_.take();
    const bool is_head = taken.request.method == "HEAD";
    taken.request.peer = peer_;
    const Response response = co_await answer(std::move(taken.request));
    if (closed_) co_return;
    const bool keep_alive = taken.keep_alive && count < limits.requests && !shared_.stopping;
    const bool written = co_await write(response, !is_head, taken.http_1_0, keep_alive);
    if (!written) co_return;
    account(reader_.held());
    if (!keep_alive) {
      co_await linger();
      co_return;
    }
  }
}

Session::Awaitable<bool> Session::read_request() {
  using State = RequestReader::State;
  const Limits& limits = shared_.settings.limits;
  for (State before = State::complete;;) {
    const State state = reader_.advance();
    if (state == State::complete || state == State::refused) {
      clear_deadline();
      co_return true;
    }
    if (state != before) {
      before = state;
      if (state == State::idle) set_deadline(limits.idle_time);
      if (state == State::head) set_deadline(limits.header_time);
      if (state == State::body) set_deadline(limits.body_time);
    }
    if (state != State::idle && shared_.held > shared_.settings.request_bytes) {
      reader_.give_up({503, kTooMuch});
      clear_deadline();
      co_return true;
    }
    if (reader_.must_say_continue()) {
      const std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
      if (!co_await write_text(go_on)) co_return false;
    }
    if (state == State::idle) {
      idle_ = true;
      shared_.connections.set_idle(entry_, true);
      if (shared_.stopping) co_return false;
    }
    const bool more = co_await read_some();
    if (idle_) {
      idle_ = false;
      shared_.connections.set_idle(entry_, false);
    }
    if (!more) co_return expired_ && !closed_ && state != State::idle;
  }
}

Session::Awaitable<bool> Session::read_some() {
  const asio::mutable_buffer space = reader_.space();
  const auto [error, bytes] = co_await socket_.async_read_some(space, no_throw);
  if (error || expired_ || closed_) co_return false;
  reader_.filled(bytes);
  account(reader_.held());
  co_return true;
}

Session::Awaitable<Response> Session::answer(Request request) {
  answer_ = dispatch(std::move(request));
  while (!answer_ && !closed_) co_await answered_.async_wait(no_throw);
  Response response = answer_ ? *std::move(answer_) : Response{};
  answer_.reset();
  co_return response;
}

std::optional<Response> Session::dispatch(Request request) {
  Router::Found found = shared_.router->find(request.method, request.path);
  if (found.route) {
    if (request.method == "HEAD") request.method = found.route->method;
    request.args = std::move(found.args);
    return post(found.route->handler, found.route->pattern, std::move(request));
  }
  if (found.status == 405) {
    Response response = refusal(405, "this address is there, but not for this method");
    response.headers.emplace_back("Allow", std::move(found.allow));
    return response;
  }
  if (!shared_.router->not_found()) return refusal(404, "there is nothing at this address");
  static const std::string kNotFound = "not found";
  return post(shared_.router->not_found(), kNotFound, std::move(request));
}

// `handler` and `name` live as long as the router.
std::optional<Response> Session::post(const Handler& handler, const std::string& name,
                                      Request request) {
  const auto ticket = std::make_shared<Ticket>(line_);
  const bool posted = shared_.workers.post(
      [&handler, &name, router = shared_.router, &log = shared_.log, request = std::move(request),
       ticket]() mutable { call(handler, name, std::move(request), ticket, log); });
  if (posted) return std::nullopt;
  ticket->withdraw();
  return refusal_of({503, kTooMuch});
}

Session::Awaitable<bool> Session::write(const Response& response, bool with_body, bool http_1_0,
                                        bool keep_alive) {
  WireOptions options{.http_1_0 = http_1_0, .keep_alive = keep_alive, .date = std::nullopt};
  if (shared_.settings.clock) options.date = shared_.settings.clock->now();
  const std::string head = response_head(response, options);
  const bool body = with_body && has_body(response.status);
  const std::array<asio::const_buffer, 2> wire{
      asio::buffer(head), asio::buffer(response.body.data(), body ? response.body.size() : 0)};
  set_deadline(shared_.settings.limits.write_time);
  const auto [error, bytes] = co_await asio::async_write(socket_, wire, no_throw);
  clear_deadline();
  co_return !error && !expired_;
}

Session::Awaitable<bool> Session::write_text(const std::string& text) {
  const asio::const_buffer wire = asio::buffer(text);
  const auto [error, bytes] = co_await asio::async_write(socket_, wire, no_throw);
  co_return !error && !expired_;
}

// Closing while the peer still sends makes TCP throw away what it has not yet
// read of our answer (RFC 9112 section 9.6).
Session::Awaitable<void> Session::linger() {
  Error error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  set_deadline(kLinger);
  std::array<char, 4096> waste;
  const asio::mutable_buffer space = asio::buffer(waste);
  for (std::size_t total = 0; !error && !expired_ && total < kLingerBytes;) {
    const auto [failed, bytes] = co_await socket_.async_read_some(space, no_throw);
    error = failed;
    total += bytes;
  }
}

void Session::account(std::size_t bytes) {
  shared_.held += bytes - held_;
  held_ = bytes;
}

void Session::set_deadline(std::chrono::milliseconds from_now) {
  deadline_ = Clock::now() + from_now;
  if (deadline_ < armed_until_) arm_watchdog();
}

// It is armed for a deadline that may be put off meanwhile; then it is armed
// again when it wakes.  So most requests cost no timer at all.
void Session::arm_watchdog() {
  armed_until_ = deadline_;
  watchdog_.expires_at(deadline_);
  watchdog_.async_wait([self = shared_from_this()](const Error& error) {
    if (error || self->closed_) return;
    self->armed_until_ = Clock::time_point::max();
    if (Clock::now() < self->deadline_) {
      if (self->deadline_ != Clock::time_point::max()) self->arm_watchdog();
      return;
    }
    self->clear_deadline();
    self->expired_ = true;
    Error ignored;
    self->socket_.cancel(ignored);
  });
}

}  // namespace lockgate::net
