// Connections to share: so many, each lent to one thread at a time.

#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "plugin/store/connect.hpp"

namespace lockgate::store {

class Pool {
 public:
  // A connection on loan; given back at the end of its life.
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Lease(Lease&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)), connection_(std::move(other.connection_)) {}
    ~Lease() {
      if (pool_) pool_->give_back(std::move(connection_));
    }

    Connection& operator*() const { return *connection_; }

    // Something was thrown while it was in use: it is closed instead.  True if
    // the connection was lost; then so are those that nobody uses now.
    bool spoil(const std::exception& thrown);

   private:
    Pool* pool_;  // null after a move
    std::unique_ptr<Connection> connection_;
  };

  // At most `most` connections; whoever wants one waits for `patience`.
  Pool(Address address, int most, std::chrono::milliseconds patience);

  // Errc::unavailable if all were on loan for too long or none can be made.
  Result<Lease> lease();

 private:
  void give_back(std::unique_ptr<Connection> connection);

  const Address address_;
  const std::chrono::milliseconds patience_;

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;  // guarded by mutex_
  int free_;                                       // how many may still be lent; guarded by mutex_
};

}  // namespace lockgate::store
