#include "plugin/app/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/council_on_disk.hpp"

namespace lockgate::app {
namespace {

using test::CouncilOnDisk;
using test::told;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Config, OfASoundFolderIsRead) {
  CouncilOnDisk council;
  const ConfigResult read = council.read();
  ASSERT_THAT(told(read.issues), IsEmpty());
  const Config& config = read.config;
  EXPECT_EQ(config.council.name, "Test Council");
  EXPECT_EQ(config.public_url, "https://lockgate.example.gov.uk");
  EXPECT_EQ(config.host, "127.0.0.1");
  EXPECT_EQ(config.port, 8080);
  EXPECT_EQ(config.rules, std::vector<std::string>{"packs"});
  ASSERT_EQ(config.council.boards.size(), 1u);
  EXPECT_EQ(config.council.boards[0].id.text, "main");
  ASSERT_EQ(config.council.boards[0].seats.size(), 2u);
  EXPECT_EQ(config.council.boards[0].seats[0].member.text, "ann.brook");
  ASSERT_EQ(config.roles.size(), 1u);
  EXPECT_EQ(config.roles[0].name, "Board chair");
  EXPECT_EQ(config.roles[0].at.line, 7u);
  ASSERT_EQ(config.sources.size(), 1u);
  const Config::Source& source = config.sources[0];
  EXPECT_EQ(source.id.text, "casework");
  EXPECT_EQ(source.adapter, "standard_webhooks");
  EXPECT_FALSE(source.strict);
  EXPECT_FALSE(source.allow_private);
  EXPECT_EQ(source.settings.secret, test::kSecret);
  EXPECT_EQ(source.settings.callback_secret, test::kSecret);
  EXPECT_EQ(source.settings.map.case_key, "/data/case");
}

TEST(Config, OfASourceHoldsItsMappingWaitsAndStrictness) {
  CouncilOnDisk council;
  council.put_first("sources/casework.toml", "strict = true\norganisation = \"Highways\"");
  council.change("sources/casework.toml", "[callback]",
                 "title = \"/data/title\"\n[facts]\n\"people.participants\" = \"/data/n\"\n"
                 "[callback]\nallow_private = true\nretry_seconds = [5, 300]");
  const ConfigResult read = council.read();
  ASSERT_THAT(told(read.issues), IsEmpty());
  const Config::Source& source = read.config.sources.at(0);
  EXPECT_TRUE(source.strict);
  EXPECT_TRUE(source.allow_private);
  EXPECT_EQ(source.organisation, "Highways");
  EXPECT_EQ(source.settings.map.title, "/data/title");
  ASSERT_EQ(source.settings.map.fact.size(), 1u);
  EXPECT_EQ(source.settings.map.fact[0].first, "people.participants");
  EXPECT_EQ(source.retry,
            (std::vector<std::chrono::seconds>{std::chrono::seconds(5), std::chrono::minutes(5)}));
}

// What is written into a file of a sound folder, and what must be said about it.
struct Mistake {
  std::string name;
  std::string file;
  std::string before;  // empty: `after` is a line put before all others
  std::string after;
  std::string said;  // "file:line: ..."
};

class ConfigMistake : public testing::TestWithParam<Mistake> {};

TEST_P(ConfigMistake, IsTheOnlyIssueAndSaysWhereAndWhatToDo) {
  CouncilOnDisk council;
  const Mistake& mistake = GetParam();
  if (mistake.before.empty()) {
    council.put_first(mistake.file, mistake.after);
  } else {
    council.change(mistake.file, mistake.before, mistake.after);
  }
  const ConfigResult read = council.read();
  EXPECT_EQ(read.issues.size(), 1u) << told(read.issues);
  EXPECT_THAT(told(read.issues), HasSubstr(mistake.said));
  for (const rules::Issue& issue : read.issues) EXPECT_THAT(issue.code, testing::StartsWith("LG"));
}

const std::string kMain = "lockgate.toml";
const std::string kBoard = "boards/main.toml";
const std::string kSource = "sources/casework.toml";

INSTANTIATE_TEST_SUITE_P(
    Main, ConfigMistake,
    testing::Values(
        Mistake{"NotToml", kMain, "\"Test Council\"", "\"Test Council", "lockgate.toml:1: "},
        Mistake{"UnknownKey", kMain, "", "listne = \"127.0.0.1:1\"", "did you mean `listen`?"},
        Mistake{"NoCouncil", kMain, "council = \"Test Council\"\n", "", "`council` is missing"},
        Mistake{"CouncilIsANumber", kMain, "\"Test Council\"", "7", "`council` must be text"},
        Mistake{"NoPublicUrl", kMain, "public_url = \"https://lockgate.example.gov.uk\"\n", "",
                "`public_url` is missing"},
        Mistake{"PublicUrlInTheOpen", kMain, "https://", "http://",
                "lockgate.toml:2: `public_url` must begin with https://"},
        Mistake{"PublicUrlThatOnlyLooksLikeLoopback", kMain, "https://lockgate.example.gov.uk",
                "http://localhost.example.gov.uk", "`public_url` must begin with https://"},
        Mistake{"PublicUrlWithAPath", kMain, ".gov.uk", ".gov.uk/lockgate",
                "`public_url` is not the address of a site"},
        Mistake{"ListenIsNoAddress", kMain, "", "listen = \"8080\"",
                "lockgate.toml:1: `listen` must be HOST:PORT; for example `127.0.0.1:8080`"},
        Mistake{"ListenPortTooLarge", kMain, "", "listen = \"127.0.0.1:65536\"",
                "`listen` must be HOST:PORT"},
        Mistake{"ListenOnTheNetwork", kMain, "", "listen = \"0.0.0.0:8080\"",
                "`0.0.0.0` is not a loopback address; put a TLS proxy in front"},
        Mistake{"DatabaseOfAnotherKind", kMain, "", "database = \"mysql:x\"",
                "`database` is no address of a database"},
        Mistake{"DatabaseWithoutAFile", kMain, "", "database = \"sqlite:\"",
                "`database` is no address of a database"},
        Mistake{"DatabasePassword", kMain, "", "database = \"postgresql://u:hunter2@db/x\"",
                "a password does not stand in the configuration itself"},
        Mistake{"DatabasePasswordAsAWord", kMain, "",
                "database = \"postgresql://host=db password=hunter2\"",
                "a password does not stand in the configuration itself"},
        Mistake{"NoRules", kMain, "", "rules = []", "`rules` names no folder"},
        Mistake{"NoSuchTimeZone", kMain, "", "time_zone = \"Europe/Londn\"",
                "there is no time zone `Europe/Londn`"},
        Mistake{"HolidayAsText", kMain, "", "bank_holidays = [\"2026-12-25\"]",
                "`bank_holidays` must be a list of dates"},
        Mistake{"LedgerOriginWithASpace", kMain, "", "ledger_origin = \"our ledger\"",
                "`ledger_origin` is not a name for a ledger"},
        Mistake{"NoWorkers", kMain, "", "workers = 0", "`workers` must be from 1 to 256"},
        Mistake{"BodiesKeptForNoTime", kMain, "", "keep_bodies_days = 0",
                "`keep_bodies_days` must be from 1 to 3650"}),
    [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Board, ConfigMistake,
    testing::Values(
        Mistake{"UnknownKey", kBoard, "", "quorm = 2", "did you mean `quorum`?"},
        Mistake{"MisspeltKeyIsNotMissingToo", kBoard, "name = \"Main board\"",
                "nmae = \"Main board\"", "did you mean `name`?"},
        Mistake{"QuorumBeyondTheSeats", kBoard, "quorum = 1", "quorum = 3",
                "boards/main.toml:2: `quorum` is larger than the number of seats, 2"},
        Mistake{"NoQuorum", kBoard, "quorum = 1", "quorum = 0", "`quorum` must be from 1 to 100"},
        Mistake{"OneMemberInTwoSeats", kBoard, "mo.ellis", "ann.brook",
                "`ann.brook` holds the seat `chair` already: one member, one vote"},
        Mistake{"MemberIsNoLogin", kBoard, "mo.ellis", "Mo Ellis",
                "`Mo Ellis` cannot be the login of a member"},
        Mistake{"TwoSeatsOfOneName", kBoard, "\"money\"", "\"chair\"",
                "there are two seats `chair` on this board"},
        Mistake{"UnknownKeyInASeat", kBoard, "member = \"mo.ellis\"\n",
                "member = \"mo.ellis\"\nvteo = true\n", "unknown key `vteo` in `[[seat]]`"},
        Mistake{"RoleOfTwoSeats", kBoard, "member = \"mo.ellis\"\n",
                "member = \"mo.ellis\"\nroles = [\"Board chair\"]\n",
                "boards/main.toml:12: two seats answer for `Board chair`; the first is at "
                "boards/main.toml:7"}),
    [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Source, ConfigMistake,
    testing::Values(
        Mistake{"UnknownAdapter", kSource, "", "adapter = \"carrier_pigeon\"",
                "there is no adapter `carrier_pigeon`; known: `standard_webhooks`"},
        Mistake{"NoSecret", kSource, "secret = \"file:secrets/casework\"\n", "",
                "`secret` is missing: nothing unsigned is ever taken"},
        Mistake{"OldSecretWithoutEnd", kSource, "", "old_secret = \"file:secrets/callback\"",
                "`old_secret_until` is missing"},
        Mistake{"OldSecretUntilSomeLocalTime", kSource, "",
                "old_secret = \"file:secrets/callback\"\n"
                "old_secret_until = 2026-12-01T00:00:00",
                "`old_secret_until` must be a moment with its zone"},
        Mistake{"StrictIsText", kSource, "", "strict = \"yes\"", "`strict` must be true or false"},
        Mistake{"NoMap", kSource, "[map]\ncase = \"/data/case\"\n", "", "`[map]` is missing"},
        Mistake{"NoCase", kSource, "case = \"/data/case\"\n", "", "`case` is missing in `[map]`"},
        Mistake{"PointerWithoutSlash", kSource, "\"/data/case\"", "\"data.case\"",
                "`map.case` is not a JSON Pointer"},
        Mistake{"FactThatIsNoFact", kSource, "[callback]",
                "[facts]\n\"people-participants\" = \"/data/n\"\n[callback]",
                "`people-participants` in `[facts]` is not the name of a fact"},
        Mistake{"CallbackInTheOpen", kSource, "https://cases", "http://cases",
                "sources/casework.toml:5: `url` must begin with https://"},
        Mistake{"CallbackToLoopback", kSource, "cases.example.gov.uk", "127.0.0.1:9099",
                "is a loopback address; if the receiver is on this machine or in a private "
                "network, write `allow_private = true`"},
        Mistake{"CallbackToCloudMetadata", kSource, "cases.example.gov.uk", "169.254.169.254",
                "is a link-local address"},
        Mistake{"CallbackWithoutSecret", kSource, "secret = \"file:secrets/callback\"\n", "",
                "`secret` is missing in `[callback]`"},
        Mistake{"NegativeWait", kSource, "[callback]", "[callback]\nretry_seconds = [5, -1]",
                "a list of whole numbers above 0"},
        Mistake{"WaitOfYears", kSource, "[callback]", "[callback]\nretry_seconds = [99999999]",
                "`retry_seconds` holds too much"}),
    [](const auto& each) { return each.param.name; });

TEST(Config, ReportsTheMistakesOfAllFilesAtOnceInOrder) {
  CouncilOnDisk council;
  council.put_first("sources/casework.toml", "one = 1");
  council.put_first("boards/main.toml", "two = 2");
  council.put_first("lockgate.toml", "three = 3");
  const ConfigResult read = council.read();
  ASSERT_EQ(read.issues.size(), 3u) << told(read.issues);
  EXPECT_EQ(read.issues[0].file, "boards/main.toml");
  EXPECT_EQ(read.issues[1].file, "lockgate.toml");
  EXPECT_EQ(read.issues[2].file, "sources/casework.toml");
}

TEST(Config, OfAFolderWithoutLockgateTomlSaysSo) {
  test::TempFolder folder;
  EXPECT_THAT(told(read_config(folder.path()).issues), HasSubstr("`lockgate.toml` is not there"));
}

TEST(Config, TakesAnotherListenAddressOnlyIfItIsLoopbackOrThatIsAllowed) {
  Config config;
  EXPECT_TRUE(set_listen("127.0.0.1:0", config));
  EXPECT_EQ(config.port, 0);
  EXPECT_TRUE(set_listen("[::1]:80", config));
  EXPECT_EQ(config.host, "::1");
  EXPECT_TRUE(set_listen("localhost:81", config));
  EXPECT_FALSE(set_listen("10.0.0.1:80", config));
  EXPECT_FALSE(set_listen("127.0.0.1.example.org:80", config));
  EXPECT_EQ(config.host, "localhost");
  config.listen_on_network = true;
  EXPECT_TRUE(set_listen("10.0.0.1:80", config));
}

TEST(Config, MayListenOnTheNetworkOnlyBehindHttps) {
  CouncilOnDisk council;
  council.put_first("lockgate.toml", "listen_on_network = true\nlisten = \"0.0.0.0:8080\"");
  EXPECT_THAT(told(council.read().issues), IsEmpty());
  council.change("lockgate.toml", "https://lockgate.example.gov.uk", "http://127.0.0.1:8080");
  EXPECT_THAT(told(council.read().issues),
              HasSubstr("`listen_on_network` needs a `public_url` with https://"));
}

// Every setting stands in the example council, at its default if it is
// commented out.
TEST(Config, DefaultsAreThoseThatTheExampleShows) {
  CouncilOnDisk council;
  std::ifstream in("examples/council/lockgate.toml");
  ASSERT_TRUE(in) << "not run from the root of the project";
  std::string example;
  int commented = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# ") && line.find(" = ") != std::string::npos) {
      line = line.substr(2);
      ++commented;
    }
    example += line + "\n";
  }
  EXPECT_GE(commented, 3);
  council.write("lockgate.toml", example);
  const ConfigResult read = council.read();
  EXPECT_THAT(told(read.issues), IsEmpty());
  const Config& shown = read.config;
  const Config standard;
  EXPECT_EQ(shown.listen_on_network, standard.listen_on_network);
  EXPECT_EQ(shown.workers, standard.workers);
  EXPECT_EQ(shown.keep_bodies_days, standard.keep_bodies_days);
  EXPECT_EQ(shown.database, standard.database);
  EXPECT_EQ(shown.rules, standard.rules);
  for (const char* key :
       {"council", "public_url", "listen", "listen_on_network", "database", "rules", "time_zone",
        "bank_holidays", "ledger_origin", "ledger_key", "workers", "keep_bodies_days"}) {
    EXPECT_THAT(example, HasSubstr("\n" + std::string(key) + " = "));
  }
}

}  // namespace
}  // namespace lockgate::app
