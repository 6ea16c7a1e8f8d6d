// Display numbers, taken from the database's counter in blocks.

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

#include "lockgate/result.hpp"

namespace lockgate::store {

// Safe to use from many threads at once.
class Numbers {
 public:
  // Adds so many to the counter; gives what it is then.
  using Take = std::function<Result<std::int64_t>(int count)>;

  explicit Numbers(Take take) : take_(std::move(take)) {}

  // Each number once.  Takes the next block when half of the last one is gone,
  // and a larger one when they go fast.  Fails as `take` does.
  Result<std::int64_t> next();

  // The counter as it would be without the numbers that were never given, and as
  // it is if nobody else took any since.  Nullopt if there are none.
  std::optional<std::pair<std::int64_t, std::int64_t>> unused();

 private:
  struct Block {
    std::int64_t next;
    std::int64_t last;
  };

  std::int64_t left() const;  // under mutex_
  Result<void> take_block(std::unique_lock<std::mutex>& lock);

  const Take take_;

  std::mutex mutex_;
  std::condition_variable taken_;
  // Guarded by mutex_.
  std::deque<Block> blocks_;
  bool taking_ = false;
  int size_ = 0;  // of the latest block
  std::chrono::steady_clock::time_point taken_at_;
};

}  // namespace lockgate::store
