// Counts what is allocated with new, for tests that bound it.  To be included in
// one source of a test program.

#pragma once

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

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

void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  void* memory = std::malloc(size);
  if (!memory) return nullptr;
  const std::size_t now = lockgate::memory_now += malloc_usable_size(memory);
  if (now > lockgate::memory_most) lockgate::memory_most = now;
  return memory;
}

void* operator new(std::size_t size) {
  void* memory = operator new(size, std::nothrow);
  if (!memory) throw std::bad_alloc();
  return memory;
}

void operator delete(void* memory) noexcept {
  if (memory) lockgate::memory_now -= malloc_usable_size(memory);
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
