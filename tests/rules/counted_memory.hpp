// Counts what is allocated with new, for tests that bound it: a program that
// links counted_memory.cpp allocates through it.

#pragma once

#include <atomic>
#include <cstddef>

namespace lockgate {

inline std::atomic<std::size_t> memory_now{0};
inline std::atomic<std::size_t> memory_most{0};

// The most that was held at once since the last call of this, above what was
// held then.
class MemoryPeak {
 public:
  MemoryPeak() : before_(memory_now) { memory_most = before_; }
  std::size_t bytes() const { return memory_most - before_; }

 private:
  std::size_t before_;
};

}  // namespace lockgate
