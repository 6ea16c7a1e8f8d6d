// Deliveries: recorded once, answered when that is durable, whatever fails.

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
using ::testing::StartsWith;

bool is_replay(const Reply& reply) {
  return std::count(reply.headers.begin(), reply.headers.end(),
                    std::pair<std::string, std::string>("Idempotent-Replay", "true")) == 1;
}

TEST(Reception, O01_TheSameMessageGetsTheSameAnswerAndSaysThatItIsAReplay) {
  House house;
  const auto first = house.deliver({.id = "msg_1"});
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->status, 200u);
  EXPECT_THAT(first->body, HasSubstr("approve decision dec_"));
  EXPECT_FALSE(is_replay(*first));
  house.clock.advance(1h);
  const auto again = house.deliver({.id = "msg_1"});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->body, first->body);
  EXPECT_EQ(again->status, first->status);
  EXPECT_TRUE(is_replay(*again));
  EXPECT_EQ(house.prototype().version, 1);
}

TEST(Reception, O01_AfterTheAnswerIsForgottenTheRecordStillSaysWhatItWas) {
  House house;
  const auto first = house.deliver({.id = "msg_1"});
  ASSERT_TRUE(first);
  ASSERT_TRUE(house.database->forget_bodies(house.clock.now() + 1h));
  const auto again = house.deliver({.id = "msg_1"});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->body, first->body);
  EXPECT_TRUE(is_replay(*again));
}

TEST(Reception, O02_OfManySendersOfOneMessageAtOnceOneIsJudgedAndAllGetItsAnswer) {
  House house;
  for (int round = 0; round < 5; ++round) {
    const Message message{.id = "msg_" + std::to_string(round),
                          .key = "CASE-" + std::to_string(round)};
    constexpr int kSenders = 16;
    std::barrier start(kSenders);
    std::vector<std::string> bodies(kSenders);
    std::atomic<int> fresh = 0;
    std::vector<std::thread> senders;
    for (int i = 0; i < kSenders; ++i) {
      senders.emplace_back([&, i] {
        start.arrive_and_wait();
        const auto reply = house.deliver(message);
        ASSERT_TRUE(reply) << reply.error().message;
        bodies[static_cast<std::size_t>(i)] = reply->body;
        if (!is_replay(*reply)) ++fresh;
      });
    }
    for (auto& sender : senders) sender.join();
    EXPECT_EQ(fresh, 1);
    EXPECT_EQ(std::count(bodies.begin(), bodies.end(), bodies[0]), kSenders);
    EXPECT_EQ(house.prototype(message.key).version, 1);
  }
  EXPECT_TRUE(house.audit().faults.empty());
}

TEST(Reception, MessagesOfOneCaseThatComeAtOnceAreJudgedOneAfterTheOther) {
  House house;
  constexpr int kSenders = 8;
  std::barrier start(kSenders);
  std::vector<std::thread> senders;
  for (int i = 0; i < kSenders; ++i) {
    senders.emplace_back([&, i] {
      start.arrive_and_wait();
      const auto reply = house.deliver({.id = "msg_" + std::to_string(i)});
      EXPECT_TRUE(reply) << reply.error().message;
    });
  }
  for (auto& sender : senders) sender.join();
  EXPECT_EQ(house.prototype().version, kSenders);
  EXPECT_EQ(house.prototype().checks, kSenders);
  EXPECT_TRUE(house.audit().faults.empty());
}

TEST(Reception, O03_TheSameIdWithAnotherBodyIsAConflictAndBothHashesAreLogged) {
  House house;
  const auto first = house.deliver({.id = "msg_1"});
  ASSERT_TRUE(first);
  const auto other = house.deliver({.id = "msg_1", .key = "CASE-2"});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Errc::conflict);
  EXPECT_EQ(other.error().problems.size(), 1u);
  EXPECT_EQ(house.database->load(gate::prototype_id({{"casework"}, "CASE-2"})).error().code,
            Errc::not_found);
  EXPECT_THAT(house.log.lines(), Contains(StartsWith("delivery_id_reused source=casework "
                                                     "delivery=msg_1 first=")));
  EXPECT_EQ(house.deliver({.id = "msg_1"})->body, first->body);
}

