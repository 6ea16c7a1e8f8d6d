// The list of keys, held to what is read.

#include "rules/keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include <toml++/toml.h>

#include "rules/rule_test.hpp"
#include "tests/rules/every_key.hpp"

namespace lockgate::rules {
namespace {

struct Table {
  const char* path;  // "/rule": the elements of lists stand for the list
  FilePart part;
};

const Table kRuleTables[] = {{"", FilePart::rule_file},
                             {"/fact", FilePart::fact},
                             {"/fact/of", FilePart::type},
                             {"/fact/of/fields/role", FilePart::type},
                             {"/fact/of/fields/days", FilePart::type},
                             {"/fact/of/fields/tags", FilePart::type},
                             {"/fact/of/fields/more", FilePart::type},
                             {"/setting", FilePart::setting},
                             {"/expression", FilePart::expression},
                             {"/table", FilePart::table},
                             {"/table/rows", FilePart::row},
                             {"/table/rows/if", FilePart::cell},
                             {"/rule", FilePart::rule},
                             {"/switch_off", FilePart::switch_off}};
const Table kTestTables[] = {{"", FilePart::test_file}, {"/test", FilePart::test}};

// Calls `visit` with every table of the file and its path.
void walk(toml::node& node, const std::string& path,
          const std::function<void(toml::table&, const std::string&)>& visit) {
  if (toml::array* list = node.as_array()) {
    for (toml::node& each : *list) walk(each, path, visit);
  } else if (toml::table* table = node.as_table()) {
    visit(*table, path);
    for (auto&& [key, each] : *table) walk(each, path + '/' + std::string(key.str()), visit);
  }
}

template <std::size_t count>
const Table* find(const Table (&tables)[count], const std::string& path) {
  const auto found = std::find_if(std::begin(tables), std::end(tables),
                                  [&](const Table& each) { return path == each.path; });
  return found == std::end(tables) ? nullptr : found;
}

std::vector<Issue> issues_of_rules(const std::string& text) {
  return load({{"packs/a.toml", text}, {"local/b.toml", kLocal}}).issues;
}

std::vector<Issue> issues_of_tests(const std::string& text) {
  const Loaded loaded = load({{"packs/a.toml", kRules}});
  if (!loaded.rules) return loaded.issues;
  const std::vector<SourceFile> files = {{"a.test.toml", text}};
  return read_tests(*loaded.rules, files).issues;
}

// The keys that the texts hold must be all keys of the list, each of them read.
template <std::size_t count>
void expect_every_key(const std::vector<std::string>& texts, const Table (&tables)[count]) {
  std::map<FilePart, std::set<std::string>> seen;
  for (const std::string& text : texts) {
    toml::table file = toml::parse(text).table();
    walk(file, "", [&](toml::table& table, const std::string& path) {
      const Table* known = find(tables, path);
      if (!known) return;
      for (auto&& [key, node] : table) seen[known->part].emplace(key.str());
    });
  }
  for (const Table& table : tables) {
    std::set<std::string> listed;
    for (const Key& key : keys_of(table.part)) listed.emplace(key.name);
    EXPECT_EQ(seen[table.part], listed) << table.path;
  }
}

TEST(Keys, OfTheListAreAllRead) {
  expect_every_key({kRules, kLocal}, kRuleTables);
  expect_every_key({kTests}, kTestTables);
  for (const auto& issues : {issues_of_rules(kRules), issues_of_tests(kTests)}) {
    EXPECT_TRUE(issues.empty()) << in_plain(issues);
  }
}

// Puts a key that nobody knows into one table after the other.
template <std::size_t count>
void expect_refused(const std::string& text, const Table (&tables)[count],
                    std::vector<Issue> (*read)(const std::string&)) {
  std::set<std::string> tried;
  toml::table file = toml::parse(text).table();
  walk(file, "", [&](toml::table& table, const std::string& path) {
    if (!find(tables, path) || table.contains("todo")) return;
    table.insert("qqqqqq", 1);
    std::ostringstream changed;
    changed << file;
    const std::vector<Issue> issues = read(changed.str());
    EXPECT_THAT(issues, testing::Contains(testing::AllOf(
                            testing::Field(&Issue::code, "LG102"),
                            testing::Field(&Issue::message, testing::HasSubstr("`qqqqqq`")))))
        << path;
    table.erase("qqqqqq");
    tried.insert(path);
  });
  for (const Table& each : tables) {
    if (std::string_view(each.path) == "/switch_off") continue;
    EXPECT_EQ(tried.count(each.path), 1u) << each.path;
  }
}

TEST(Keys, NotOnTheListAreRefused) {
  expect_refused(kRules, kRuleTables, issues_of_rules);
  expect_refused(kTests, kTestTables, issues_of_tests);
}

TEST(Keys, HaveAMeaningInOneLine) {
  for (int part = 0; part <= static_cast<int>(FilePart::test); ++part) {
    for (const Key& key : keys_of(static_cast<FilePart>(part))) {
      EXPECT_THAT(std::string(key.meaning), testing::MatchesRegex("[A-Z0-9][^\n]{3,99}[.]"))
          << key.name;
      EXPECT_EQ(key.shape == Shape::word, key.words != nullptr) << key.name;
      EXPECT_EQ(key.shape == Shape::tables, key.part.has_value()) << key.name;
    }
  }
}

}  // namespace
}  // namespace lockgate::rules
