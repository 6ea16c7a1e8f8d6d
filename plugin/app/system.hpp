// The real clock and the real dice.

#pragma once

#include <sodium.h>

#include "lockgate/ids.hpp"
#include "lockgate/time.hpp"

namespace lockgate::app {

class SystemClock final : public Clock {
 public:
  UtcTime now() const override {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
};

class SystemRandom final : public Random {
 public:
  void fill(std::span<std::byte> bytes) override { randombytes_buf(bytes.data(), bytes.size()); }
};

}  // namespace lockgate::app
