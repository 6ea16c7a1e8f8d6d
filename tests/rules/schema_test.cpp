// What editors are told of rule files, held to what is read.

#include "rules/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include <toml++/toml.h>
#include <boost/json.hpp>

#include "tests/rules/every_key.hpp"

namespace lockgate::rules {
namespace {

namespace json = boost::json;

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
    if (const json::value* pattern = schema.if_contains("pattern")) {
      return std::regex_search(text, std::regex(std::string(pattern->as_string())));
    }
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
  const auto text_for = [](SchemaOf kind) {
    return kind == SchemaOf::rules ? kRules + kLocal : kTests;
  };
  const Mistake mistakes[] = {
      {SchemaOf::rules, "title =", "titel =", "/titel"},
      {SchemaOf::rules, "fix =", "fixx =", "/rule/0/fixx"},
      {SchemaOf::rules, "{ submit =", "{ submitt =", "/rule/0/at/submitt"},
      {SchemaOf::rules, "\"condition\"", "\"conditon\"", "/rule/0/at/submit"},
      {SchemaOf::rules, "\"Is it long?\"", "7", "/rule/0/question"},
      {SchemaOf::rules, "\"Is it long?\"", "\"It is long\"", "/rule/0/question"},
      {SchemaOf::rules, "\"a.kind\"", "\"A.kind\"", "/fact/0/name"},
      {SchemaOf::rules, "\"It is long.\"", "\"\"", "/rule/0/say"},
      {SchemaOf::rules, "source = [\"a test\"]", "source = []", "/rule/0/source"},
      {SchemaOf::rules, "hit = \"collect\"", "hit = \"colect\"", "/table/0/hit"},
      {SchemaOf::rules, "then = 1, why", "then = 1, wyh", "/table/0/rows/0/wyh"},
      {SchemaOf::rules, "{ cel =", "{ cell =", "/table/0/rows/1/if/0/cell"},
      {SchemaOf::rules, "of = \"string\"", "of = \"list\"", "/fact/2/of"},
      {SchemaOf::rules, "always_ask = true", "always_ask = \"yes\"", "/fact/0/always_ask"},
      {SchemaOf::rules, "to = \"Board\"", "to = \"Bored\"", "/rule/0/to", true},
      {SchemaOf::rules, "rule = \"aa-01\"", "rule = \"aa-1\"", "/switch_off/0/rule"},
      {SchemaOf::rules, "rule = \"aa-01\"", "rule = \"aa-02\"", "/switch_off/0/rule", true},
      {SchemaOf::rules, "\"cfg.most\" = 6", "\"cfg.mots\" = 6", "/settings/cfg.mots", true},
      {SchemaOf::rules, "\"cfg.most\" = 6", "\"cfg.most\" = \"6\"", "/settings/cfg.most", true},
      {SchemaOf::rules, "\"cfg.most\" = 6", "cfg.mots = 6", "/settings/cfg/mots", true},
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
    std::string text = text_for(mistake.kind);
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
