// The public interface, include/lockgate/rules.hpp, in terms of the house's own.

#include <algorithm>
#include <stdexcept>

#include "lockgate/rules.hpp"
#include "rules/change.hpp"
#include "rules/evaluate.hpp"
#include "rules/explain.hpp"
#include "rules/json_facts.hpp"
#include "rules/rule_folders.hpp"
#include "rules/spelling.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {

struct EngineMaker {
  static LoadedEngine make(LoadedFolders loaded);
};

namespace {

Diagnostic diagnostic_of(const Issue& issue) {
  return {.code = issue.code,
          .file = issue.file,
          .line = issue.line,
          .column = issue.column,
          .length = issue.length,
          .message = issue.message,
          .help = issue.help,
          .is_warning = issue.severity == Severity::warning};
}

LoadOptions load_options(const EngineOptions& options) {
  return {.advise = options.advise, .today = options.today};
}

}  // namespace

LoadedEngine EngineMaker::make(LoadedFolders loaded) {
  std::vector<Issue> issues = std::move(loaded.issues);
  issues.insert(issues.end(), loaded.advice.begin(), loaded.advice.end());
  sort(issues);
  LoadedEngine made;
  if (loaded.rules) made.engine = Engine(std::move(loaded.rules));
  for (const Issue& issue : issues) made.diagnostics.push_back(diagnostic_of(issue));
  if (issues.empty()) return made;
  made.text = in_human(issues, [&](std::string_view file) -> std::string_view {
    const auto found = std::find_if(loaded.texts.begin(), loaded.texts.end(),
                                    [&](const SourceFile& each) { return each.path == file; });
    return found == loaded.texts.end() ? std::string_view() : found->bytes;
  });
  return made;
}

LoadedEngine load_engine(std::vector<RuleText> files, const EngineOptions& options) {
  LoadedFolders loaded;
  for (RuleText& file : files)
    loaded.texts.push_back({std::move(file.path), std::move(file.bytes)});
  Loaded compiled = load(loaded.texts, load_options(options));
  loaded.rules = std::move(compiled.rules);
  loaded.issues = std::move(compiled.issues);
  loaded.advice = std::move(compiled.advice);
  return EngineMaker::make(std::move(loaded));
}

LoadedEngine load_engine_folders(const std::vector<std::filesystem::path>& folders,
                                 const EngineOptions& options) {
  std::vector<std::string> names;
  for (const std::filesystem::path& folder : folders) names.push_back(folder.string());
  return EngineMaker::make(load_folders({}, names, {}, load_options(options)));
}

PreparedFacts::PreparedFacts(std::shared_ptr<const RuleSet> rules, Facts facts)
    : rules_(std::move(rules)), facts_(std::make_shared<const Facts>(std::move(facts))) {}

std::span<const KeptFact> PreparedFacts::given() const { return facts_->given; }

Engine::Engine(std::shared_ptr<const RuleSet> rules) : rules_(std::move(rules)) {}

const Facts& Engine::own(const PreparedFacts& facts) const {
  if (facts.rules_ != rules_) throw std::invalid_argument("facts that another engine has read");
  return *facts.facts_;
}

const std::string& Engine::hash() const { return rules_->hash(); }

std::vector<std::string> Engine::rules() const {
  std::vector<std::string> ids;
  for (const Rule& rule : rules_->rules()) ids.push_back(rule.id);
  return ids;
}

Result<PreparedFacts> Engine::read_json(std::string_view json, bool strict) const {
  return JsonReader(*this).read(json, strict);
}

Result<PreparedFacts> Engine::read(std::span<const GivenFact> given, bool strict) const {
  LOCKGATE_TRY(Facts facts, read_facts(rules_->vocabulary(), given, strict));
  return PreparedFacts(rules_, std::move(facts));
}

Check Engine::evaluate(const PreparedFacts& facts, Gate gate, UtcTime at) const {
  return rules::evaluate(*rules_, own(facts), gate, at);
}

Result<Explanation> Engine::explain(const PreparedFacts& facts, Gate gate, UtcTime at,
                                    std::string_view rule) const {
  const Facts& known = own(facts);
  if (const Rule* found = rules_->find(rule)) {
    return rules::explain(*rules_, known, gate, at, *found);
  }
  std::string message = "there is no rule " + ticked(rule);
  const std::string guess = did_you_mean(nearest(rule, rules()));
  if (!guess.empty()) message += "; " + guess;
  return fail(Errc::not_found, std::move(message));
}

ChangeSearch Engine::smallest_change(const PreparedFacts& facts, Gate gate, UtcTime at,
                                     std::optional<Verdict> to) const {
  return rules::smallest_change(*rules_, own(facts), gate, at, to);
}

PreparedFacts Engine::changed(const PreparedFacts& facts,
                              const std::vector<Change>& changes) const {
  return {rules_, rules::changed(*rules_, own(facts), changes)};
}

std::string Engine::in_words(const Change& change) const {
  return rules::in_words(*rules_, change);
}

JsonReader::JsonReader(const Engine& engine)
    : rules_(engine.rules_), reader_(std::make_unique<JsonFacts>(rules_->vocabulary())) {}
JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;
JsonReader::~JsonReader() = default;

Result<PreparedFacts> JsonReader::read(std::string_view json, bool strict) {
  LOCKGATE_TRY(Facts facts, reader_->read(json, strict));
  return PreparedFacts(rules_, std::move(facts));
}

}  // namespace lockgate::rules
