#include "plugin/gate/sequencer.hpp"

#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/record/tree.hpp"
#include "tests/gate/house.hpp"

namespace lockgate::test {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::StartsWith;

class LedgerKey : public testing::Test {
 protected:
  Result<record::SigningKey> open(const std::string& origin = "test.example/ledger") {
    return gate::ledger_key(file, origin, random);
  }

  TempFolder folder;
  FakeRandom random;
  const std::filesystem::path file = folder.path() / "ledger.key";
};

TEST_F(LedgerKey, IsMadeOnceReadableByItsOwnerAlone) {
  const auto made = open();
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(open()->verifier().to_text(), made->verifier().to_text());
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST_F(LedgerKey, OfManyThatStartAtOnceAllHaveTheSame) {
  std::vector<std::string> keys(8);
  std::vector<std::thread> starts;
  for (std::string& key : keys) {
    starts.emplace_back([&] {
      const auto opened = open();
      ASSERT_TRUE(opened) << opened.error().message;
      key = opened->verifier().to_text();
    });
  }
  for (auto& start : starts) start.join();
  EXPECT_EQ(std::count(keys.begin(), keys.end(), keys[0]), 8);
}

TEST_F(LedgerKey, ThatOthersMayReadOrThatIsAnotherLedgersIsRefused) {
  ASSERT_TRUE(open());
  EXPECT_EQ(open("test.example/other").error().code, Errc::invalid);
  std::filesystem::permissions(file, std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  const auto shared = open();
  ASSERT_FALSE(shared);
  EXPECT_EQ(shared.error().code, Errc::invalid);
  EXPECT_THAT(shared.error().message, testing::HasSubstr("set its mode to 0600"));
}

TEST_F(LedgerKey, ThatIsNoKeyIsRefusedWithoutBeingQuoted) {
  std::ofstream(file) << "a secret of another kind";
  std::filesystem::permissions(file, std::filesystem::perms::owner_read);
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, testing::Not(testing::HasSubstr("secret")));
}

TEST_F(LedgerKey, ThatCannotBeWrittenIsSaid) {
  const auto opened = gate::ledger_key(folder.path() / "none" / "ledger.key", "x", random);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::unavailable);
}

TEST(Placing, SignsAHeadOverAllEntriesSoFar) {
  House house;
  ASSERT_TRUE(house.deliver({.id = "msg_1"}));
  const std::string first = house.place();
  ASSERT_TRUE(house.deliver({.id = "msg_2", .key = "CASE-2"}));
  const std::string second = house.place();
  const auto entries = *house.database->placed_entries(0, 100);
  std::vector<record::Hash> leaves;
  for (const PlacedEntry& entry : entries) leaves.push_back(record::leaf_hash(entry.body));
  const auto checkpoint = record::open_checkpoint(second, house.key.verifier());
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->size, static_cast<std::int64_t>(leaves.size()));
  EXPECT_EQ(checkpoint->root, record::root_of(leaves));
  EXPECT_NE(first, second);
  EXPECT_EQ(*house.database->pending_entries(), 0);
}

TEST(Placing, ADamagedHeadIsNotBuiltUpon) {
  FakeRandom random;
  const auto place = gate::placing(record::SigningKey::generate("x", random));
  const auto placed = place({.size = 3, .frontier = "2 00", .checkpoint = "x"}, {{"id", "{}"}});
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().code, Errc::internal);
}

// Waits until it holds, or gives up.
template <class Condition>
bool comes_true(Condition condition) {
  for (int i = 0; i < 400; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(25ms);
  }
  return false;
}

TEST(Sequencer, PlacesWhatIsRecordedAndWhatIsLeftWhenItStops) {
  House house;
  gate::Sequencer sequencer(*house.store, house.key, house.log);
  sequencer.start();
  ASSERT_TRUE(house.deliver({.id = "msg_1"}));
  sequencer.notify();
  EXPECT_TRUE(comes_true([&] { return *house.database->pending_entries() == 0; }));
  ASSERT_TRUE(house.deliver({.id = "msg_2", .key = "CASE-2"}));
  sequencer.stop();
  EXPECT_EQ(*house.database->pending_entries(), 0);
  EXPECT_TRUE(house.audit().faults.empty());
}

TEST(Sequencer, GoesOnAfterTheDatabaseWasAwayAndSaysSoOnce) {
  House house;
  house.store->fail_call(1, FaultyStore::Fault::refused, true);
  gate::Sequencer sequencer(*house.store, house.key, house.log);
  sequencer.start();
  EXPECT_TRUE(comes_true([&] { return house.store->calls() >= 3; }));
  house.store->heal();
  EXPECT_TRUE(comes_true([&] { return *house.database->pending_entries() == 0; }));
  sequencer.stop();
  const auto lines = house.log.lines();
  EXPECT_EQ(
      std::count_if(lines.begin(), lines.end(),
                    [](const std::string& line) { return line.starts_with("ledger_failed"); }),
      1);
  EXPECT_THAT(lines, Contains(StartsWith("ledger_goes_on")));
}

TEST(Sequencer, TwoOverOneDatabaseGiveEveryEntryOnePlace) {
  House house;
  gate::Sequencer one(*house.store, house.key, house.log);
  gate::Sequencer two(*house.store, house.key, house.log);
  one.start();
  two.start();
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(house.deliver({.id = "msg_" + std::to_string(i), .key = std::to_string(i)}));
    one.notify();
    two.notify();
  }
  one.stop();
  two.stop();
  const auto report = house.audit();
  EXPECT_TRUE(report.faults.empty()) << report.faults.front().what;
  EXPECT_EQ(report.pending, 0);
  EXPECT_EQ(report.entries, 106);  // fifty checks and decisions, five accounts, one rule set
}

}  // namespace
}  // namespace lockgate::test
