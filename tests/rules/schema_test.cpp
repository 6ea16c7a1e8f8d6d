// What editors are told of rule files, held to what is read.

#include "rules/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <toml++/toml.h>
#include <boost/json.hpp>

#include "rules/keys.hpp"
#include "rules/rule_test.hpp"

namespace lockgate::rules {
namespace {

namespace json = boost::json;

// All keys of rule files, and all of test files: each at least once.
const std::string kRules = R"(title = "t"
roles = ["Board"]

[[fact]]
name = "a.kind"
type = "enum"
values = ["x", "y"]
meaning = "kind"
question = "Which kind?"
default = "x"
sensitive = false
always_ask = true
changeable = true

[[fact]]
name = "a.days"
type = "int"
unit = "days"
meaning = "length"
question = "How long?"
min = 0
max = 10
from = "lockgate"

[[fact]]
name = "a.team"
type = "list"
max_items = 5
meaning = "team"
question = "Who?"
[fact.of]
type = "record"
[fact.of.fields]
role = { type = "enum", values = ["x"], optional = true }
days = { type = "double", unit = "days", min = 0, max = 5 }
tags = { type = "list", of = "string", max_items = 3 }
more = { type = "record", fields = { name = "string" } }

[[fact]]
name = "a.lead"
type = "record"
fields = { name = "string" }
meaning = "lead"
question = "Who leads?"

[[setting]]
name = "cfg.most"
type = "int"
unit = "days"
value = 5
meaning = "most days"

[[expression]]
name = "calc.long"
meaning = "long"
is = 'a.days > cfg.most'

[[table]]
name = "calc.sum"
meaning = "sum"
hit = "collect"
collect = "sum"
inputs = ["a.kind"]
results = [1, 2]
default = 1
rows = [
  { if = ["x"], then = 1, why = "so" },
  { if = [{ cel = 'a.kind == "y"' }], then = 2 },
]

[[rule]]
id = "aa-01"
question = "Is it long?"
when = 'calc.long || calc.sum > 1'
at = { submit = "condition" }
to = "Board"
say = "It is long."
fix = "Make it shorter."
takes = "an hour"
before = "start"
basis = "our default"
source = ["a test"]
checked_on = 2026-11-23
review_by = 2099-11-23
)";

const std::string kLocal = R"([settings]
"cfg.most" = 6

[[switch_off]]
rule = "aa-01"
reason = "not here"
)";

const std::string kTests = R"(rules = ["aa-*"]
[facts]
a.days = 7
[[test]]
name = "long"
gate = "submit"
at = 2026-11-23T12:00:00Z
facts = { a = { kind = "x" } }
without = ["a.days"]
verdict = "ask_for_info"
findings = { aa-01 = "ask" }
absent = []
only = true
unknown = ["a.days"]
skip = "later"
[[test]]
name = "short"
todo = "write it"
)";

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

// As much of JSON Schema as the schemas use, over TOML; gives the paths of what is
// not allowed.
class Validator {
 public:
  explicit Validator(const std::string& schema) : root_(json::parse(schema)) {}

  std::vector<std::string> run(const std::string& text) {
    wrong_.clear();
    const toml::table file = toml::parse(text).table();
    check(file, root_, "");
    return wrong_;
  }

 private:
  void check(const toml::node& node, const json::value& schema, const std::string& path) {
    if (!fits(node, schema.as_object())) return wrong_.push_back(path);
    const json::object& object = schema.as_object();
    if (const toml::array* list = node.as_array(); list && object.contains("items")) {
      for (std::size_t i = 0; i < list->size(); ++i) {
        check(*list->get(i), object.at("items"), path + '/' + std::to_string(i));
      }
    }
    if (const toml::table* table = node.as_table()) {
      for (auto&& [key, each] : *table) {
        check_key(each, object, key.str(), path + '/' + std::string(key.str()));
      }
    }
  }

  void check_key(const toml::node& node, const json::object& schema, std::string_view key,
                 const std::string& path) {
    const json::value* properties = schema.if_contains("properties");
    if (properties && properties->as_object().contains(key)) {
      check(node, properties->at(key), path);
    } else if (schema.contains("patternProperties") && key.find('.') != key.npos) {
      return;
    } else if (const json::value* others = schema.if_contains("additionalProperties")) {
      check(node, *others, path);
    }
  }

