// How fast rules are on the workload that tests/bench/run rules makes, as one JSON
// object: bench_rules WORKLOAD [SECONDS [PASSES]].
//
// The workload's 50 conditions become a rule file, its facts a vocabulary of records; so
// what is measured is what a council's rules cost.

#include <time.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>

#include <boost/json.hpp>

#include "rules/evaluate.hpp"
#include "rules/json_facts.hpp"
#include "rules/rule_set.hpp"
#include "rules/table.hpp"

namespace json = boost::json;
namespace rules = lockgate::rules;
namespace cel = lockgate::cel;

namespace {

constexpr std::string_view kVocabulary = R"(
roles = ["Board"]

[[fact]]
name = "project"
type = "record"
meaning = "the project"
question = "Which project?"
[fact.fields]
id = "string"
name = "string"
stage = { type = "enum", values = ["discovery", "alpha", "beta", "live"] }
version = "string"
owner_email = "string"
nation = "string"
tags = { type = "list", of = "string" }
predecessor = { type = "string", optional = true }

[[fact]]
name = "participants"
type = "record"
meaning = "who takes part"
question = "Who takes part?"
[fact.fields]
count = "int"
groups = { type = "list", of = "string" }
approved_groups = { type = "list", of = "string" }
consent_rate = "double"

[[fact]]
name = "safeguarding"
type = "record"
meaning = "safeguarding"
question = "What of safeguarding?"
[fact.fields]
lead_signed_off = "bool"
dbs_checked = "int"
incidents = { type = "list", of = { type = "record", fields = { severity = "int", open = "bool", ref = "string" } } }

[[fact]]
name = "data"
type = "record"
meaning = "data"
question = "Which data?"
[fact.fields]
classification = "string"
personal = "bool"
special_category = "bool"
retention_days = "int"
processors = { type = "list", of = "string" }
dpia = { type = "record", fields = { done = "bool", score = "double" } }
privacy_notice_url = "string"
dpo_email = { type = "string", optional = true }

[[fact]]
name = "budget"
type = "record"
meaning = "money"
question = "How much?"
[fact.fields]
total = "double"
spent = "double"
currency = "string"

[[fact]]
name = "accessibility"
type = "record"
meaning = "accessibility"
question = "Who can use it?"
[fact.fields]
wcag = "string"
issues = { type = "record", fields = { critical = "int", serious = "int", minor = "int" } }
tested_with_users = "bool"
audit_passed = "bool"
languages = { type = "list", of = "string" }

[[fact]]
name = "hosting"
type = "record"
meaning = "hosting"
question = "Where is it?"
[fact.fields]
region = "string"
uptime = "double"
encrypted_at_rest = "bool"
encrypted_in_transit = "bool"
pci_scope = "string"

[[fact]]
name = "dates"
type = "record"
meaning = "when"
question = "When?"
[fact.fields]
start = "timestamp"
end = "timestamp"

[[fact]]
name = "team"
type = "list"
meaning = "who does the work"
question = "Who does the work?"
[fact.of]
type = "record"
fields = { name = "string", role = "string", days_per_week = "double" }

[[fact]]
name = "flags"
type = "record"
meaning = "flags"
question = "Which flags?"
[fact.fields]
public = "bool"
payments = "bool"
automated_decision = "bool"
human_review = "bool"

[[fact]]
name = "support"
type = "record"
meaning = "support"
question = "Who helps?"
[fact.fields]
channels = { type = "list", of = "string" }
hours = { type = "record", fields = { open = "int", close = "int" } }

[[fact]]
name = "limits"
type = "map"
of = "int"
meaning = "limits"
question = "Which limits?"
)";

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) {
    std::cerr << path << " cannot be read\n";
    std::exit(1);
  }
  return std::move(text).str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string rule_of(std::size_t number, std::string_view condition) {
  char id[32];
  std::snprintf(id, sizeof id, "r-%04zu", number);
  return std::string("[[rule]]\nid = \"") + id + "\"\nquestion = \"Is it so?\"\nwhen = '''" +
         std::string(condition) +
         "'''\nat = { submit = \"note\" }\nto = \"Board\"\nsay = \"It is so.\"\n"
         "basis = \"our default\"\nsource = [\"the benchmark\"]\n"
         "checked_on = 2026-11-23\nreview_by = 2027-11-23\n\n";
}

std::shared_ptr<const rules::RuleSet> load(const std::vector<std::string>& conditions) {
  std::string text;
  for (std::size_t i = 0; i < conditions.size(); ++i) text += rule_of(i + 1, conditions[i]);
  rules::Loaded loaded = rules::load(
      {{"bench/vocabulary.toml", std::string(kVocabulary)}, {"bench/rules.toml", std::move(text)}});
  for (const rules::Issue& issue : loaded.issues) {
    std::cerr << issue.file << ':' << issue.line << ": " << issue.message << '\n';
  }
  if (!loaded.rules) std::exit(1);
  return loaded.rules;
}

