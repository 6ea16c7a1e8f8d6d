#include "rules/test_file.hpp"

#include <algorithm>
#include <utility>

#include "rules/fact_reader.hpp"
#include "rules/keys.hpp"
#include "rules/rule_file.hpp"
#include "rules/spelling.hpp"
#include "rules/toml_reader.hpp"
#include "rules/toml_value.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

// A test that names no moment is judged then, so that its result never depends
// on the day.
constexpr UtcTime kUsualMoment =
    std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(12);

class TestReader {
 public:
  TestReader(const RuleSet& rules, const TomlText& text, std::vector<Issue>& issues)
      : rules_(rules), text_(text), issues_(issues) {
    for (const Rule& rule : rules.rules()) ids_.push_back(rule.id);
  }

  std::vector<RuleTest> run() {
    TomlReader reader(text_.table(), text_, "", issues_);
    reader.expect(keys_of(FilePart::test_file));
    if (reader.node("rules")) read_scope(reader);
    if (const toml::table* facts = reader.table("facts")) read_shared_facts(reader, *facts);
    std::vector<RuleTest> tests;
    for (const toml::table* each : reader.tables("test")) tests.push_back(read(*each));
    return tests;
  }

 private:
  // `rules = ["dp-01", "sg-*"]`: what the tests of this file are about.
  void read_scope(TomlReader& reader) {
    const std::vector<std::string> all = std::exchange(ids_, {});
    for (const std::string& wanted : reader.texts("rules")) {
      const bool several = wanted.ends_with('*');
      const std::string_view start = std::string_view(wanted).substr(0, wanted.size() - several);
      const std::size_t before = ids_.size();
      std::copy_if(all.begin(), all.end(), std::back_inserter(ids_), [&](const std::string& id) {
        return several ? id.starts_with(start) : id == start;
      });
      if (ids_.size() == before) no_such(reader.place("rules"), "rule", wanted, all);
    }
    std::sort(ids_.begin(), ids_.end());
    about_ = ids_;
  }

  RuleTest read(const toml::table& table) {
    TomlReader reader(table, text_, " in this `[[test]]`", issues_);
    reader.expect(keys_of(FilePart::test));
    RuleTest test;
    test.about = about_;
    test.file = text_.file();
    test.line = table.source().begin.line;
    test.name = reader.required_text("name");
    if (reader.node("skip")) test.skip = reader.required_text("skip");
    if (reader.node("todo")) {
      test.skip = reader.required_text("todo");
      test.todo = true;
      return test;
    }
    if (reader.require("gate")) {
      test.gate =
          gate_from_text(reader.word("gate", "a gate", gate_words())).value_or(Gate::submit);
    }
    test.at = reader.moment("at").value_or(kUsualMoment);
    if (reader.require("verdict")) {
      test.verdict = verdict_from_text(reader.word("verdict", "a verdict", verdict_words()))
                         .value_or(Verdict::approve);
    }
    if (const toml::table* findings = reader.table("findings")) read_findings(*findings, test);
    test.absent = reader.texts("absent");
    for (const std::string& id : test.absent) check_rule(id, reader.place("absent"));
    test.only = reader.boolean("only").value_or(false);
    if (reader.node("unknown")) {
      test.unknown = reader.texts("unknown");
      for (const std::string& name : *test.unknown) check_fact(name, reader.place("unknown"));
      std::sort(test.unknown->begin(), test.unknown->end());
    }
    read_facts_of(reader, test);
    return test;
  }

  void read_findings(const toml::table& findings, RuleTest& test) {
    TomlReader reader(findings, text_, " in `findings`", issues_);
    for (const auto& [key, node] : findings) {
      check_rule(std::string(key.str()), key.source());
      const auto outcome = outcome_from_text(reader.word(key.str(), "an outcome", outcome_words()))
                               .value_or(Outcome{});
      test.findings.emplace_back(std::string(key.str()), outcome);
    }
  }

  void read_shared_facts(TomlReader& reader, const toml::table& facts) {
    std::vector<GivenFact> given;
    collect(facts, "", given);
    if (checked(reader, given)) shared_ = std::move(given);
  }

