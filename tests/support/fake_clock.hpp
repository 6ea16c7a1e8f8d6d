// A clock that stands still until it is moved.

#pragma once

#include <atomic>

#include "lockgate/time.hpp"

namespace lockgate::test {

class FakeClock final : public Clock {
 public:
  explicit FakeClock(UtcTime now = *time_from_text("2026-11-23T09:00:00.000000Z")) { set(now); }
  UtcTime now() const override { return UtcTime(std::chrono::microseconds(micros_.load())); }
  void set(UtcTime now) { micros_ = now.time_since_epoch().count(); }
  void advance(std::chrono::microseconds by) { micros_ += by.count(); }

 private:
  std::atomic<std::int64_t> micros_;
};

}  // namespace lockgate::test
