// What a store promises, on SQLite and, where there is one, on PostgreSQL.

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/store/connect.hpp"
#include "plugin/store/database.hpp"
#include "tests/support/temp_folder.hpp"

namespace lockgate::store {
namespace {

const UtcTime kNow = *time_from_text("2026-11-23T09:00:00.000000Z");

Commit first_commit(const std::string& name, std::int64_t number) {
  Commit commit;
  commit.next.id = {"prt_" + name};
  commit.next.version = 1;
  commit.next.number = number;
  commit.next.about = {SourceId{"casework"}, "CASE-" + name};
  commit.next.updated_at = kNow;
  commit.events = {Event{kNow, LessonWritten{}}};
  commit.effects = {WriteBack{DecisionId{"dec_" + name}}};
  commit.entries = {Entry{"lesson", "{\"name\":\"" + name + "\"}"}};
  commit.texts = {Text{TextId{"text-" + name}, "salt", "Ann's words"}};
  commit.delivery = StoredDelivery{.source = {"casework"},
                                   .id = "msg-" + name,
                                   .body_hash = std::string(64, 'a'),
                                   .body = "{}",
                                   .received_at = kNow,
                                   .prototype = commit.next.id,
                                   .version = 1,
                                   .status = 200,
                                   .answer = "answer"};
  return commit;
}

Commit next_commit(const Prototype& before, const std::string& delivery) {
  Commit commit = first_commit("x", 1);
  commit.next = before;
  ++commit.next.version;
  commit.delivery->id = delivery;
  commit.delivery->prototype = before.id;
  commit.texts.clear();
  return commit;
}

class StoreTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "sqlite") {
      url_ = "sqlite:" + (folder_.path() / "lockgate.db").string();
    } else {
      const char* const server = std::getenv("LOCKGATE_TEST_POSTGRES");
      if (server == nullptr)
        GTEST_SKIP() << "no PostgreSQL: LOCKGATE_TEST_POSTGRES holds no address";
      schema_ = folder_.path().filename().string();
      std::replace(schema_.begin(), schema_.end(), '-', '_');
      auto session = connect(*address_from(server));
      ASSERT_TRUE(session) << session.error().message;
      (*session)->run("CREATE SCHEMA " + schema_);
      const std::string address = server;
      url_ = address + (address.find('?') == std::string::npos ? "?" : "&") +
             "options=-csearch_path%3D" + schema_;
    }
    open_again();
  }

  void TearDown() override {
    database_.reset();
    if (schema_.empty()) return;
    auto session = connect(*address_from(std::getenv("LOCKGATE_TEST_POSTGRES")));
    if (session) (*session)->run("DROP SCHEMA " + schema_ + " CASCADE");
  }

  void open_again() {
    database_.reset();
    auto opened = open(url_);
    ASSERT_TRUE(opened) << opened.error().message;
    database_ = std::move(*opened);
  }

  Committed written(const Commit& commit) {
    const auto result = commit_and_wait(*database_, commit);
    EXPECT_TRUE(result) << result.error().message;
    return result.value_or(Committed::stale);
  }

  test::TempFolder folder_;
  std::string url_;
  std::string schema_;
  std::unique_ptr<Database> database_;
};

INSTANTIATE_TEST_SUITE_P(On, StoreTest, testing::Values("sqlite", "postgresql"),
                         [](const auto& about) { return about.param; });

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
  auto other = open(url_);
  ASSERT_TRUE(other);
  std::atomic<int> won = 0;
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&, i] {
      Database& mine = i % 2 == 0 ? *database_ : **other;
      const auto result =
          commit_and_wait(mine, next_commit(commit.next, "msg-race-" + std::to_string(i)));
      if (result && *result == Committed::yes) ++won;
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(database_->history(commit.next.id)->size(), 2U);
}

TEST_P(StoreTest, APromiseIsLeasedToOneAtATimeUntilItIsKept) {
  using std::chrono::minutes;
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
  using std::chrono::minutes;
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
  using std::chrono::minutes;
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

TEST(OpeningTest, RefusesWhatIsNotItsDatabase) {
  const test::TempFolder folder;
  EXPECT_EQ(open("sqlite:" + folder.path().string()).error().code, Errc::invalid);
  const std::string garbage = (folder.path() / "garbage").string();
  std::ofstream(garbage) << std::string(5000, 'x');
  EXPECT_EQ(open("sqlite:" + garbage).error().code, Errc::invalid);
  EXPECT_EQ(open("mysql:x").error().code, Errc::invalid);
}

}  // namespace
}  // namespace lockgate::store