  bool fits(const toml::node& node, const json::object& schema) {
    if (schema.contains("not")) return false;
    if (const json::value* reference = schema.if_contains("$ref")) {
      EXPECT_EQ(*reference, "#/definitions/type");
      return passes(node, root_.at("definitions").at("type"));
    }
    if (const json::value* any = schema.if_contains("anyOf")) {
      const json::array& all = any->as_array();
      return std::any_of(all.begin(), all.end(),
                         [&](const json::value& each) { return passes(node, each); });
    }
    if (const json::value* type = schema.if_contains("type"); type && type->is_string()) {
      if (type_of(node) != type->as_string()) return false;
    } else if (type) {
      const json::array& types = type->as_array();
      if (std::find(types.begin(), types.end(), json::value(type_of(node))) == types.end())
        return false;
    }
    const std::string text = node.value_or(std::string());
    if (const json::value* words = schema.if_contains("enum")) {
      const json::array& all = words->as_array();
      return std::find(all.begin(), all.end(), json::value(text)) != all.end();
    }
    if (schema.contains("minLength") && text.empty()) return false;
    const json::value* least = schema.if_contains("minItems");
    return !least || !node.as_array()->empty();
  }

  bool passes(const toml::node& node, const json::value& schema) {
    const std::size_t before = wrong_.size();
    check(node, schema, "?");
    const bool fine = wrong_.size() == before;
    wrong_.resize(before);
    return fine;
  }

  // A whole number is a number too; no schema here wants it to be no integer.
  static std::string_view type_of(const toml::node& node) {
    if (node.is_array()) return "array";
    if (node.is_table()) return "object";
    if (node.is_boolean()) return "boolean";
    return node.is_number() ? "number" : "string";
  }

  json::value root_;
  std::vector<std::string> wrong_;
};

// "integer" -> "number": the validator's types are fewer.
std::string simple(std::string schema) {
  for (std::size_t at; (at = schema.find("\"integer\"")) != schema.npos;)
    schema.replace(at, 9, "\"number\"");
  return schema;
}

Validator validator(SchemaOf kind, const RuleSet* known = nullptr) {
  return Validator(simple(json_schema(kind, known)));
}

struct Pack {
  std::string path;
  std::string bytes;
};

std::vector<Pack> packs(bool tests) {
  std::vector<Pack> found;
  for (const auto& entry : std::filesystem::directory_iterator("rules/packs")) {
    const std::string path = entry.path().string();
    if (!path.ends_with(".toml") || path.ends_with(".test.toml") != tests) continue;
    std::ifstream file(path, std::ios::binary);
    found.push_back({path, {std::istreambuf_iterator<char>(file), {}}});
  }
  return found;
}

TEST(Schema, AcceptsAllKeysAndTheShippedPacks) {
  Validator rules = validator(SchemaOf::rules);
  EXPECT_THAT(rules.run(kRules), testing::IsEmpty());
  EXPECT_THAT(rules.run(kLocal), testing::IsEmpty());
  for (const Pack& pack : packs(false))
    EXPECT_THAT(rules.run(pack.bytes), testing::IsEmpty()) << pack.path;
  Validator tests = validator(SchemaOf::tests);
  EXPECT_THAT(tests.run(kTests), testing::IsEmpty());
  for (const Pack& pack : packs(true))
    EXPECT_THAT(tests.run(pack.bytes), testing::IsEmpty()) << pack.path;
}

TEST(Schema, WithTheRulesAcceptsTheShippedTests) {
  std::vector<SourceFile> files;
  for (const Pack& pack : packs(false)) files.push_back({pack.path, pack.bytes});
  const Loaded loaded = load(files);
  ASSERT_TRUE(loaded.rules);
  Validator tests = validator(SchemaOf::tests, loaded.rules.get());
  for (const Pack& pack : packs(true))
    EXPECT_THAT(tests.run(pack.bytes), testing::IsEmpty()) << pack.path;
  Validator rules = validator(SchemaOf::rules, loaded.rules.get());
  for (const Pack& pack : packs(false))
    EXPECT_THAT(rules.run(pack.bytes), testing::IsEmpty()) << pack.path;
}

