// What a fuzz target does when something does not hold, and its dice.

#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

namespace lockgate::fuzz {

// Stops the program, so that libFuzzer keeps the input.
inline void require(bool holds, const std::string& otherwise) {
  if (holds) return;
  std::fprintf(stderr, "finding: %s\n", otherwise.c_str());
  std::abort();
}

// The same input always throws the same dice.
class Dice {
 public:
  explicit Dice(std::string_view input) : random_(seed(input)) {}
  std::size_t below(std::size_t n) { return random_() % n; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  std::uint64_t bits() { return (std::uint64_t{random_()} << 32) | random_(); }
  template <class List>
  const auto& any_of(const List& list) {
    return std::data(list)[below(std::size(list))];
  }

 private:
  static std::uint32_t seed(std::string_view input) {
    std::uint32_t hash = 2166136261;  // FNV-1a
    for (const char c : input) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619;
    return hash;
  }
  std::mt19937 random_;
};

}  // namespace lockgate::fuzz
