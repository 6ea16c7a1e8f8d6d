// What a store promises, on SQLite and, where there is one, on PostgreSQL.

#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/store/database.hpp"
#include "tests/store/commits.hpp"
#include "tests/support/test_database.hpp"

namespace lockgate::store {
namespace {

using std::chrono::minutes;
using test::first_commit;
using test::kNow;
using test::next_commit;
using test::TestDatabase;

class StoreTest : public testing::TestWithParam<TestDatabase::Kind> {
 protected:
  void SetUp() override { open_again(); }

  void open_again() {
    database_.reset();
    database_ = another();
    ASSERT_TRUE(database_);
  }

  // As another process has it.
  std::unique_ptr<Database> another() {
    auto opened = open(place_.url());
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? std::move(*opened) : nullptr;
  }

  Committed written(const Commit& commit) {
    const auto result = commit_and_wait(*database_, commit);
    EXPECT_TRUE(result) << result.error().message;
    return result.value_or(Committed::stale);
  }

  test::TempFolder folder_;
  TestDatabase place_{GetParam(), folder_};
  std::unique_ptr<Database> database_;
};

INSTANTIATE_TEST_SUITE_P(On, StoreTest, testing::ValuesIn(TestDatabase::kinds()),
                         [](const auto& about) { return TestDatabase::name(about.param); });

TEST_P(StoreTest, WhatWasCommittedIsThereAfterReopening) {
  const Commit commit = first_commit("a", 7);
  ASSERT_EQ(written(commit), Committed::yes);
  open_again();
  EXPECT_EQ(*database_->load(commit.next.id), commit.next);
  EXPECT_EQ(*database_->load_numbered(7), commit.next);
  EXPECT_EQ(*database_->history(commit.next.id), commit.events);
  EXPECT_EQ(*database_->event(commit.next.id, 1), commit.events[0]);
  EXPECT_EQ(database_->delivery({"casework"}, "msg-a")->answer, "answer");
  EXPECT_EQ(database_->texts({TextId{"text-a"}})->at(0).text, "Ann's words");
  EXPECT_EQ(database_->load({"prt_none"}).error().code, Errc::not_found);
}

TEST_P(StoreTest, ADeliveryIsWrittenOnceAndAnOldVersionNotAtAll) {
  const Commit commit = first_commit("a", 1);
  ASSERT_EQ(written(commit), Committed::yes);
  EXPECT_EQ(written(commit), Committed::duplicate);
  Commit stale = first_commit("a", 1);
  stale.delivery->id = "msg-other";
  stale.texts = {Text{TextId{"text-stale"}, "salt", "never"}};
  EXPECT_EQ(written(stale), Committed::stale);
  EXPECT_FALSE(database_->delivery({"casework"}, "msg-other"));
  EXPECT_TRUE(database_->texts({TextId{"text-stale"}})->empty());
  EXPECT_EQ(database_->history(commit.next.id)->size(), 1U);
  EXPECT_EQ(written(next_commit(commit.next, "msg-2")), Committed::yes);
  EXPECT_EQ(database_->load(commit.next.id)->version, 2);
}

TEST_P(StoreTest, OfManyWritersOfOneVersionOneWins) {
  const Commit commit = first_commit("a", 1);
  ASSERT_EQ(written(commit), Committed::yes);
  const auto other = another();
  std::atomic<int> won = 0;
  std::atomic<int> stale = 0;
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&, i] {
      Database& mine = i % 2 == 0 ? *database_ : *other;
      const auto result =
          commit_and_wait(mine, next_commit(commit.next, "msg-race-" + std::to_string(i)));
      if (result) ++(*result == Committed::yes ? won : stale);
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(stale, 7);
  EXPECT_EQ(database_->history(commit.next.id)->size(), 2U);
}

TEST_P(StoreTest, ADeliveryThatComesToTwoProcessesAtOnceIsWrittenByOne) {
  const auto other = another();
  for (int round = 1; round <= 20; ++round) {
    const std::string name = std::to_string(round);
    std::atomic<int> won = 0;
    std::atomic<int> beaten = 0;
    std::vector<std::thread> writers;
    for (int i = 0; i < 6; ++i) {
      writers.emplace_back([&, i] {
        // Another prototype each, so that the delivery alone decides.
        Commit commit = first_commit(name + '-' + std::to_string(i), round * 10 + i);
        commit.delivery->id = "msg-" + name;
        const auto result = commit_and_wait(i % 2 == 0 ? *database_ : *other, commit);
        if (result && *result == Committed::yes) ++won;
        if (result && *result == Committed::duplicate) ++beaten;
      });
    }
    for (auto& writer : writers) writer.join();
    EXPECT_EQ(won, 1);
    EXPECT_EQ(beaten, 5);
  }
  EXPECT_EQ(*database_->prototype_count(), 20);
}

TEST_P(StoreTest, APromiseThatTwoProcessesClaimAtOnceIsLeasedToOne) {
  const auto other = another();
  constexpr int kPromises = 20;
  for (int i = 1; i <= kPromises; ++i)
    ASSERT_EQ(written(first_commit(std::to_string(i), i)), Committed::yes);
  std::atomic<int> claimed = 0;
  std::vector<std::thread> claimers;
  for (int i = 0; i < 6; ++i) {
    claimers.emplace_back([&, i] {
      Database& mine = i % 2 == 0 ? *database_ : *other;
      while (true) {
        const auto due = mine.claim_due(kNow, kNow + minutes(i + 1), 3);
        if (!due || due->empty()) return;
        claimed += static_cast<int>(due->size());
      }
    });
  }
  for (auto& claimer : claimers) claimer.join();
  EXPECT_EQ(claimed, kPromises);
}

TEST_P(StoreTest, WhoeverHeldALeaseThatRanOutConcludesNothing) {
  ASSERT_EQ(written(first_commit("a", 1)), Committed::yes);
  const Due slow = database_->claim_due(kNow, kNow + minutes(1), 1)->at(0);
  const Due quick = database_->claim_due(kNow + minutes(1), kNow + minutes(2), 1)->at(0);
  ASSERT_EQ(slow.id, quick.id);
  ASSERT_TRUE(database_->finish({slow.id, Conclude::dead, kNow, 500, "no", kNow, slow.until}));
  EXPECT_EQ(database_->tellings({"prt_a"})->at(0).state, "waiting");
  ASSERT_TRUE(database_->finish({quick.id, Conclude::delivered, kNow, 200, "", kNow, quick.until}));
  ASSERT_TRUE(database_->finish({slow.id, Conclude::again, kNow, 500, "no", kNow, slow.until}));
  EXPECT_EQ(database_->tellings({"prt_a"})->at(0).state, "delivered");
}

TEST_P(StoreTest, APromiseIsLeasedToOneAtATimeUntilItIsKept) {
  ASSERT_EQ(written(first_commit("a", 1)), Committed::yes);
  EXPECT_EQ(*database_->next_due(), kNow);
  EXPECT_TRUE(database_->claim_due(kNow - minutes(1), kNow, 10)->empty());
  const auto claimed = *database_->claim_due(kNow, kNow + minutes(1), 10);
  ASSERT_EQ(claimed.size(), 1U);
  EXPECT_EQ(claimed[0].effect, Effect(WriteBack{DecisionId{"dec_a"}}));
  EXPECT_TRUE(database_->claim_due(kNow, kNow + minutes(1), 10)->empty());
  EXPECT_EQ(database_->claim_due(kNow + minutes(1), kNow + minutes(2), 10)->at(0).id,
            claimed[0].id);
  ASSERT_TRUE(database_->finish(
      {claimed[0].id, Conclude::again, kNow + minutes(9), 500, "no", kNow, kNow + minutes(2)}));
  EXPECT_EQ(*database_->next_due(), kNow + minutes(9));
  const auto again = *database_->claim_due(kNow + minutes(9), kNow + minutes(10), 10);
  ASSERT_EQ(again.size(), 1U);
  ASSERT_TRUE(
      database_->finish({again[0].id, Conclude::delivered, kNow, 200, "", kNow, again[0].until}));
  EXPECT_EQ(*database_->next_due(), std::nullopt);
  EXPECT_EQ(database_->tellings({"prt_a"})->at(0).attempts, 2);
}

TEST_P(StoreTest, WhatIsDueToASourceThatIsBusyIsLeftForLater) {
  ASSERT_EQ(written(first_commit("a", 1)), Committed::yes);
  Commit other = first_commit("b", 2);
  other.next.about.source = {"highways"};
  ASSERT_EQ(written(other), Committed::yes);
  const auto claimed = *database_->claim_due(kNow, kNow + minutes(1), 10, {{"casework"}});
  ASSERT_EQ(claimed.size(), 1U);
  EXPECT_EQ(claimed[0].source.text, "highways");
  EXPECT_TRUE(
      database_->claim_due(kNow, kNow + minutes(1), 10, {{"highways"}, {"casework"}})->empty());
  EXPECT_EQ(database_->claim_due(kNow, kNow + minutes(1), 10)->at(0).source.text, "casework");
}

TEST_P(StoreTest, APromiseThatWasKeptIsNotOpenedAgainByWhoeverLeasedItBefore) {
  ASSERT_EQ(written(first_commit("a", 1)), Committed::yes);
  const UtcTime until = kNow + minutes(1);
  const auto claimed = *database_->claim_due(kNow, until, 10);
  ASSERT_EQ(claimed.size(), 1U);
  ASSERT_TRUE(
      database_->finish_all({{claimed[0].id, Conclude::delivered, {}, 200, "", kNow, until},
                             {claimed[0].id, Conclude::again, kNow, 500, "no", kNow, until}}));
  EXPECT_EQ(*database_->next_due(), std::nullopt);
  EXPECT_EQ(database_->tellings({"prt_a"})->at(0).state, "delivered");
}

TEST_P(StoreTest, NumbersAreGivenOnceAndUnusedOnesGoBack) {
  EXPECT_EQ(*database_->next_number(), 1);
  EXPECT_EQ(*database_->next_number(), 2);
  open_again();
  EXPECT_EQ(*database_->next_number(), 3);
}

TEST_P(StoreTest, EntriesArePlacedOnceInOrder) {
  ASSERT_EQ(written(first_commit("a", 1)), Committed::yes);
  ASSERT_EQ(written(first_commit("b", 2)), Committed::yes);
  EXPECT_EQ(*database_->pending_entries(), 2);
  const auto place = [](const LedgerHead& head, const std::vector<PendingEntry>& entries) {
    Placement placement;
    placement.head = {head.size + static_cast<std::int64_t>(entries.size()), "frontier", "note"};
    placement.leaf_hashes.assign(entries.size(), "leaf");
    return Result<Placement>(placement);
  };
  EXPECT_EQ(*database_->place_entries(10, place), 2U);
  EXPECT_EQ(*database_->place_entries(10, place), 0U);
  EXPECT_EQ(database_->ledger_head()->size, 2);
  EXPECT_EQ(database_->placed_entries(1, 5)->at(0).body, "{\"name\":\"b\"}");
  EXPECT_EQ(database_->checkpoints()->size(), 1U);
}

TEST_P(StoreTest, AMemberSignsInAndALinkWorksOnce) {
  const Member ann{.login = {"ann"}, .name = {"text-n"}, .aliases = {TextId{"a1"}, TextId{"a2"}}};
  ASSERT_TRUE(database_->save_member(ann, {}, Entry{"member", "{}"}, kNow));
  EXPECT_EQ(database_->member({"ann"})->aliases.size(), 2U);
  ASSERT_TRUE(database_->add_session({"hash", {"ann"}, "csrf", kNow, kNow}));
  EXPECT_EQ(database_->session("hash")->member.text, "ann");
  ASSERT_TRUE(database_->set_password({"ann"}, "encoded"));
  EXPECT_EQ(database_->session("hash").error().code, Errc::not_found);
  ASSERT_TRUE(database_->add_link("token", {"ann"}, kNow));
  EXPECT_EQ(database_->take_link("token", kNow)->text, "ann");
  EXPECT_EQ(database_->take_link("token", kNow).error().code, Errc::not_found);
}

}  // namespace
}  // namespace lockgate::store