double seconds(clockid_t clock) {
  timespec at{};
  clock_gettime(clock, &at);
  return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) * 1e-9;
}

// Things done per second, by wall clock and by CPU: the median of the passes.
json::object timed(const std::function<void()>& round, double things, double least, int passes) {
  std::uint64_t rounds = 1;
  while (true) {
    const double start = seconds(CLOCK_MONOTONIC);
    for (std::uint64_t i = 0; i < rounds; ++i) round();
    const double took = seconds(CLOCK_MONOTONIC) - start;
    if (took > least / 4) {
      rounds = std::max<std::uint64_t>(
          1, static_cast<std::uint64_t>(static_cast<double>(rounds) * least / took));
      break;
    }
    rounds *= 2;
  }
  std::vector<double> wall, cpu;
  for (int pass = 0; pass < passes; ++pass) {
    const double wall_start = seconds(CLOCK_MONOTONIC);
    const double cpu_start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (std::uint64_t i = 0; i < rounds; ++i) round();
    const double done = things * static_cast<double>(rounds);
    wall.push_back(done / (seconds(CLOCK_MONOTONIC) - wall_start));
    cpu.push_back(done / (seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu_start));
  }
  std::sort(wall.begin(), wall.end());
  std::sort(cpu.begin(), cpu.end());
  const std::size_t middle = wall.size() / 2;
  return {{"wall", static_cast<std::int64_t>(wall[middle])},
          {"cpu", static_cast<std::int64_t>(cpu[middle])},
          {"min", static_cast<std::int64_t>(wall.front())},
          {"max", static_cast<std::int64_t>(wall.back())}};
}

cel::Value value_of(const json::value& value) {
  if (value.is_string()) return cel::Value::string(std::string_view(value.as_string()));
  if (value.is_double()) return cel::Value::real(value.as_double());
  return cel::Value::integer(value.to_number<std::int64_t>());
}

rules::Cell cell_of(const json::value& cell) {
  rules::Cell made;
  if (cell.is_null()) return made;
  const auto& [word, what] = *cell.as_object().begin();
  const auto exactly = [&](const json::value& value) {
    const rules::Bound bound{value_of(value)};
    made.ranges.push_back({bound, bound});
  };
  if (word == "eq") exactly(what);
  if (word == "in") {
    for (const json::value& each : what.as_array()) exactly(each);
  }
  if (word == "range") {
    made.ranges.push_back({rules::Bound{value_of(what.at(0))}, rules::Bound{value_of(what.at(1))}});
  }
  if (word == "lt") made.ranges.push_back({{}, rules::Bound{value_of(what), false}});
  if (word == "ge") made.ranges.push_back({rules::Bound{value_of(what)}, {}});
  return made;
}

rules::Table table_of(const json::value& written, const cel::Declarations& names) {
  rules::TableDefinition definition{.hit = rules::HitPolicy::first, .inputs = {}, .rows = {}};
  for (const json::value& input : written.at("inputs").as_array()) {
    const std::string path(input.at("path").as_string());
    const bool text = input.at("type") == "string";
    auto program = cel::compile(path, names);
    if (!program) std::exit(1);
    definition.inputs.push_back(
        {.text = path,
         .domain = {.kind = text ? rules::ColumnKind::text : rules::ColumnKind::number,
                    .grain = input.at("type") == "int" ? rules::Grain::whole : rules::Grain::real},
         .program = *program});
  }
  std::int64_t number = 0;
  for (const json::value& row : written.at("rows").as_array()) {
    rules::TableRow made{.cells = {}, .result = cel::Value::integer(number++)};
    for (const json::value& cell : row.at("cells").as_array()) made.cells.push_back(cell_of(cell));
    definition.rows.push_back(std::move(made));
  }
  return rules::Table(std::move(definition));
}

constexpr cel::Limits kLimits{.cost = 1'000'000, .finite = true};

std::size_t judged(const rules::RuleSet& set, const std::vector<cel::Value>& facts) {
  std::size_t holding = 0;
  for (const rules::Rule& rule : set.rules()) {
    holding += rule.when.evaluate(facts, kLimits).is_true();
  }
  return holding;
}

// The row that decides, or -1.
std::int64_t looked_up(const rules::Table& table, const std::vector<cel::Value>& facts) {
  std::array<cel::Value, 4> inputs;
  const auto& programs = table.definition().inputs;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    inputs[i] = programs[i].program->evaluate(facts, kLimits);
  }
  const auto row = table.find(inputs);
  return row ? static_cast<std::int64_t>(*row) : -1;
}

