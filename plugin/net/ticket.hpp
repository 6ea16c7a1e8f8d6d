// The right to answer one request, once, from any thread.

#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

#include "plugin/net/message.hpp"
#include "plugin/net/refusal.hpp"

namespace lockgate::net {

// Where answers arrive.
class Answerable {
 public:
  virtual ~Answerable() = default;
  virtual void take_answer(Response response) = 0;  // from any thread
};

// How a ticket finds its connection, which may be gone by then.
class Line {
 public:
  explicit Line(Answerable& end) : end_(&end) {}

  // Nothing reaches the connection after this.
  void cut() {
    const std::lock_guard lock(mutex_);
    end_ = nullptr;
  }
  void send(Response response) {
    const std::lock_guard lock(mutex_);
    if (end_) end_->take_answer(std::move(response));
  }

 private:
  std::mutex mutex_;
  Answerable* end_;  // guarded by mutex_
};

class Ticket {
 public:
  explicit Ticket(std::shared_ptr<Line> line) : line_(std::move(line)) {}
  // A ticket that nobody used is answered with 500: the peer must not wait.
  ~Ticket() { give(refusal(500, "the request was not answered")); }
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;

  // The first call counts, the others do nothing.
  void give(Response response) {
    if (!used_.exchange(true)) line_->send(std::move(response));
  }
  // As if it had been used.
  void withdraw() { used_ = true; }

 private:
  std::shared_ptr<Line> line_;
  std::atomic<bool> used_{false};
};

}  // namespace lockgate::net