struct Mistake {
  SchemaOf kind;
  const char* right;
  const char* wrong;
  const char* path;
  bool known = false;  // found only where the names are known
};

TEST(Schema, FindsWhatIsWrongInOnePlace) {
  const Loaded loaded = load({{"packs/a.toml", kRules}});
  ASSERT_TRUE(loaded.rules);
  const Mistake mistakes[] = {
      {SchemaOf::rules, "title =", "titel =", "/titel"},
      {SchemaOf::rules, "fix =", "fixx =", "/rule/0/fixx"},
      {SchemaOf::rules, "{ submit =", "{ submitt =", "/rule/0/at/submitt"},
      {SchemaOf::rules, "\"condition\"", "\"conditon\"", "/rule/0/at/submit"},
      {SchemaOf::rules, "\"Is it long?\"", "7", "/rule/0/question"},
      {SchemaOf::rules, "\"It is long.\"", "\"\"", "/rule/0/say"},
      {SchemaOf::rules, "source = [\"a test\"]", "source = []", "/rule/0/source"},
      {SchemaOf::rules, "hit = \"collect\"", "hit = \"colect\"", "/table/0/hit"},
      {SchemaOf::rules, "then = 1, why", "then = 1, wyh", "/table/0/rows/0/wyh"},
      {SchemaOf::rules, "{ cel =", "{ cell =", "/table/0/rows/1/if/0/cell"},
      {SchemaOf::rules, "of = \"string\"", "of = \"list\"", "/fact/2/of"},
      {SchemaOf::rules, "always_ask = true", "always_ask = \"yes\"", "/fact/0/always_ask"},
      {SchemaOf::rules, "to = \"Board\"", "to = \"Bored\"", "/rule/0/to", true},
      {SchemaOf::tests, "gate =", "gaet =", "/test/0/gaet"},
      {SchemaOf::tests, "\"ask_for_info\"", "\"ask\"", "/test/0/verdict"},
      {SchemaOf::tests, "aa-01 = \"ask\"", "aa-01 = \"aks\"", "/test/0/findings/aa-01"},
      {SchemaOf::tests, "aa-01 = \"ask\"", "aa-02 = \"ask\"", "/test/0/findings/aa-02", true},
      {SchemaOf::tests, "a.days = 7", "a.dayz = 7", "/facts/a/dayz", true},
      {SchemaOf::tests, "a.days = 7", "a.days = \"7\"", "/facts/a/days", true},
      {SchemaOf::tests, "{ kind = \"x\" }", "{ kind = \"z\" }", "/test/0/facts/a/kind", true},
      {SchemaOf::tests, "without = [\"a.days\"]", "without = [\"a.dais\"]", "/test/0/without/0",
       true},
  };
  for (const Mistake& mistake : mistakes) {
    std::string text = mistake.kind == SchemaOf::rules ? kRules : kTests;
    const std::size_t at = text.find(mistake.right);
    ASSERT_NE(at, text.npos) << mistake.right;
    text.replace(at, std::string_view(mistake.right).size(), mistake.wrong);
    const std::vector<std::string> found = validator(mistake.kind).run(text);
    if (mistake.known) {
      EXPECT_THAT(found, testing::IsEmpty()) << mistake.wrong;
    } else {
      EXPECT_THAT(found, testing::ElementsAre(mistake.path)) << mistake.wrong;
    }
    EXPECT_THAT(validator(mistake.kind, loaded.rules.get()).run(text),
                testing::ElementsAre(mistake.path))
        << mistake.wrong;
  }
}

TEST(Schema, LeavesNamesInQuotesAlone) {
  const Loaded loaded = load({{"packs/a.toml", kRules}});
  ASSERT_TRUE(loaded.rules);
  Validator tests = validator(SchemaOf::tests, loaded.rules.get());
  EXPECT_THAT(tests.run("[facts]\n\"a.kind\" = 'x'\n"), testing::IsEmpty());
}

}  // namespace
}  // namespace lockgate::rules