double cpu_of(const json::object& figures) { return figures.at("cpu").to_number<double>(); }

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: bench_rules WORKLOAD [SECONDS [PASSES]]\n";
    return 2;
  }
  const std::string folder = argv[1];
  const double least = argc > 2 ? std::atof(argv[2]) : 1;
  const int passes = argc > 3 ? std::atoi(argv[3]) : 5;

  std::vector<std::string> conditions;
  const json::value written = json::parse(read(folder + "/rules.json"));
  for (const json::value& rule : written.at("rules").as_array()) {
    conditions.emplace_back(rule.at("cel").as_string());
  }
  const auto set = load(conditions);
  const std::vector<std::string> lines = lines_of(read(folder + "/facts.jsonl"));
  std::vector<json::value> expected;
  for (const std::string& line : lines_of(read(folder + "/expected.jsonl"))) {
    expected.push_back(json::parse(line));
  }

  rules::JsonFacts reader(set->vocabulary());
  std::vector<std::vector<cel::Value>> facts;
  for (const std::string& line : lines) {
    std::vector<cel::Value> values;
    if (!reader.read_values(line, values)) {
      std::cerr << "facts do not fit: " << line.substr(0, 80) << '\n';
      if (auto why = reader.read(line); !why) {
        for (const auto& problem : why.error().problems) {
          std::cerr << problem.pointer << ' ' << problem.detail << ": " << problem.fix << '\n';
        }
      }
      return 1;
    }
    facts.push_back(std::move(values));
  }

  int wrong = 0;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const auto& letters = expected[i].at("rules").as_string();
    for (std::size_t k = 0; k < set->rules().size(); ++k) {
      const cel::Value value = set->rules()[k].when.evaluate(facts[i], kLimits);
      wrong += !(letters[k] == 'T' ? value.is_true() : value.is_false());
    }
  }

  std::size_t sink = 0;
  json::object out{{"name", "lockgate"},
                   {"version", LOCKGATE_VERSION},
                   {"rules_supported", conditions.size()},
                   {"wrong", wrong}};
  out["rule_evals_per_s"] = timed(
      [&] {
        for (const auto& each : facts) sink += judged(*set, each);
      },
      static_cast<double>(facts.size() * conditions.size()), least, passes);
  std::vector<cel::Value> values;
  out["facts_from_json_per_s"] = timed(
      [&] {
        for (const std::string& line : lines) {
          if (reader.read_values(line, values)) sink += judged(*set, values);
        }
      },
      static_cast<double>(lines.size()), least, passes);

  const auto look_ups = [&](const std::string& file, const std::string& wrong_key,
                            const std::function<std::int64_t(std::size_t)>& right) {
    const rules::Table table = table_of(json::parse(read(folder + file)), set->declarations());
    int wrong_rows = 0;
    for (std::size_t i = 0; i < facts.size(); ++i) {
      wrong_rows += looked_up(table, facts[i]) != right(i);
    }
    out[wrong_key] = wrong_rows;
    wrong += wrong_rows;
    return timed(
        [&] {
          for (const auto& each : facts) sink += static_cast<std::size_t>(looked_up(table, each));
        },
        static_cast<double>(facts.size()), least, passes);
  };
  const json::object hundred = look_ups("/table.json", "table_wrong", [&](std::size_t i) {
    return expected[i].at("row").to_number<std::int64_t>();
  });
  out["table_per_s"] = hundred;
  const json::value rows_10000 = json::parse(read(folder + "/expected_10000.json"));
  const json::object ten_thousand =
      look_ups("/table_10000.json", "table_10000_wrong",
               [&](std::size_t i) { return rows_10000.at(i).to_number<std::int64_t>(); });
  out["table_10000_per_s"] = ten_thousand;
  out["table_10000_cost_ratio"] = cpu_of(hundred) / cpu_of(ten_thousand);

  std::vector<std::string> many;
  for (int i = 0; i < 20; ++i) many.insert(many.end(), conditions.begin(), conditions.end());
  const double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
  const auto thousand = load(many);
  out["load_1000_rules_ms"] = 1000 * (seconds(CLOCK_PROCESS_CPUTIME_ID) - start);
  many.resize(100);
  const auto one_hundred = load(many);
  const auto checks_per_second = [&](const rules::RuleSet& rules_of) {
    return cpu_of(timed(
        [&] {
          for (const auto& each : facts) sink += judged(rules_of, each);
        },
        static_cast<double>(facts.size()), least, passes));
  };
  out["rules_1000_to_100_ratio"] = checks_per_second(*one_hundred) / checks_per_second(*thousand);

  if (std::getenv("LOCKGATE_BENCH_EACH")) {
    for (const rules::Rule& rule : set->rules()) {
      const json::object each = timed(
          [&] {
            for (const auto& values_of : facts)
              sink += rule.when.evaluate(values_of, kLimits).is_true();
          },
          static_cast<double>(facts.size()), 0.05, 3);
      std::fprintf(stderr, "%s %.1f ns\n", rule.id.c_str(),
                   1e9 / each.at("cpu").to_number<double>());
    }
  }
  std::cout << out << '\n';
  return wrong == 0 && sink > 0 ? 0 : 1;
}
