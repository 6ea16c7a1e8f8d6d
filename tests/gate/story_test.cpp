// Stories put together at random: whatever happens in whatever order, and
// whatever call of the store fails, the promises hold.

#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "plugin/gate/own.hpp"
#include "tests/gate/house.hpp"

namespace lockgate::test {
namespace {

using namespace std::chrono_literals;

class Story : public testing::TestWithParam<unsigned> {
 protected:
  int any(int below) { return static_cast<int>(dice() % static_cast<unsigned>(below)); }
  std::string any_key() { return "CASE-" + std::to_string(any(3)); }

  void step() {
    house.clock.advance(std::chrono::minutes(any(600)));
    switch (any(10)) {
      case 0:
        return deliver_again();
      case 1:
        return write_lesson();
      case 2:
        house.clock.advance(24h * any(12));
        outbox->run_due();
        return;
      case 3:
      case 4:
      case 5:
        return deliver();
      default:
        return vote();
    }
  }

  void deliver() {
    static const char* const kFacts[] = {"{}",
                                         R"({"people.participants":11})",
                                         R"({"people.participants":501})",
                                         R"({"people.participants":11,"money.cost":2000})",
                                         R"({"people.participants":2000})",
                                         R"({"data.personal":true})",
                                         R"({"data.personal":true,"data.consent":false})",
                                         R"({"people.diagnosis":"gout","people.participants":11})"};
    static const char* const kMore[] = {"", R"(,"proposer":"cy")", R"(,"editors":["dee"])",
                                        R"(,"title":"Benches")"};
    sent.push_back({.id = "msg_" + std::to_string(sent.size()),
                    .key = any_key(),
                    .facts = kFacts[any(8)],
                    .more = kMore[any(4)]});
    check(sent.back(), house.deliver(sent.back()));
  }

  void deliver_again() {
    if (sent.empty()) return;
    const Message& message = sent[static_cast<std::size_t>(any(static_cast<int>(sent.size())))];
    check(message, house.deliver(message));
  }

  // One message has one answer for ever.
  void check(const Message& message, const Result<Reply>& reply) {
    if (!reply) {
      EXPECT_TRUE(reply.error().code == Errc::conflict || reply.error().code == Errc::unavailable)
          << reply.error().message;
      return;
    }
    const auto [first, fresh] = answers.try_emplace(message.id, reply->body);
    EXPECT_EQ(first->second, reply->body);
  }

  void vote() {
    static const char* const kMembers[] = {"ann", "bo", "cy", "dee", "ed", "zoe"};
    static constexpr Choice kChoices[] = {
        Choice::yes, Choice::yes,        Choice::yes_with_conditions,
        Choice::no,  Choice::not_voting, Choice::need_information};
    const std::string key = any_key();
    if (!known(key)) return;
    const auto voted = house.vote(kMembers[any(6)], kChoices[any(6)], key);
    if (!voted) {
      EXPECT_NE(voted.error().code, Errc::internal) << voted.error().message;
    }
  }

  void write_lesson() {
    const std::string key = any_key();
    if (any(4) != 0 || !known(key)) return;
    const auto written = house.gatekeeper->write_lesson(
        house.prototype(key).id, {"ann"}, {.expected = "a", .happened = "b", .next = "c"});
    if (!written) {
      EXPECT_NE(written.error().code, Errc::internal) << written.error().message;
    }
  }

  bool known(const std::string& key) {
    return house.database->load(gate::prototype_id({{"casework"}, key})).has_value();
  }

  // Every decision is told in the end, each under one id, and nothing else is.
  void expect_all_told() {
    house.answer = {};
    for (int i = 0; i < 40; ++i) {
      house.clock.advance(3h);
      while (outbox->run_due() > 0) {
      }
    }
    std::set<std::string> told;
    for (const House::Hit& hit : house.hits()) told.insert(hit.message);
    std::set<DecisionId> decisions;
    for (int i = 0; i < 3; ++i) {
      const std::string key = "CASE-" + std::to_string(i);
      if (!known(key)) continue;
      const auto tellings = *house.database->tellings(house.prototype(key).id);
      for (const auto& telling : tellings) {
        EXPECT_EQ(telling.state, "delivered") << telling.why;
        EXPECT_TRUE(decisions.insert(telling.decision).second);
        EXPECT_EQ(told.count(telling.id), 1u);
      }
    }
    EXPECT_EQ(told.size(), decisions.size());
    EXPECT_GT(decisions.size(), 0u);
  }

  std::mt19937 dice{GetParam()};
  House house;
  std::unique_ptr<gate::Outbox> outbox = house.outbox();
  std::vector<Message> sent;
  std::map<std::string, std::string> answers;
};

INSTANTIATE_TEST_SUITE_P(Seed, Story, testing::Range(1u, 9u));

TEST_P(Story, OfDeliveriesVotesDeadlinesAndLessonsLeavesASoundRecord) {
  house.answer = [&](const OutboundRequest&) {
    return gate::Sent{.status = any(3) == 0 ? 503 : 200};
  };
  for (int i = 0; i < 80; ++i) step();
  expect_all_told();
  house.place();
  const gate::AuditReport report = house.audit();
  for (const gate::Fault& fault : report.faults) ADD_FAILURE() << fault.what;
  EXPECT_EQ(report.skipped, 0);
}

TEST_P(Story, InWhichTheStoreFailsNowAndThenLeavesASoundRecordToo) {
  for (int i = 0; i < 80; ++i) {
    house.store->fail_call(
        1 + any(8), any(2) == 0 ? FaultyStore::Fault::refused : FaultyStore::Fault::answer_lost);
    step();
  }
  house.store->heal();
  expect_all_told();
  house.place();
  const gate::AuditReport report = house.audit();
  for (const gate::Fault& fault : report.faults) ADD_FAILURE() << fault.what;
}

}  // namespace
}  // namespace lockgate::test