TEST(Reception, O04_TheSameIdFromAnotherSourceIsAnotherDelivery) {
  House house;
  const auto first = house.deliver({.id = "msg_1"}, "casework");
  const auto second = house.deliver({.id = "msg_1"}, "highways");
  ASSERT_TRUE(first && second);
  EXPECT_FALSE(is_replay(*second));
  EXPECT_NE(first->body, second->body);
  EXPECT_EQ(house.prototype("CASE-1", "highways").number, 2);
}

TEST(Reception, WhatIsNotGenuineNotReadableOrNotInTheVocabularyLeavesNothingBehind) {
  House house;
  EXPECT_EQ(house.deliver({.id = "msg_1", .secret = "wrong"}).error().code, Errc::unauthenticated);
  EXPECT_EQ(house.deliver({.id = "msg_1", .facts = "{"}).error().code, Errc::unreadable);
  const auto wrong =
      house.deliver({.id = "msg_1", .facts = R"({"people.participants":"11","x":1})"});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, Errc::invalid);
  EXPECT_EQ(wrong.error().problems.size(), 2u);
  EXPECT_EQ(*house.database->prototype_count(), 0);
  // Mended, it may come under the same id: the first was never taken.
  EXPECT_TRUE(house.deliver({.id = "msg_1"}));
}

TEST(Reception, AClosedPrototypeTakesNoMoreMessages) {
  House house;
  ASSERT_TRUE(house.deliver({.id = "msg_1"}));
  ASSERT_TRUE(house.gatekeeper->write_lesson(house.prototype().id, {"ann"},
                                             {.expected = "a", .happened = "b", .next = "c"}));
  EXPECT_EQ(house.deliver({.id = "msg_2"}).error().code, Errc::conflict);
  EXPECT_EQ(house.prototype().version, 2);
}

TEST(Reception, AClockThatIsSetBackDoesNotBringTheRecordOutOfOrder) {
  House house;
  ASSERT_TRUE(house.deliver({.id = "msg_1"}));
  const UtcTime before = house.prototype().updated_at;
  house.clock.advance(-1h);
  ASSERT_TRUE(house.deliver({.id = "msg_2"}));
  EXPECT_EQ(house.prototype().updated_at, before);
  EXPECT_TRUE(house.audit().faults.empty());
}

TEST(Reception, AnUnchangedTitleIsKeptOnceAndANewOneBesideIt) {
  House house;
  ASSERT_TRUE(house.deliver({.id = "msg_1", .more = R"(,"title":"Benches")"}));
  const TextId first = house.prototype().title;
  ASSERT_TRUE(house.deliver({.id = "msg_2", .more = R"(,"title":"Benches")"}));
  EXPECT_EQ(house.prototype().title, first);
  ASSERT_TRUE(house.deliver({.id = "msg_3", .more = R"(,"title":"Trees")"}));
  EXPECT_NE(house.prototype().title, first);
  EXPECT_EQ(house.database->texts({first})->at(0).text, "Benches");
}

TEST(Reception, O71_WhatCouldNotBeRecordedIsAnsweredAsUnavailableAndPromisesNothing) {
  House house;
  house.store->fail_call(1, FaultyStore::Fault::refused, true);
  EXPECT_EQ(house.deliver({.id = "msg_1"}).error().code, Errc::unavailable);
  house.store->heal();
  EXPECT_TRUE(
      house.database->claim_due(house.clock.now() + 24h, house.clock.now() + 25h, 10)->empty());
  EXPECT_EQ(*house.database->prototype_count(), 0);
}

