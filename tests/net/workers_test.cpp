#include "plugin/net/workers.hpp"

#include <atomic>
#include <latch>

#include <gtest/gtest.h>

namespace lockgate::net {
namespace {

TEST(Workers, RunEveryJobBeforeTheyStop) {
  std::atomic<int> done = 0;
  Workers workers(4, 1000);
  for (int i = 0; i < 1000; ++i) {
    while (!workers.post([&] { ++done; })) std::this_thread::yield();
  }
  workers.stop();
  EXPECT_EQ(done, 1000);
}

TEST(Workers, RefuseWhatWouldWaitTooLong) {
  std::latch started(1), go_on(1);
  std::atomic<int> done = 0;
  Workers workers(1, 2);
  ASSERT_TRUE(workers.post([&] {
    started.count_down();
    go_on.wait();
    ++done;
  }));
  started.wait();
  EXPECT_TRUE(workers.post([&] { ++done; }));
  EXPECT_TRUE(workers.post([&] { ++done; }));
  EXPECT_FALSE(workers.post([&] { ++done; }));
  go_on.count_down();
  workers.stop();
  EXPECT_EQ(done, 3);
}

TEST(Workers, TakeNothingOnceStopped) {
  Workers workers(1, 10);
  workers.stop();
  EXPECT_FALSE(workers.post([] {}));
  workers.stop();
}

TEST(Workers, RunInTheOrderPosted) {
  std::vector<int> order;
  {
    Workers workers(1, 100);
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(workers.post([&order, i] { order.push_back(i); }));
  }
  ASSERT_EQ(order.size(), 100u);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

}  // namespace
}  // namespace lockgate::net
