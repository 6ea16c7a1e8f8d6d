// What only PostgreSQL can do to a store: be far away, be busy, undo.

#include <chrono>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/store/connect.hpp"
#include "plugin/store/database.hpp"
#include "plugin/store/pool.hpp"
#include "tests/store/commits.hpp"
#include "tests/support/test_database.hpp"

namespace lockgate::store {
namespace {

using soci::into;
using test::first_commit;
using test::TestDatabase;
using testing::HasSubstr;

std::vector<TestDatabase::Kind> servers() {
  auto kinds = TestDatabase::kinds();
  kinds.erase(kinds.begin());
  return kinds;
}

class PostgresTest : public testing::TestWithParam<TestDatabase::Kind> {
 protected:
  void SetUp() override {
    url_ = place_.url() + "&application_name=" + name_;
    auto opened = open(url_, {.sessions = 4});
    ASSERT_TRUE(opened) << opened.error().message;
    database_ = std::move(*opened);
    connection_ = std::move(*connect(*address_from(place_.url())));
  }

  // What happens at the moment `when` of a commit's delivery: it counts the
  // attempts, whatever becomes of their transactions, and then does `what`.
  void at(const std::string& when, const std::string& what) {
    connection_->run("CREATE SEQUENCE attempts");
    connection_->session() << "CREATE FUNCTION interfere() RETURNS trigger LANGUAGE plpgsql AS"
                              " $$ DECLARE attempt bigint = nextval('attempts'); BEGIN " +
                                  what + " RETURN NULL; END $$";
    connection_->run("CREATE CONSTRAINT TRIGGER interference AFTER INSERT ON deliveries " + when +
                     " FOR EACH ROW EXECUTE FUNCTION interfere()");
  }
  long long attempts() {
    long long count = 0;
    connection_->run("SELECT last_value FROM attempts", into(count));
    return count;
  }

  test::TempFolder folder_;
  std::string name_ = folder_.path().filename().string();
  TestDatabase place_{GetParam(), folder_};
  std::string url_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Connection> connection_;  // the test's own
};

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PostgresTest);
INSTANTIATE_TEST_SUITE_P(On, PostgresTest, testing::ValuesIn(servers()),
                         [](const auto& about) { return TestDatabase::name(about.param); });

TEST_P(PostgresTest, EveryWaitHasAnEnd) {
  const auto setting = [&](const std::string& name) {
    std::string value;
    connection_->run("SELECT current_setting('" + name + "')", into(value));
    return value;
  };
  EXPECT_EQ(setting("statement_timeout"), "5s");
  EXPECT_EQ(setting("lock_timeout"), "3s");
  EXPECT_EQ(setting("idle_in_transaction_session_timeout"), "10s");
  const auto address = address_from(url_);
  for (const char* const keyword : {"connect_timeout=5", "tcp_user_timeout=5000"})
    EXPECT_THAT(address->text, HasSubstr(keyword));
  EXPECT_THAT(address_from("postgresql://host=here dbname=x")->text,
              HasSubstr("host=here dbname=x connect_timeout=5"));
}

TEST_P(PostgresTest, O32_AServerThatWouldForgetCommitsIsRefused) {
  const auto database = open(place_.url() + "%20-csynchronous_commit%3Doff");
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, Errc::invalid);
  EXPECT_THAT(database.error().message, HasSubstr("synchronous_commit = off"));
}

TEST_P(PostgresTest, ConnectionsThatWereCutAreReplacedUnnoticed) {
  ASSERT_EQ(*commit_and_wait(*database_, first_commit("a", 1)), Committed::yes);
  for (int round = 2; round <= 5; ++round) {
    std::vector<std::thread> readers;  // so that several connections lie idle
    for (int i = 0; i < 4; ++i)
      readers.emplace_back([&] { EXPECT_TRUE(database_->load({"prt_a"})); });
    for (auto& reader : readers) reader.join();
    connection_->run(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE application_name = '" +
        name_ + "'");
    if (round % 2 == 0) {
      EXPECT_TRUE(database_->load({"prt_a"}));
    }
    const auto result = commit_and_wait(*database_, first_commit(std::to_string(round), round));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(*result, Committed::yes);
  }
  EXPECT_EQ(*database_->prototype_count(), 5);
}

