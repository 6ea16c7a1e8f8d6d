#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/app/config_parts.hpp"
#include "plugin/app/council_folder.hpp"
#include "tests/app/council_on_disk.hpp"

namespace lockgate::app {
namespace {

using test::CouncilOnDisk;
using test::told;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kPlace = "\"file:secrets/casework\"";
const std::string kSource = "sources/casework.toml";

TEST(Secret, IsReadFromTheEnvironment) {
  CouncilOnDisk council;
  council.change(kSource, kPlace, "\"env:LOCKGATE_TEST_SECRET\"");
  ::setenv("LOCKGATE_TEST_SECRET", test::kSecret.c_str(), 1);
  const ConfigResult read = council.read();
  ::unsetenv("LOCKGATE_TEST_SECRET");
  EXPECT_THAT(told(read.issues), IsEmpty());
  EXPECT_EQ(read.config.sources.at(0).settings.secret, test::kSecret);
}

TEST(Secret, ThatTheEnvironmentLacksIsAnIssue) {
  CouncilOnDisk council;
  council.change(kSource, kPlace, "\"env:LOCKGATE_TEST_NO_SECRET\"");
  EXPECT_THAT(told(council.read().issues),
              HasSubstr("casework.toml:1: the environment has no `LOCKGATE_TEST_NO_SECRET`"));
}

TEST(Secret, InAFileThatIsNotThereSaysHowToMakeOne) {
  CouncilOnDisk council;
  std::filesystem::remove(council.path() / "secrets/casework");
  EXPECT_THAT(
      told(council.read().issues),
      HasSubstr("the file `secrets/casework` is not there; make one with: (umask 077; echo "));
}

TEST(Secret, InAFileThatEverybodyMayReadIsAnIssue) {
  CouncilOnDisk council;
  std::filesystem::permissions(council.path() / "secrets/casework",
                               std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_THAT(
      told(council.read().issues),
      HasSubstr(
          "the file `secrets/casework` may be read by everybody; chmod 600 secrets/casework"));
}

TEST(Secret, ThatIsNoneIsAnIssueThatDoesNotQuoteIt) {
  CouncilOnDisk council;
  council.write_secret("secrets/casework", "hunter2\n");
  const ConfigResult read = council.read();
  EXPECT_THAT(told(read.issues), HasSubstr("`secret` is not `whsec_` and base64"));
  EXPECT_THAT(shown(read.issues, read.config.texts), Not(HasSubstr("hunter2")));
}

struct Literal {
  std::string name;
  std::string text;
};

class LiteralSecret : public testing::TestWithParam<Literal> {};

// Neither beside its own issue nor beside that of another mistake in the line.
TEST_P(LiteralSecret, IsNeverShown) {
  for (const std::string key : {"secret", "secrett", "old_secret"}) {
    CouncilOnDisk council;
    council.change(kSource, "secret = " + kPlace, key + " = " + GetParam().text);
    const ConfigResult read = council.read();
    EXPECT_FALSE(read.issues.empty());
    for (const char* format : {"human", "plain", "json"}) {
      const std::string said = shown(read.issues, read.config.texts, format);
      EXPECT_THAT(said, Not(HasSubstr("MDEyMzQ1"))) << said;
      EXPECT_THAT(said, Not(HasSubstr("hunter2"))) << said;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(, LiteralSecret,
                         testing::Values(Literal{"Quoted", '"' + test::kSecret + '"'},
                                         Literal{"Literal", '\'' + test::kSecret + '\''},
                                         Literal{"Bare", test::kSecret},
                                         Literal{"InAList", "[\"" + test::kSecret + "\"]"},
                                         Literal{"NotClosed", '"' + test::kSecret},
                                         Literal{"OfAnotherKind", "\"hunter2\""}),
                         [](const auto& each) { return each.param.name; });

TEST(Secret, OfTheDatabaseIsBlottedOutWhereItShouldNotStand) {
  EXPECT_EQ(blotted("database = \"postgresql://u:hunter2@db/x\"\n"),
            "database = \"postgresql://u:*******@db/x\"\n");
  EXPECT_EQ(blotted("database = \"postgresql://host=db password=hunter2 user=u\"\n"),
            "database = \"postgresql://host=db password=******* user=u\"\n");
  EXPECT_EQ(blotted("database = \"postgresql://u@db:5432/x\"\n"),
            "database = \"postgresql://u@db:5432/x\"\n");
}

TEST(Secret, PlacesAreNotBlottedOut) {
  const std::string text =
      "secret = \"file:secrets/casework\"\nold_secret = 'env:OLD'\n"
      "old_secret_until = 2026-12-01T00:00:00Z\n";
  EXPECT_EQ(blotted(text), text);
}

TEST(Secret, MayBeTheDatabasesWholeAddress) {
  CouncilOnDisk council;
  council.put_first("lockgate.toml", "database = \"file:secrets/database\"");
  council.write_secret("secrets/database", "postgresql://u:hunter2@db/x\n");
  const ConfigResult read = council.read();
  EXPECT_THAT(told(read.issues), IsEmpty());
  EXPECT_EQ(read.config.database, "postgresql://u:hunter2@db/x");
}

}  // namespace
}  // namespace lockgate::app
