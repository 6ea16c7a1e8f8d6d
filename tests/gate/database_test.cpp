// What the gate promises, on SQLite and, where there is one, on PostgreSQL.

#include <barrier>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/gate/own.hpp"
#include "tests/gate/house.hpp"

namespace lockgate::test {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;

class OnDatabase : public testing::TestWithParam<TestDatabase::Kind> {
 protected:
  void expect_sound() {
    house.place();
    const gate::AuditReport report = house.audit();
    for (const gate::Fault& fault : report.faults) ADD_FAILURE() << fault.what;
  }

  House house{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Each, OnDatabase, testing::ValuesIn(TestDatabase::kinds()),
                         [](const auto& about) { return TestDatabase::name(about.param); });

TEST_P(OnDatabase, ACaseGoesAllTheWayAndTheRecordIsSound) {
  ASSERT_TRUE(house.deliver({.id = "msg_1",
                             .facts = R"({"people.participants":501,"people.diagnosis":"gout"})",
                             .more = R"(,"title":"Walks","proposer":"zoe","editors":["cy"])"}));
  ASSERT_TRUE(house.vote("ann", Choice::yes_with_conditions));
  ASSERT_TRUE(house.vote("bo", Choice::yes));
  ASSERT_TRUE(house.vote("dee", Choice::yes));
  ASSERT_TRUE(house.vote("ed", Choice::not_voting));
  house.restart();
  ASSERT_TRUE(house.prototype().decision);
  EXPECT_EQ(house.prototype().decision->outcome, DecisionOutcome::approved_with_conditions);
  const auto outbox = house.outbox();
  while (outbox->run_due() > 0) {
  }
  ASSERT_EQ(house.hits().size(), 1u);
  EXPECT_EQ(house.hits()[0].body, "CASE-1 approved_with_conditions");
  ASSERT_TRUE(house.gatekeeper->write_lesson(house.prototype().id, {"ann"},
                                             {.expected = "a", .happened = "b", .next = "c"}));
  expect_sound();
  const gate::AuditReport report = house.audit();
  EXPECT_EQ(report.replayed, 3);  // gate decide was asked after each board
  EXPECT_EQ(report.checkpoints, 1);
}

TEST_P(OnDatabase, O02_OneMessageSentToTwoProcessesAtOnceIsJudgedOnce) {
  const House::Second second = house.second();
  const Message message{.id = "msg_1"};
  constexpr int kSenders = 16;
  std::barrier start(kSenders);
  std::vector<std::string> bodies(kSenders);
  std::vector<std::thread> senders;
  for (int i = 0; i < kSenders; ++i) {
    senders.emplace_back([&, i] {
      gate::Gatekeeper& gatekeeper = i % 2 == 0 ? *house.gatekeeper : *second.gatekeeper;
      start.arrive_and_wait();
      const auto reply = house.deliver_at(gatekeeper, message);
      ASSERT_TRUE(reply) << reply.error().message;
      bodies[static_cast<std::size_t>(i)] = reply->body;
    });
  }
  for (auto& sender : senders) sender.join();
  EXPECT_EQ(std::count(bodies.begin(), bodies.end(), bodies[0]), kSenders);
  EXPECT_EQ(house.prototype().version, 1);
  expect_sound();
}

TEST_P(OnDatabase, O74_FiftyVotesOfOneMemberOverTwoProcessesCountAsOne) {
  const House::Second second = house.second();
  house.refer();
  constexpr int kVotes = 50;
  std::barrier start(kVotes);
  std::atomic<int> counted = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> voters;
  for (int i = 0; i < kVotes; ++i) {
    voters.emplace_back([&, i] {
      gate::Gatekeeper& gatekeeper = i % 4 < 2 ? *house.gatekeeper : *second.gatekeeper;
      start.arrive_and_wait();
      const auto vote = house.vote_at(gatekeeper, "cy", i % 2 == 0 ? Choice::yes : Choice::no);
      if (vote) {
        ++counted;
      } else if (vote.error().code == Errc::conflict) {
        ++refused;
      } else {
        ADD_FAILURE() << vote.error().message;
      }
    });
  }
  for (auto& voter : voters) voter.join();
  EXPECT_EQ(counted, 1);
  EXPECT_EQ(refused, kVotes - 1);
  EXPECT_EQ(house.prototype().ballots[0].votes.size(), 1u);
  expect_sound();
}

TEST_P(OnDatabase, O77_TheLastTwoVotesOfAQuorumOverTwoProcessesMakeOneDecision) {
  const House::Second second = house.second();
  for (int round = 0; round < 5; ++round) {
    const std::string key = "CASE-" + std::to_string(round);
    ASSERT_TRUE(
        house.deliver({.id = "msg_" + key, .key = key, .facts = R"({"people.participants":11})"}));
    std::barrier start(2);
    std::thread other([&] {
      start.arrive_and_wait();
      EXPECT_TRUE(house.vote_at(*second.gatekeeper, "ann", Choice::yes, key));
    });
    start.arrive_and_wait();
    EXPECT_TRUE(house.vote("bo", Choice::yes, key));
    other.join();
    EXPECT_EQ(house.database->tellings(house.prototype(key).id)->size(), 1u);
  }
  expect_sound();
}

TEST_P(OnDatabase, TheRecordIsReadAsItWasWhenTheAuditBeganWhateverIsWrittenMeanwhile) {
  std::atomic<bool> done = false;
  std::thread busy([&] {
    for (int i = 0; i < 40; ++i) {
      ASSERT_TRUE(house.deliver({.id = "more_" + std::to_string(i), .key = "MORE"}));
      house.place();
    }
    done = true;
  });
  while (!done) {
    const gate::AuditReport report = house.audit();
    for (const gate::Fault& fault : report.faults) ADD_FAILURE() << fault.what;
  }
  busy.join();
  EXPECT_EQ(house.prototype("MORE").version, 40);
  expect_sound();
}

TEST_P(OnDatabase, O87_AChangedByteIsFound) {
  ASSERT_TRUE(house.deliver({.id = "msg_1"}));
  house.place();
  const auto connection = store::connect(*store::address_from(house.place_of_database.url()));
  ASSERT_TRUE(connection) << connection.error().message;
  (*connection)
      ->run("UPDATE entries SET body = replace(body, 'approve', 'approvf') WHERE kind = 'check'");
  const gate::AuditReport report = house.audit();
  ASSERT_FALSE(report.faults.empty());
  EXPECT_THAT(report.faults.front().what, HasSubstr("differs from its leaf hash"));
}

}  // namespace
}  // namespace lockgate::test
