// kill -9 while a process commits: what it was told is durable is there.

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include <gtest/gtest.h>

#include "plugin/store/database.hpp"
#include "tests/store/commits.hpp"
#include "tests/support/test_database.hpp"

namespace lockgate::store {
namespace {

using test::first_commit;
using test::TestDatabase;

class KillTest : public testing::TestWithParam<TestDatabase::Kind> {};

INSTANTIATE_TEST_SUITE_P(On, KillTest, testing::ValuesIn(TestDatabase::kinds()),
                         [](const auto& about) { return TestDatabase::name(about.param); });

// In the child: commits from `first` on, saying each number when it is durable.
[[noreturn]] void commit_until_killed(const std::string& url, int first, int to) {
  auto database = open(url);
  if (!database) _exit(1);
  for (int number = first;; ++number) {
    (*database)->commit(first_commit(std::to_string(number), number),
                        [number, to](Result<Committed> result) {
                          if (!result || *result != Committed::yes ||
                              write(to, &number, sizeof number) != sizeof number)
                            _exit(1);
                        });
    usleep(200);
  }
}

TEST_P(KillTest, WhatWasSaidToBeDurableIsThereAfterAKill) {
  const test::TempFolder folder;
  const TestDatabase place(GetParam(), folder);
  ASSERT_TRUE(open(place.url()));
  int last = 0;
  std::vector<int> durable;
  for (int round = 0; round < 5; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      commit_until_killed(place.url(), last + 1, ends[1]);
    }
    close(ends[1]);
    const std::size_t wanted = durable.size() + 20 + static_cast<std::size_t>(round) * 7;
    int number = 0;
    while (read(ends[0], &number, sizeof number) == sizeof number) {
      durable.push_back(number);
      if (durable.size() == wanted) kill(child, SIGKILL);
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child gave up";
    last = durable.back() + 10000;  // beyond what may have been written unsaid
  }
  const auto database = open(place.url());
  ASSERT_TRUE(database) << database.error().message;
  for (const int number : durable) {
    const std::string name = std::to_string(number);
    EXPECT_TRUE((*database)->delivery({"casework"}, "msg-" + name)) << name;
    EXPECT_EQ((*database)->history({"prt_" + name})->size(), 1U) << name;
    EXPECT_EQ((*database)->texts({TextId{"text-" + name}})->size(), 1U) << name;
    EXPECT_EQ((*database)->tellings({"prt_" + name})->size(), 1U) << name;
  }
  EXPECT_GE(*(*database)->prototype_count(), static_cast<std::int64_t>(durable.size()));
  EXPECT_EQ(*(*database)->pending_entries(), *(*database)->prototype_count());
}

}  // namespace
}  // namespace lockgate::store
