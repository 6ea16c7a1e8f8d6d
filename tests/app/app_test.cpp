#include "plugin/app/app.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/app/open.hpp"
#include "tests/app/council_on_disk.hpp"

namespace lockgate::app {
namespace {

using test::CouncilOnDisk;
using test::told;
using testing::HasSubstr;

const std::string kRules =
    "roles = [\"Board chair\"]\n"
    "[[fact]]\nname = \"people.participants\"\ntype = \"int\"\nmeaning = \"people who take part\"\n"
    "question = \"How many take part?\"\n"
    "[[rule]]\nid = \"x-01\"\nquestion = \"Are they many?\"\nwhen = 'people.participants > 100'\n"
    "at = { submit = \"refer\" }\nto = \"Board chair\"\nsay = \"They are many.\"\n"
    "basis = \"our default\"\nsource = [\"a test\"]\nchecked_on = 2026-11-23\n"
    "review_by = 2027-11-23\n";

class AppTest : public testing::Test {
 protected:
  AppTest() {
    council_.put_first("lockgate.toml", "rules = [\"rules\"]\nlisten = \"127.0.0.1:0\"");
    council_.write("rules/a.toml", kRules);
  }
  CouncilFolder read() {
    CouncilFolder read = read_council(council_.path());
    EXPECT_EQ(told(read.issues), "");
    return read;
  }
  Result<net::ClientResponse> get(App& app, const std::string& path) {
    return net::Client().send(
        {.method = "GET", .url = app.address() + path, .allow_private = true});
  }

  CouncilOnDisk council_;
};

TEST_F(AppTest, ServesFromStartToStop) {
  App app(read(), {});
  const auto started = app.start();
  ASSERT_TRUE(started) << started.error().message;
  const auto healthy = get(app, "/healthz");
  ASSERT_TRUE(healthy) << healthy.error().message;
  EXPECT_EQ(healthy->status, 200u);
  EXPECT_TRUE(std::filesystem::exists(council_.path() / "lockgate.db"));
  EXPECT_TRUE(std::filesystem::exists(council_.path() / "ledger.key"));
  app.stop();
  EXPECT_FALSE(get(app, "/healthz"));
  app.stop();
}

TEST_F(AppTest, DoesNotStartOnAPortThatIsTaken) {
  App first(read(), {});
  ASSERT_TRUE(first.start());
  CouncilFolder council = read();
  ASSERT_TRUE(set_listen(first.address().substr(7), council.config));
  App second(std::move(council), {});
  const auto started = second.start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().message, HasSubstr("cannot listen on"));
}

TEST_F(AppTest, DoesNotStartWithALedgerKeyThatOthersMayRead) {
  council_.write("ledger.key", "whatever");
  App app(read(), {});
  const auto started = app.start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().message, HasSubstr("ledger.key"));
}

TEST_F(AppTest, KeepsTheOldRulesIfTheNewOnesHaveAMistake) {
  App app(read(), {});
  ASSERT_TRUE(app.start());
  council_.change("rules/a.toml", "people.participants > 100", "people.particpants > 100");
  testing::internal::CaptureStderr();
  app.reload_rules();
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_THAT(said, HasSubstr("did you mean `people.participants`?"));
  EXPECT_THAT(said, HasSubstr("The rules in force stay."));
  EXPECT_THAT(said, HasSubstr("\"event\":\"rules_refused\""));

  council_.change("rules/a.toml", "people.particpants > 100", "people.participants > 50");
  testing::internal::CaptureStderr();
  app.reload_rules();
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("\"event\":\"rules_in_force\""));
}

TEST_F(AppTest, FindsTheDatabaseBelowTheConfigurationUnlessItIsToldOtherwise) {
  Config config = read().config;
  EXPECT_EQ(database_url(config, {}), "sqlite:" + (council_.path() / "lockgate.db").string());
  EXPECT_EQ(database_url(config, "sqlite:here.db"), "sqlite:here.db");
  config.database = "sqlite:/srv/lockgate.db";
  EXPECT_EQ(database_url(config, {}), "sqlite:/srv/lockgate.db");
  config.database = "postgresql://u@db/x";
  EXPECT_EQ(database_url(config, {}), "postgresql://u@db/x");
}

}  // namespace
}  // namespace lockgate::app
