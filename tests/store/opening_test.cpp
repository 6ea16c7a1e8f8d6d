// What may be opened as the database, and what is said of everything else.

#include <filesystem>
#include <fstream>

#include <soci/sqlite3/soci-sqlite3.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/store/connect.hpp"
#include "plugin/store/database.hpp"
#include "tests/store/commits.hpp"
#include "tests/support/test_database.hpp"

namespace lockgate::store {
namespace {

using testing::HasSubstr;
using testing::Not;

class OpeningTest : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  // Opens it, with a commit in it if asked, and closes it again.
  void make(const std::string& name, bool filled = false) {
    auto database = open("sqlite:" + path(name));
    ASSERT_TRUE(database) << database.error().message;
    for (int i = 1; filled && i <= 100; ++i)
      ASSERT_TRUE(commit_and_wait(**database, test::first_commit(std::to_string(i), i)));
  }

  void expect_refused(const std::string& name, const std::string& says) const {
    const auto database = open("sqlite:" + path(name));
    ASSERT_FALSE(database);
    EXPECT_EQ(database.error().code, Errc::invalid);
    EXPECT_THAT(database.error().message, HasSubstr(says));
    EXPECT_THAT(database.error().message, HasSubstr(path(name)));
    EXPECT_THAT(database.error().message, Not(HasSubstr("\n")));
  }

  test::TempFolder folder_;
};

TEST_F(OpeningTest, O23_AFolder) {
  std::filesystem::create_directory(path("folder"));
  expect_refused("folder", "is a folder");
}

TEST_F(OpeningTest, O23_AFolderThatIsNotThere) {
  expect_refused("nowhere/lockgate.db", "check that its folder is there");
  EXPECT_FALSE(std::filesystem::exists(path("nowhere")));
}

TEST_F(OpeningTest, O23_AnotherKindOfFile) {
  std::ofstream(path("letter.txt")) << std::string(5000, 'x');
  expect_refused("letter.txt", "is another kind of file");
  EXPECT_EQ(std::filesystem::file_size(path("letter.txt")), 5000U);
}

TEST_F(OpeningTest, O23_AnotherProgramsDatabase) {
  soci::session other(soci::sqlite3, "db=" + path("theirs.db"));
  other << "CREATE TABLE notes (text TEXT)";
  expect_refused("theirs.db", "belongs to another program");
}

TEST_F(OpeningTest, O23_ADatabaseThatSaysSoItself) {
  soci::session other(soci::sqlite3, "db=" + path("marked.db"));
  other << "PRAGMA application_id = 7";
  expect_refused("marked.db", "belongs to another program");
}

TEST_F(OpeningTest, O23_ANewerSchema) {
  make("newer.db");
  soci::session(soci::sqlite3, "db=" + path("newer.db"))
      << "INSERT INTO lockgate_schema VALUES (99)";
  const auto database = open("sqlite:" + path("newer.db"));
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, Errc::invalid);
  EXPECT_THAT(database.error().message, HasSubstr("newer Lockgate"));
}

TEST_F(OpeningTest, O23_ADatabaseCutToHalf) {
  make("half.db", true);
  std::filesystem::resize_file(path("half.db"), std::filesystem::file_size(path("half.db")) / 2);
  expect_refused("half.db", "is damaged");
}

TEST_F(OpeningTest, O23_AFirstPageOfZeros) {
  make("zeros.db", true);
  std::fstream file(path("zeros.db"), std::ios::in | std::ios::out | std::ios::binary);
  file << std::string(4096, '\0');
  file.close();
  expect_refused("zeros.db", "is another kind of file");
}

TEST_F(OpeningTest, O23_ALogWithoutItsDatabaseIsNotBegunAnew) {
  std::ofstream(path("gone.db-wal")) << "frames";
  expect_refused("gone.db", "is missing, but its write-ahead log is there");
  EXPECT_FALSE(std::filesystem::exists(path("gone.db")));
}

TEST_F(OpeningTest, AnAddressIsOneOfTwoKinds) {
  const auto database = open("mysql:x");
  EXPECT_EQ(database.error().code, Errc::invalid);
  EXPECT_THAT(database.error().message, HasSubstr("`sqlite:` or `postgresql://`"));
}

TEST_F(OpeningTest, AServerThatIsNotThereIsSaidWithoutTheAddressesPassword) {
  const auto database = open("postgresql://ann:secret@127.0.0.1:1/lockgate");
  EXPECT_EQ(database.error().code, Errc::unavailable);
  EXPECT_THAT(database.error().message, Not(HasSubstr("secret")));
}

TEST_F(OpeningTest, ADatabaseIsOpenedAgainAsItWas) {
  make("lockgate.db", true);
  const auto database = open("sqlite:" + path("lockgate.db"));
  ASSERT_TRUE(database) << database.error().message;
  EXPECT_EQ(*(*database)->prototype_count(), 100);
}

}  // namespace
}  // namespace lockgate::store
