#include "tests/rules/counted_memory.hpp"

#include <malloc.h>

#include <cstdlib>
#include <new>

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
