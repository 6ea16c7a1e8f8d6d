#include "plugin/store/numbers.hpp"

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace lockgate::store {
namespace {

// The database's counter.
struct Counter {
  std::atomic<std::int64_t> value = 0;
  std::atomic<int> largest = 0;
  std::atomic<bool> broken = false;

  Numbers numbers() {
    return Numbers([this](int count) -> Result<std::int64_t> {
      if (broken) return fail(Errc::unavailable, "broken");
      largest = std::max(largest.load(), count);
      return value += count;
    });
  }
};

TEST(Numbers, AreGivenInOrderFromTheFirstFreeOne) {
  Counter counter{.value = 230};
  Numbers numbers = counter.numbers();
  for (std::int64_t wanted = 231; wanted < 400; ++wanted) EXPECT_EQ(*numbers.next(), wanted);
}

TEST(Numbers, AreGivenOnceToManyThreadsAndInLargerBlocksWhenTheyGoFast) {
  Counter counter;
  Numbers numbers = counter.numbers();
  constexpr int kThreads = 8;
  constexpr int kEach = 2000;
  std::vector<std::vector<std::int64_t>> given(kThreads);
  std::vector<std::thread> threads;
  for (auto& mine : given) {
    threads.emplace_back([&] {
      for (int i = 0; i < kEach; ++i) mine.push_back(*numbers.next());
    });
  }
  for (auto& thread : threads) thread.join();
  std::set<std::int64_t> all;
  for (const auto& mine : given) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kThreads * kEach));
  EXPECT_EQ(counter.largest, 1024);
}

TEST(Numbers, ThatWereNeverGivenCanGoBack) {
  Counter counter;
  Numbers numbers = counter.numbers();
  EXPECT_EQ(numbers.unused(), std::nullopt);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(numbers.next());
  EXPECT_EQ(numbers.unused(), std::pair(std::int64_t{20}, counter.value.load()));
}

TEST(Numbers, ComeAgainWhenTheDatabaseDoes) {
  Counter counter{.broken = true};
  Numbers numbers = counter.numbers();
  EXPECT_EQ(numbers.next().error().code, Errc::unavailable);
  counter.broken = false;
  EXPECT_EQ(*numbers.next(), 1);
  counter.broken = true;
  for (std::int64_t wanted = 2; wanted <= 16; ++wanted) EXPECT_EQ(*numbers.next(), wanted);
  EXPECT_FALSE(numbers.next());
}

}  // namespace
}  // namespace lockgate::store