  void read_facts_of(TomlReader& reader, RuleTest& test) {
    std::vector<GivenFact> given;
    if (const toml::table* facts = reader.table("facts")) collect(*facts, "", given);
    if (!checked(reader, given)) return;
    const std::vector<std::string> without = read_without(reader, given);
    for (const GivenFact& fact : shared_) {
      if (!is_given(given, fact.path) &&
          std::find(without.begin(), without.end(), fact.path) == without.end()) {
        given.push_back(fact);
      }
    }
    if (Result<Facts> facts = read_facts(rules_.vocabulary(), given)) {
      test.facts = *std::move(facts);
    }
  }

  // The facts of the file that the test does without.
  std::vector<std::string> read_without(TomlReader& reader, const std::vector<GivenFact>& given) {
    std::vector<std::string> without = reader.texts("without");
    for (const std::string& name : without) {
      if (!rules_.vocabulary().find(name)) {
        check_fact(name, reader.place("without"));
      } else if (is_given(given, name)) {
        reader.complain("without", ticked(name) + " stands in this test's own `facts`",
                        "take it out there or here", "LG107");
      } else if (!is_given(shared_, name)) {
        reader.complain("without", ticked(name) + " does not stand in the file's `[facts]`",
                        "take it out here: the test does without it anyway", "LG117");
      }
    }
    return without;
  }

  static bool is_given(const std::vector<GivenFact>& given, std::string_view name) {
    return std::any_of(given.begin(), given.end(),
                       [name](const GivenFact& each) { return each.path == name; });
  }

  // False, with an issue, if there is a mistake among the facts just collected.
  bool checked(TomlReader& reader, const std::vector<GivenFact>& given) {
    if (!std::exchange(all_fit_, true)) return false;
    const Result<Facts> facts = read_facts(rules_.vocabulary(), given);
    if (facts) return true;
    // One by one they fit: the same fact stands there in two notations.
    for (const Problem& problem : facts.error().problems) {
      reader.complain("facts", problem.detail, "keep one of them", "LG107");
    }
    return false;
  }

  // Facts stand under dotted keys, in tables within tables, or both.
  void collect(const toml::table& table, const std::string& prefix, std::vector<GivenFact>& given) {
    for (const auto& [key, node] : table) {
      const std::string path = prefix + std::string(key.str());
      const FactDeclaration* fact = rules_.vocabulary().find(path);
      if (const toml::table* below = node.as_table(); below && !fact) {
        collect(*below, path + '.', given);
      } else if (!fact) {
        check_fact(path, key.source());
        all_fit_ = false;
      } else {
        FactValue value = to_fact_value(node);
        all_fit_ &= fits(*fact, value, "this", text_, node.source(), issues_);
        given.push_back({path, {}, std::move(value)});
      }
    }
  }

  void check_rule(const std::string& id, const toml::source_region& place) {
    if (std::binary_search(ids_.begin(), ids_.end(), id)) return;
    if (!rules_.find(id)) return no_such(place, "rule", id, ids_);
    Issue issue = text_.issue(place, "LG117", ticked(id) + " is not one of this file's `rules`");
    issue.help = "add it to `rules` at the top of the file";
    issues_.push_back(std::move(issue));
  }

  void check_fact(const std::string& name, const toml::source_region& place) {
    if (!rules_.vocabulary().find(name)) no_such(place, "fact", name, rules_.vocabulary().names());
  }

  void no_such(const toml::source_region& place, std::string_view kind, const std::string& name,
               std::span<const std::string> known) {
    Issue issue =
        text_.issue(place, "LG117", "there is no " + std::string(kind) + ' ' + ticked(name));
    const std::string guess = nearest(name, known);
    issue.help = did_you_mean(guess);
    issues_.push_back(std::move(issue));
  }

  const RuleSet& rules_;
  const TomlText& text_;
  std::vector<Issue>& issues_;
  std::vector<std::string> ids_;    // that a test may name
  std::vector<std::string> about_;  // those, if the file says so
  std::vector<GivenFact> shared_;   // by every test of the file
  bool all_fit_ = true;
};

}  // namespace

std::vector<RuleTest> read_test_file(const RuleSet& rules, const SourceFile& file,
                                     std::vector<Issue>& issues) {
  const auto text = TomlText::parse(file.path, file.bytes, issues);
  if (!text) return {};
  return TestReader(rules, *text, issues).run();
}

}  // namespace lockgate::rules