TEST(Reception, ACommitWhoseAnswerWasLostIsFoundAgainBeforeItIsJudgedAgain) {
  House house;
  // The look-up of the delivery, the state, the number, then the commit.
  house.store->fail_call(4, FaultyStore::Fault::answer_lost);
  const auto reply = house.deliver({.id = "msg_1"});
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(house.prototype().version, 1);
  const auto again = house.deliver({.id = "msg_1"});
  EXPECT_EQ(again->body, reply->body);
}

// Call 1, 2, 3 ... fails: afterwards everything is there or nothing, and the
// sender's next attempt is answered as if there had been no fault.
class EveryFault : public testing::TestWithParam<FaultyStore::Fault> {};

INSTANTIATE_TEST_SUITE_P(Of, EveryFault,
                         testing::Values(FaultyStore::Fault::refused,
                                         FaultyStore::Fault::answer_lost),
                         [](const auto& about) {
                           return about.param == FaultyStore::Fault::refused ? "RefusedCalls"
                                                                             : "LostAnswers";
                         });

TEST_P(EveryFault, O71_LeavesADeliveryWhollyThereOrWhollyAbsentAndTheRetrySucceeds) {
  int failures = 0;
  bool reached = true;
  for (int nth = 1; reached; ++nth) {
    House house;
    ASSERT_TRUE(house.deliver({.id = "msg_0", .more = R"(,"title":"Old","proposer":"zoe")"}));
    const Message message{.id = "msg_1",
                          .facts = R"({"people.participants":11})",
                          .more = R"(,"title":"New","proposer":"zoe")"};
    house.store->fail_call(nth, GetParam());
    const auto first = house.deliver(message);
    reached = house.store->calls() >= nth;
    house.store->heal();
    failures += !first;
    const bool recorded = house.database->delivery({"casework"}, "msg_1").has_value();
    EXPECT_EQ(house.prototype().version, recorded ? 2 : 1) << nth;
    if (first) {
      EXPECT_TRUE(recorded) << nth;
    }

    const auto again = house.deliver(message);
    ASSERT_TRUE(again) << nth << ": " << again.error().message;
    EXPECT_EQ(again->status, 202u);
    if (first) {
      EXPECT_EQ(again->body, first->body);
    }
    EXPECT_EQ(house.prototype().version, 2) << nth;
    EXPECT_EQ(house.prototype().ballots.size(), 1u);
    const auto report = house.audit();
    EXPECT_TRUE(report.faults.empty()) << nth << ": " << report.faults.front().what;
    ASSERT_LT(nth, 50);
  }
  EXPECT_GE(failures, 2);
}

TEST_P(EveryFault, O71_LeavesAVoteWhollyThereOrWhollyAbsentAndTheMemberCanVoteAgain) {
  int failures = 0;
  bool reached = true;
  for (int nth = 1; reached; ++nth) {
    House house;
    house.refer();
    ASSERT_TRUE(house.vote("bo", Choice::yes));
    house.store->fail_call(nth, GetParam());
    const auto first = house.vote("ann", Choice::yes_with_conditions);
    reached = house.store->calls() >= nth;
    house.store->heal();
    failures += !first;
    const bool counted = house.prototype().stage == Stage::decided;
    if (first) {
      EXPECT_TRUE(counted) << nth;
    }
    if (!counted) {
      const auto again = house.vote("ann", Choice::yes_with_conditions);
      EXPECT_TRUE(again) << nth << ": " << again.error().message;
    }
    EXPECT_EQ(house.prototype().decision->outcome, DecisionOutcome::approved_with_conditions);
    EXPECT_EQ(house.prototype().version, 4) << nth;  // check, two votes, the check at gate decide
    const auto report = house.audit();
    EXPECT_TRUE(report.faults.empty()) << nth << ": " << report.faults.front().what;
    ASSERT_LT(nth, 50);
  }
  EXPECT_GE(failures, 2);
}

}  // namespace
}  // namespace lockgate::test
