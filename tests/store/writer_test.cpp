// SQLite's one writer: groups, failures, and the write-ahead log.

#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <optional>
#include <thread>

#include <sys/resource.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/store/connect.hpp"
#include "plugin/store/database.hpp"
#include "tests/store/commits.hpp"
#include "tests/support/test_database.hpp"

namespace lockgate::store {
namespace {

using soci::into;
using test::first_commit;
using test::TestDatabase;

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i)
    number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

class WriterTest : public testing::Test {
 protected:
  void open_with(const Options& options = {}) {
    database_.reset();
    auto opened = open(place_.url(), options);
    ASSERT_TRUE(opened) << opened.error().message;
    database_ = std::move(*opened);
  }

  // A connection of somebody else's.
  std::unique_ptr<Connection> connection() {
    auto made = connect(*address_from(place_.url()));
    EXPECT_TRUE(made) << made.error().message;
    return std::move(*made);
  }

  std::string log() const {
    std::ifstream in(place_.file() + "-wal", std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

  // The transactions in the log: frames that say how large the database is after them.
  int transactions() const {
    const std::string bytes = log();
    const std::size_t frame = 24 + big_endian(bytes, 8);
    int count = 0;
    for (std::size_t at = 32; at + frame <= bytes.size(); at += frame)
      if (big_endian(bytes, at + 4) > 0) ++count;
    return count;
  }

  std::future<Result<Committed>> hand_over(Commit commit) {
    auto promise = std::make_shared<std::promise<Result<Committed>>>();
    database_->commit(std::move(commit), [promise](Result<Committed> result) {
      promise->set_value(std::move(result));
    });
    return promise->get_future();
  }

  test::TempFolder folder_;
  TestDatabase place_{TestDatabase::Kind::sqlite, folder_};
  std::unique_ptr<Database> database_;
};

TEST_F(WriterTest, EveryConnectionReadsBackTheSettingsThatDurabilityNeeds) {
  open_with();
  const auto here = connection();
  std::string mode;
  here->run("PRAGMA journal_mode", into(mode));
  EXPECT_EQ(mode, "wal");
  const auto number = [&](const std::string& pragma) {
    int value = -1;
    here->run("PRAGMA " + pragma, into(value));
    return value;
  };
  EXPECT_EQ(number("synchronous"), 2);
  EXPECT_EQ(number("foreign_keys"), 1);
  EXPECT_EQ(number("busy_timeout"), 5000);
  EXPECT_EQ(number("wal_autocheckpoint"), 0);
}

TEST_F(WriterTest, WhatWaitsTogetherIsWrittenInOneTransaction) {
  open_with();
  const auto other = connection();
  int busy = 1;
  other->run("PRAGMA wal_checkpoint(TRUNCATE)", into(busy));
  ASSERT_EQ(busy, 0);
  other->begin();
  std::vector<std::future<Result<Committed>>> results;
  for (int i = 1; i <= 100; ++i) results.push_back(hand_over(first_commit(std::to_string(i), i)));
  other->rollback();
  for (auto& result : results) EXPECT_EQ(*result.get(), Committed::yes);
  // The writer may have begun with the first alone; the others were there when it looked again.
  EXPECT_GE(transactions(), 1);
  EXPECT_LE(transactions(), 3);
  EXPECT_EQ(*database_->prototype_count(), 100);
}

TEST_F(WriterTest, ACommitThatIsRefusedHarmsNoOtherOfItsGroup) {
  open_with();
  const auto other = connection();
  other->begin();
  std::vector<std::future<Result<Committed>>> results;
  for (int i = 1; i <= 10; ++i) {
    // The sixth and the ninth bear the first one's number.
    const int number = i == 6 || i == 9 ? 1 : i;
    results.push_back(hand_over(first_commit(std::to_string(i), number)));
  }
  other->rollback();
  for (std::size_t i = 1; i <= results.size(); ++i) {
    const Result<Committed> result = results[i - 1].get();
    if (i == 6 || i == 9) {
      EXPECT_EQ(result.error().code, Errc::internal);
    } else {
      EXPECT_EQ(*result, Committed::yes) << i;
    }
    EXPECT_EQ(database_->delivery({"casework"}, "msg-" + std::to_string(i)).has_value(),
              result.has_value());
  }
  EXPECT_EQ(*database_->pending_entries(), 8);
}

TEST_F(WriterTest, WhenTooMuchWaitsTheRestIsTurnedAwayAtOnce) {
  open_with({.waiting = 3});
  const auto other = connection();
  other->begin();
  std::vector<std::future<Result<Committed>>> results;
  for (int i = 1; i <= 10; ++i) results.push_back(hand_over(first_commit(std::to_string(i), i)));
  // One may be in the writer's hand, three wait.
  int away = 0;
  for (auto& result : results) {
    if (result.wait_for(std::chrono::seconds(0)) != std::future_status::ready) continue;
    const Result<Committed> given = result.get();
    EXPECT_EQ(given.error().code, Errc::unavailable);
    ++away;
  }
  EXPECT_GE(away, 6);
  other->rollback();
  for (auto& result : results) {
    if (result.valid()) {
      EXPECT_EQ(*result.get(), Committed::yes);
    }
  }
}

TEST_F(WriterTest, WhatWasHandedOverIsWrittenBeforeTheStoreCloses) {
  open_with();
  std::vector<std::future<Result<Committed>>> results;
  for (int i = 1; i <= 50; ++i) results.push_back(hand_over(first_commit(std::to_string(i), i)));
  open_with();
  for (auto& result : results) EXPECT_EQ(*result.get(), Committed::yes);
  EXPECT_EQ(*database_->prototype_count(), 50);
}

TEST_F(WriterTest, ADiskThatTakesNoMoreIsSaidAndTheWriterGoesOnWhenItDoesAgain) {
  open_with();
  ASSERT_EQ(*hand_over(first_commit("before", 1)).get(), Committed::yes);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit unlimited{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &unlimited), 0);
  const rlimit little{64, unlimited.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &little), 0);
  const Result<Committed> failed = hand_over(first_commit("full", 2)).get();
  setrlimit(RLIMIT_FSIZE, &unlimited);
  EXPECT_EQ(failed.error().code, Errc::unavailable);
  EXPECT_EQ(*hand_over(first_commit("after", 3)).get(), Committed::yes);
  EXPECT_TRUE(database_->delivery({"casework"}, "msg-before"));
  // Whoever looks it up before trying again decides once, whatever became of it.
  if (!database_->delivery({"casework"}, "msg-full")) {
    EXPECT_EQ(*hand_over(first_commit("full", 2)).get(), Committed::yes);
  }
  EXPECT_EQ(database_->history({"prt_full"})->size(), 1U);
}

TEST_F(WriterTest, WhenItIsQuietTheLogIsMovedIntoTheDatabase) {
  open_with();
  ASSERT_EQ(*hand_over(first_commit("a", 1)).get(), Committed::yes);
  const std::filesystem::path copy = folder_.path() / "copy.db";
  for (int i = 0; i < 100; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    std::filesystem::copy_file(place_.file(), copy,
                               std::filesystem::copy_options::overwrite_existing);
    const auto alone = open("sqlite:" + copy.string());  // without the log
    if (alone && (*alone)->delivery({"casework"}, "msg-a")) return;
  }
  FAIL() << "the delivery is still in the log alone";
}

TEST_F(WriterTest, TheLogStaysBoundedWhileMuchIsWritten) {
  open_with();
  Commit commit = first_commit("a", 1);
  commit.delivery->body.assign(256 * 1024, 'x');
  std::uintmax_t longest = 0;
  for (int i = 1; i <= 400; ++i) {  // 100 MiB
    commit.next.id = {"prt_" + std::to_string(i)};
    commit.next.number = i;
    commit.delivery->id = std::to_string(i);
    commit.texts.clear();
    ASSERT_EQ(*hand_over(commit).get(), Committed::yes);
    longest = std::max(longest, std::filesystem::file_size(place_.file() + "-wal"));
  }
  EXPECT_LT(longest, 48U * 1024 * 1024);
}

}  // namespace
}  // namespace lockgate::store
