// `lockgate fmt` and `lockgate schema` as functions.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include "plugin/app/commands.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/write_file.hpp"
#include "tests/app/council_on_disk.hpp"
#include "tests/app/said.hpp"

namespace lockgate::app {
namespace {

namespace fs = std::filesystem;

using test::run;
using test::Said;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Fmt : public testing::Test {
 protected:
  Said fmt(std::vector<std::string> names, bool check = false, bool diff = false) {
    FmtOptions options{.check = check, .diff = diff};
    for (const std::string& name : names) options.paths.push_back(at(name));
    return run([&] { return app::fmt(options); });
  }
  void write(const std::string& name, const std::string& text) { folder_.write(name, text); }
  std::string text(const std::string& name) const { return folder_.text(name); }
  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

  test::CouncilOnDisk folder_;
};

TEST_F(Fmt, ChangesRulesAndTestsInFoldersAndNamesThem) {
  write("rules/b.toml", "a=1 # b\n");
  write("rules/below/a.test.toml", "a=1\r\n");
  write("rules/good.toml", "a = 1\n");
  write("rules/.hidden.toml", "a=1\n");
  write("rules/notes.txt", "a=1\n");
  const Said said = fmt({"rules", "rules/b.toml"});
  EXPECT_EQ(said.code, kFine) << said.err;
  EXPECT_EQ(said.out, at("rules/b.toml") + '\n' + at("rules/below/a.test.toml") + '\n');
  EXPECT_EQ(text("rules/b.toml"), "a = 1 # b\n");
  EXPECT_EQ(text("rules/below/a.test.toml"), "a = 1\n");
  EXPECT_EQ(text("rules/.hidden.toml"), "a=1\n");
  EXPECT_EQ(text("rules/notes.txt"), "a=1\n");
  EXPECT_EQ(fmt({"rules"}).out, "");
}

TEST_F(Fmt, WithCheckOrDiffChangesNothing) {
  write("rules/a.toml", "a=1\n");
  write("rules/b.toml", "a = 1\n");
  const Said check = fmt({"rules"}, true);
  EXPECT_EQ(check.code, kRulesInvalid);
  EXPECT_EQ(check.out, at("rules/a.toml") + '\n');
  EXPECT_EQ(check.err, "1 of 2 files would change; `lockgate fmt` changes them\n");
  const Said diff = fmt({"rules"}, false, true);
  EXPECT_EQ(diff.code, kRulesInvalid);
  EXPECT_THAT(diff.out, HasSubstr("@@ -1,1 +1,1 @@\n-a=1\n+a = 1\n"));
  EXPECT_EQ(text("rules/a.toml"), "a=1\n");
  EXPECT_EQ(fmt({"rules/b.toml"}, true).code, kFine);
  EXPECT_EQ(fmt({"rules/b.toml"}, false, true).out, "");
}

TEST_F(Fmt, ChangesNoFileIfOneIsNotToml) {
  write("rules/a.toml", "a=1\n");
  write("rules/b.toml", "a=\n");
  const Said said = fmt({"rules"});
  EXPECT_EQ(said.code, kRulesInvalid);
  EXPECT_EQ(said.out, "");
  EXPECT_THAT(said.err, HasSubstr("error[LG101]"));
  EXPECT_THAT(said.err, HasSubstr("b.toml:1:3"));
  EXPECT_EQ(text("rules/a.toml"), "a=1\n");
}

TEST_F(Fmt, SaysWhatIsNotThere) {
  EXPECT_EQ(fmt({"nowhere.toml"}).code, kCouldNot);
  fs::create_directory(at("empty"));
  const Said said = fmt({"empty"});
  EXPECT_EQ(said.code, kCouldNot);
  EXPECT_THAT(said.err, HasSubstr("there is no *.toml to format"));
}

TEST_F(Fmt, KeepsModesAndLinksAndLeavesNothingElse) {
  write("real/a.toml", "a=1\n");
  fs::create_directory(at("rules"));
  fs::create_symlink(at("real/a.toml"), at("rules/a.toml"));
  const fs::perms mode = fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read;
  fs::permissions(at("real/a.toml"), mode);
  EXPECT_EQ(fmt({"rules/a.toml"}).code, kFine);
  EXPECT_TRUE(fs::is_symlink(at("rules/a.toml")));
  EXPECT_EQ(text("real/a.toml"), "a = 1\n");
  EXPECT_EQ(fs::status(at("real/a.toml")).permissions(), mode);
  for (const char* folder : {"real", "rules"}) {
    EXPECT_EQ(std::distance(fs::directory_iterator(at(folder)), {}), 1) << folder;
  }
}

TEST_F(Fmt, ReplacesNoFileThatIsNotThere) {
  EXPECT_EQ(replace_file(at("new.toml"), "a").error().code, Errc::unavailable);
  EXPECT_FALSE(fs::exists(at("new.toml")));
}

TEST_F(Fmt, TheExampleCouncilAndThePacksAreLaidOut) {
  const Said said = run([] {
    return app::fmt({.paths = {"rules/packs", "examples"}, .check = true});
  });
  EXPECT_EQ(said.code, kFine) << said.out;
}

TEST(Schema, IsJsonAndKnowsTheRulesItIsGiven) {
  const Said plain = run([] { return schema({}); });
  EXPECT_EQ(plain.code, kFine);
  EXPECT_TRUE(boost::json::parse(plain.out).at("properties").as_object().contains("rule"));
  EXPECT_THAT(plain.out, Not(HasSubstr("Democratic Services")));
  const Said known = run([] { return schema({.kind = "tests", .rules = {"packs"}}); });
  EXPECT_EQ(known.code, kFine);
  EXPECT_TRUE(boost::json::parse(known.out).at("properties").as_object().contains("test"));
  EXPECT_THAT(known.out, HasSubstr("\"participants\""));
}

TEST(Schema, OfRulesThatAreNotValidIsRefused) {
  const Said said = run([] { return schema({.rules = {"tests/rules/five_mistakes.toml"}}); });
  EXPECT_EQ(said.code, kRulesInvalid);
  EXPECT_THAT(said.out, IsEmpty());
  EXPECT_THAT(said.err, HasSubstr("error[LG"));
}

}  // namespace
}  // namespace lockgate::app