TEST_P(PostgresTest, ATransactionWhoseConnectionIsLostBeforeCommitIsRunAgain) {
  at("NOT DEFERRABLE",
     "IF attempt < 3 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;");
  EXPECT_EQ(*commit_and_wait(*database_, first_commit("a", 1)), Committed::yes);
  EXPECT_EQ(attempts(), 3);
  EXPECT_EQ(database_->history({"prt_a"})->size(), 1U);
}

TEST_P(PostgresTest, O27_ACommitWhoseConnectionIsLostIsUnknownAndNotRunAgain) {
  at("DEFERRABLE INITIALLY DEFERRED", "PERFORM pg_terminate_backend(pg_backend_pid());");
  const auto result = commit_and_wait(*database_, first_commit("a", 1));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::unavailable);
  EXPECT_EQ(attempts(), 1);
  EXPECT_EQ(database_->delivery({"casework"}, "msg-a").error().code, Errc::not_found);
}

TEST_P(PostgresTest, O29_ATransactionThatTheServerUndidIsRunAgain) {
  at("DEFERRABLE INITIALLY DEFERRED",
     "IF attempt < 4 THEN RAISE EXCEPTION USING ERRCODE = '40001'; END IF;");
  EXPECT_EQ(*commit_and_wait(*database_, first_commit("a", 1)), Committed::yes);
  EXPECT_EQ(attempts(), 4);
}

TEST_P(PostgresTest, O29_ATransactionThatIsAlwaysUndoneIsGivenUp) {
  at("NOT DEFERRABLE", "RAISE EXCEPTION USING ERRCODE = '40P01';");
  const auto result = commit_and_wait(*database_, first_commit("a", 1));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::unavailable);
  EXPECT_EQ(attempts(), 5);
}

TEST_P(PostgresTest, WhatTheServerRefusesIsNotRunAgainAndSaysNoValues) {
  at("NOT DEFERRABLE", "RAISE EXCEPTION '%', NEW.body USING ERRCODE = '23514';");
  Commit commit = first_commit("a", 1);
  commit.delivery->body = "personal";
  const auto result = commit_and_wait(*database_, commit);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::internal);
  EXPECT_EQ(result.error().message, "the database refused a statement (sqlstate 23514)");
  EXPECT_EQ(attempts(), 1);
}

TEST_P(PostgresTest, O30_WhoFindsAllConnectionsBusyWaitsOnlySoLong) {
  database_ = std::move(*open(url_, {.sessions = 1, .patience = std::chrono::milliseconds(50)}));
  ASSERT_EQ(*commit_and_wait(*database_, first_commit("a", 1)), Committed::yes);
  const auto place = [&](const LedgerHead&, const auto&) -> Result<Placement> {
    const auto meanwhile = database_->load({"prt_a"});
    EXPECT_EQ(meanwhile.error().code, Errc::unavailable);
    EXPECT_EQ(meanwhile.error().message, "all connections with the database are busy");
    return fail(Errc::internal, "not now");
  };
  EXPECT_FALSE(database_->place_entries(10, place));
  EXPECT_TRUE(database_->load({"prt_a"}));
}

TEST_P(PostgresTest, ATableThatSomebodyLocksIsWaitedForOnlySoLong) {
  connection_->run("BEGIN");
  connection_->run("LOCK TABLE deliveries IN EXCLUSIVE MODE");
  const auto begun = std::chrono::steady_clock::now();
  const auto result = commit_and_wait(*database_, first_commit("a", 1));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(6));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::unavailable);
  connection_->rollback();
  EXPECT_EQ(*commit_and_wait(*database_, first_commit("a", 1)), Committed::yes);
}

}  // namespace
}  // namespace lockgate::store
