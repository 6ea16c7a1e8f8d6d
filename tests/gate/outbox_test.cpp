// Promises: carried out at least once, under one id, by the schedule.

#include "plugin/gate/outbox.hpp"

#include <condition_variable>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gate/house.hpp"

namespace lockgate::test {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

BoardStore::Telling telling(House& house, const std::string& key = "CASE-1",
                            const std::string& source = "casework") {
  const auto found = house.database->tellings(house.prototype(key, source).id);
  EXPECT_TRUE(found);
  return found && !found->empty() ? found->front() : BoardStore::Telling{};
}

void decide(House& house, const std::string& key = "CASE-1",
            const std::string& source = "casework") {
  const auto reply = house.deliver({.id = "msg_" + key, .key = key}, source);
  ASSERT_TRUE(reply) << reply.error().message;
  ASSERT_EQ(reply->status, 200u);
}

TEST(Outbox, ADecisionIsToldOnceUnderThePromisesIdAndWithoutFacts) {
  House house;
  ASSERT_TRUE(house.deliver({.id = "msg_1", .facts = R"({"people.diagnosis":"gout"})"}));
  const auto outbox = house.outbox();
  EXPECT_EQ(outbox->run_due(), 1);
  EXPECT_EQ(outbox->run_due(), 0);
  ASSERT_EQ(house.hits().size(), 1u);
  const House::Hit hit = house.hits()[0];
  EXPECT_EQ(hit.message, telling(house).id);
  EXPECT_EQ(hit.url, "https://case.example/decisions");
  EXPECT_EQ(hit.body, "CASE-1 approved_with_conditions");
  EXPECT_EQ(telling(house).state, "delivered");
  EXPECT_EQ(telling(house).status, 200);
}

struct Failure {
  const char* name;
  gate::Sent sent;
  std::chrono::seconds least;  // before the next attempt
};

class FailingReceiver : public testing::TestWithParam<Failure> {};

INSTANTIATE_TEST_SUITE_P(
    O63, FailingReceiver,
    testing::Values(Failure{"ServerError", {.status = 500}, 4s},
                    Failure{"RedirectIsNotFollowed", {.status = 301}, 4s},
                    Failure{"OtherRedirect", {.status = 302}, 4s},
                    Failure{"NotFound", {.status = 404}, 4s},
                    Failure{"Silence", {.status = 0, .why = "timed out after 15 s"}, 4s},
                    Failure{"TooMany", {.status = 429, .retry_after = "120"}, 120s},
                    Failure{"Unavailable", {.status = 503, .retry_after = "120"}, 120s},
                    Failure{"UnavailableUntil",
                            {.status = 503, .retry_after = "Mon, 23 Nov 2026 09:02:00 GMT"},
                            120s}),
    [](const auto& about) { return about.param.name; });

TEST_P(FailingReceiver, O63_IsToldAgainWithTheSameIdAndAFreshTime) {
  House house;
  decide(house);
  house.answer = [&](const OutboundRequest&) { return GetParam().sent; };
  const auto outbox = house.outbox();
  ASSERT_EQ(outbox->run_due(), 1);
  EXPECT_EQ(telling(house).state, "waiting");
  EXPECT_EQ(telling(house).status, GetParam().sent.status);
  house.clock.advance(GetParam().least - 1us);
  EXPECT_EQ(outbox->run_due(), 0);
  house.answer = {};
  house.clock.advance(2s);
  EXPECT_EQ(outbox->run_due(), 1);
  const auto hits = house.hits();
  ASSERT_EQ(hits.size(), 2u);
  EXPECT_EQ(hits[0].message, hits[1].message);
  EXPECT_EQ(hits[0].body, hits[1].body);
  EXPECT_LT(hits[0].at, hits[1].at);
  EXPECT_EQ(telling(house).state, "delivered");
  EXPECT_EQ(telling(house).attempts, 2);
}

TEST(Outbox, O63_AReceiverThatNeverTakesItIsGivenUpAfterTenAttemptsOverThreeDays) {
  House house;
  decide(house);
  house.answer = [](const OutboundRequest&) { return gate::Sent{.status = 500}; };
  const auto outbox = house.outbox();
  const UtcTime start = house.clock.now();
  while (telling(house).state == "waiting") {
    house.clock.set(std::max(house.clock.now(), telling(house).next));
    ASSERT_EQ(outbox->run_due(), 1);
    ASSERT_LE(house.hits().size(), 10u);
  }
  EXPECT_EQ(house.hits().size(), 10u);
  EXPECT_EQ(telling(house).state, "dead");
  EXPECT_GT(house.clock.now() - start, 67h);
  EXPECT_THAT(house.log.lines(), Contains(StartsWith("telling_given_up")));
}

TEST(Outbox, O63_GoneEndsTheCallbackOfThatSourceUntilTheNextStartAndOfNoOther) {
  House house;
  decide(house, "CASE-1");
  decide(house, "CASE-2");
  decide(house, "CASE-1", "highways");
  house.answer = [](const OutboundRequest& request) {
    return gate::Sent{.status = request.body.starts_with("CASE-1") ? 410 : 200};
  };
  auto outbox = house.outbox();
  while (outbox->run_due() > 0) {
  }
  // Whichever came first: the source's other decision was not sent any more.
  house.answer = {};
  decide(house, "CASE-3");
  EXPECT_EQ(outbox->run_due(), 1);
  EXPECT_EQ(telling(house, "CASE-3").state, "dead");
  EXPECT_THAT(telling(house, "CASE-3").why, HasSubstr("410 Gone"));
  EXPECT_THAT(house.log.lines(), Contains(StartsWith("callback_disabled source=casework")));
  EXPECT_EQ(telling(house, "CASE-1", "highways").status, 410);

  outbox = house.outbox();  // Lockgate is started again
  const std::size_t before = house.hits().size();
  decide(house, "CASE-4");
  EXPECT_EQ(outbox->run_due(), 1);
  EXPECT_EQ(house.hits().size(), before + 1);
  EXPECT_EQ(telling(house, "CASE-4").state, "delivered");
}

TEST(Outbox, O64_WhatWasSentButNotConcludedIsSentAgainUnderTheSameId) {
  House house;
  decide(house);
  const auto outbox = house.outbox();
  house.store->fail_call(3, FaultyStore::Fault::refused);  // leased, read, sent; not concluded
  EXPECT_EQ(outbox->run_due(), 1);
  EXPECT_EQ(house.hits().size(), 1u);
  EXPECT_EQ(outbox->run_due(), 0);  // the lease still runs
  house.clock.advance(2min);
  EXPECT_EQ(outbox->run_due(), 1);
  ASSERT_EQ(house.hits().size(), 2u);
  EXPECT_EQ(house.hits()[0].message, house.hits()[1].message);
  EXPECT_EQ(telling(house).state, "delivered");
}

TEST(Outbox, O64_WhateverCallOfTheStoreFailsEveryDecisionIsToldInTheEndAndNoneUnderTwoIds) {
  for (const auto fault : {FaultyStore::Fault::refused, FaultyStore::Fault::answer_lost}) {
    for (int nth = 1; nth <= 8; ++nth) {
      House house;
      decide(house, "CASE-1");
      decide(house, "CASE-2");
      const auto outbox = house.outbox();
      house.store->fail_call(nth, fault);
      for (int i = 0; i < 4; ++i) {
        outbox->run_due();
        house.clock.advance(2min + 1s);
      }
      std::set<std::string> ids;
      for (const House::Hit& hit : house.hits()) ids.insert(hit.message);
      EXPECT_EQ(ids.size(), 2u) << nth;
      EXPECT_EQ(telling(house, "CASE-1").state, "delivered") << nth;
      EXPECT_EQ(telling(house, "CASE-2").state, "delivered") << nth;
    }
  }
}

TEST(Outbox, O65_OfTwoThatLookAtOnceOneSends) {
  House house;
  for (int i = 0; i < 20; ++i) decide(house, "CASE-" + std::to_string(i));
  const auto one = house.outbox();
  const auto two = house.outbox();
  std::thread first([&] {
    while (one->run_due() > 0) {
    }
  });
  while (two->run_due() > 0) {
  }
  first.join();
  std::set<std::string> ids;
  for (const House::Hit& hit : house.hits()) ids.insert(hit.message);
  EXPECT_EQ(ids.size(), 20u);
  EXPECT_EQ(house.hits().size(), 20u);
}

TEST(Outbox, ASourceWithoutACallbackIsNotToldAndThatIsSaid) {
  House house;
  decide(house, "CASE-1", "quiet");
  const auto outbox = house.outbox();
  EXPECT_EQ(outbox->run_due(), 1);
  EXPECT_THAT(house.hits(), IsEmpty());
  EXPECT_EQ(telling(house, "CASE-1", "quiet").state, "delivered");
  EXPECT_EQ(telling(house, "CASE-1", "quiet").why, "no callback is configured");
}

TEST(Outbox, ASourceThatIsNoLongerConfiguredIsGivenUpAndNothingIsSent) {
  House house;
  decide(house);
  house.sources.erase(house.sources.begin());
  const auto outbox = house.outbox();
  EXPECT_EQ(outbox->run_due(), 1);
  EXPECT_THAT(house.hits(), IsEmpty());
  EXPECT_EQ(telling(house).state, "dead");
  EXPECT_EQ(telling(house).why, "the source is no longer configured");
}

TEST(Outbox, AnExceptionIsAFailedAttemptLikeAnyOther) {
  House house;
  decide(house);
  house.answer = [](const OutboundRequest&) -> gate::Sent { throw std::runtime_error("a bug"); };
  const auto outbox = house.outbox();
  EXPECT_EQ(outbox->run_due(), 1);
  EXPECT_THAT(house.log.lines(), Contains(StartsWith("outbox_failed")));
  house.answer = {};
  house.clock.advance(6s);
  EXPECT_EQ(outbox->run_due(), 1);
  EXPECT_EQ(telling(house).state, "delivered");
}

TEST(Outbox, ADecisionThatIsNoLongerTheLatestIsToldAsItWas) {
  House house;
  decide(house);
  ASSERT_TRUE(house.deliver({.id = "msg_2", .facts = R"({"people.participants":2000})"}));
  ASSERT_TRUE(house.deliver({.id = "msg_3", .facts = R"({"people.diagnosis":"gout"})"}));
  const auto outbox = house.outbox();
  EXPECT_EQ(outbox->run_due(), 2);
  std::vector<std::string> told;
  for (const House::Hit& hit : house.hits()) told.push_back(hit.body);
  EXPECT_THAT(told,
              testing::UnorderedElementsAre("CASE-1 approved", "CASE-1 approved_with_conditions"));
}

TEST(Outbox, ADeadlineExtendsAnInquorateBallotOnceAndThenConcludesIt) {
  House house;
  house.refer();
  const auto outbox = house.outbox();
  EXPECT_EQ(outbox->run_due(), 0);
  house.clock.set(house.prototype().ballots[0].terms.closes_at);
  EXPECT_EQ(outbox->run_due(), 1);
  EXPECT_TRUE(house.prototype().ballots[0].extended);
  house.clock.set(house.prototype().ballots[0].terms.closes_at);
  EXPECT_EQ(outbox->run_due(), 1);
  EXPECT_EQ(house.prototype().decision->outcome, DecisionOutcome::inquorate);
  EXPECT_EQ(outbox->run_due(), 1);
  EXPECT_EQ(house.hits().at(0).body, "CASE-1 inquorate");
  EXPECT_TRUE(house.audit().faults.empty());
}

TEST(Outbox, ADeadlineThatRingsTwiceIsTakenOnce) {
  House house;
  const Prototype referred = house.refer();
  const BallotId ballot = referred.ballots[0].id;
  EXPECT_EQ(house.gatekeeper->time_out(referred.id, ballot).error().code, Errc::unavailable);
  house.clock.set(referred.ballots[0].terms.closes_at);
  EXPECT_TRUE(house.gatekeeper->time_out(referred.id, ballot));
  EXPECT_TRUE(house.gatekeeper->time_out(referred.id, ballot));
  EXPECT_EQ(house.prototype().version, 2);
}

// Lets threads wait for something, and gives up in the end.
class Gateway {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  bool wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 20s, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

TEST(Outbox, AReceiverThatIsSlowHoldsUpNeitherOthersNorDeadlines) {
  House house;
  for (int i = 0; i < 60; ++i) decide(house, "CASE-" + std::to_string(i));
  const auto reply =
      house.deliver({.id = "msg_refer", .key = "CASE-R", .facts = R"({"people.participants":11})"});
  ASSERT_TRUE(reply);
  house.clock.set(house.prototype("CASE-R").ballots[0].terms.closes_at);
  decide(house, "CASE-H", "highways");
  Gateway told;
  Gateway release;
  house.answer = [&](const OutboundRequest& request) {
    if (request.body.starts_with("CASE-H")) {
      told.open();
    } else {
      release.wait();
    }
    return gate::Sent{.status = 200};
  };
  {
    const auto outbox = house.outbox();
    outbox->start(1);
    EXPECT_TRUE(told.wait()) << "the slow receiver held up the other one";
    for (int i = 0; i < 200 && !house.prototype("CASE-R").ballots[0].extended; ++i) {
      std::this_thread::sleep_for(50ms);
    }
    EXPECT_TRUE(house.prototype("CASE-R").ballots[0].extended);
    release.open();
    for (int i = 0; i < 400 && house.hits().size() < 61; ++i) std::this_thread::sleep_for(50ms);
  }
  EXPECT_EQ(house.hits().size(), 61u);
  EXPECT_EQ(telling(house, "CASE-59").state, "delivered");
}

}  // namespace
}  // namespace lockgate::test
