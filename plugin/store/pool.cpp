#include "plugin/store/pool.hpp"

#include <algorithm>

namespace lockgate::store {

Pool::Pool(Address address, int most, std::chrono::milliseconds patience)
    : address_(std::move(address)), patience_(patience), free_(std::max(1, most)) {}

Result<Pool::Lease> Pool::lease() {
  std::unique_ptr<Connection> connection;
  {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_for(lock, patience_, [&] { return free_ > 0; }))
      return fail(Errc::unavailable, "all connections with the database are busy");
    --free_;
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!connection) {
    auto made = connect(address_);
    if (!made) {
      give_back(nullptr);
      return fail(Errc::unavailable, std::move(made).error().message);
    }
    connection = std::move(*made);
  }
  return Lease(*this, std::move(connection));
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::scoped_lock lock(mutex_);
    ++free_;
    if (connection) idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

bool Pool::Lease::spoil(const std::exception& thrown) {
  const bool lost = connection_->lost(thrown);
  connection_.reset();
  if (lost) {
    std::vector<std::unique_ptr<Connection>> closing;
    const std::scoped_lock lock(pool_->mutex_);
    closing.swap(pool_->idle_);
  }
  return lost;
}

}  // namespace lockgate::store
