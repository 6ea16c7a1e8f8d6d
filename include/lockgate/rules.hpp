// The rules engine as a library: load rules, read facts, evaluate, explain.
//
//   const auto loaded = lockgate::rules::load_engine_folders({"packs"});
//   if (!loaded.engine) { std::cerr << loaded.text; return 1; }
//   const auto facts = loaded.engine->read_json(R"({"people": {"participants": 40}})");
//   if (!facts) ...                                       // facts.error().problems
//   const lockgate::Check check = loaded.engine->evaluate(*facts, lockgate::Gate::submit, now);
//
// Nothing here reads a clock, keeps state between calls or needs a network; only
// load_engine_folders reads the disk.  What is wrong with input is returned; exceptions
// are for bugs of the caller (std::invalid_argument) and for memory (std::bad_alloc).

#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "lockgate/check.hpp"
#include "lockgate/explanation.hpp"
#include "lockgate/facts.hpp"
#include "lockgate/result.hpp"
#include "lockgate/time.hpp"

namespace lockgate::rules {

class CelPrepared;
class JsonFacts;
class RuleSet;
struct Facts;

// A mistake or, if `is_warning`, advice, for the person who writes the rules.
struct Diagnostic {
  std::string code;          // "LG105", for `lockgate explain LG105`; of an expression: empty
  std::string file;          // as it was named; of an expression: empty
  std::size_t line = 0;      // from 1; 0: the file as a whole
  std::size_t column = 0;    // from 1, in bytes
  std::size_t length = 1;    // in bytes
  std::string message = {};  // "`blok` is not an outcome"
  std::string help = {};     // "did you mean `block`?"; may be empty
  bool is_warning = false;
};

// The facts of one case, held to the vocabulary of the engine that read them.  Cheap to
// copy, immutable, and independent of the engine's lifetime.  From many threads.
class PreparedFacts {
 public:
  // What was given, sorted by path.  Lives as long as any copy of this.
  std::span<const KeptFact> given() const;

 private:
  friend class Engine;
  friend class JsonReader;
  PreparedFacts(std::shared_ptr<const RuleSet> rules, Facts facts);
  std::shared_ptr<const RuleSet> rules_;
  std::shared_ptr<const Facts> facts_;
};

// A set of rules, checked and compiled.  Cheap to copy, immutable; every function may be
// called from many threads at once.  What takes PreparedFacts takes those that this engine
// or a copy of it has read, and throws std::invalid_argument for others.
class Engine {
 public:
  // SHA-256 of all files, 64 hexadecimal digits: the version that a check names.
  const std::string& hash() const;
  // The ids of all rules, sorted: "dp-01".
  std::vector<std::string> rules() const;

  // Facts as one JSON object: {"people": {"participants": 40}} or {"people.participants": 40}.
  // `strict`: facts marked `always_ask` have no default and are asked for.
  // Errc::unreadable: not JSON in UTF-8, above 1 MiB or deeper than 64.
  // Errc::invalid: every unknown fact, wrong type and value out of range is a Problem with
  // its pointer and what to send instead.
  Result<PreparedFacts> read_json(std::string_view json, bool strict = false) const;
  // The same for values at hand; Errc::invalid as above.
  Result<PreparedFacts> read(std::span<const GivenFact> given, bool strict = false) const;

  // Asks every rule that has an outcome at `gate`; `at` is what rules call `now`.  Always
  // answers: what hangs on a fact that was not given is asked for, what cannot be evaluated
  // or costs too much (1,000,000 steps a rule, 10,000,000 in all) is referred to people.
  // `id` and `number` of the check are left empty.
  Check evaluate(const PreparedFacts& facts, Gate gate, UtcTime at) const;

  // Why the rule is a finding of that check, or is not.  Far slower than evaluate.
  // Errc::not_found: there is no rule of that id.
  Result<Explanation> explain(const PreparedFacts& facts, Gate gate, UtcTime at,
                              std::string_view rule) const;

  // The fewest facts marked `changeable`, up to three, that would make the verdict `to` or
  // milder; without `to`, as mild as can be had.  Each suggestion has been tried.  Bounded:
  // it gives up after 150,000 conditions a search.
  ChangeSearch smallest_change(const PreparedFacts& facts, Gate gate, UtcTime at,
                               std::optional<Verdict> to = {}) const;
  // The facts with the changes of a suggestion made.
  PreparedFacts changed(const PreparedFacts& facts, const std::vector<Change>& changes) const;
  // "the safeguarding lead has agreed in writing: yes (now no)"
  std::string in_words(const Change& change) const;

 private:
  friend class JsonReader;
  friend struct EngineMaker;
  explicit Engine(std::shared_ptr<const RuleSet> rules);
  const Facts& own(const PreparedFacts& facts) const;
  std::shared_ptr<const RuleSet> rules_;
};

// Engine::read_json that keeps its memory between calls: one for each thread.
class JsonReader {
 public:
  explicit JsonReader(const Engine& engine);
  JsonReader(JsonReader&&) noexcept;
  JsonReader& operator=(JsonReader&&) noexcept;
  ~JsonReader();
  Result<PreparedFacts> read(std::string_view json, bool strict = false);

 private:
  std::shared_ptr<const RuleSet> rules_;
  std::unique_ptr<JsonFacts> reader_;
};

// A rule file.  `path` is part of the hash; its first part is the file's folder.
struct RuleText {
  std::string path;  // "packs/safeguarding.toml"
  std::string bytes;
};

struct EngineOptions {
  bool advise = false;  // warnings too: unused facts, rules that can never fire ...
  std::optional<std::chrono::year_month_day> today = {};  // warn of rules past `review_by`
};

struct LoadedEngine {
  std::optional<Engine> engine;         // nullopt when one of the diagnostics is no warning
  std::vector<Diagnostic> diagnostics;  // every mistake in every file, by file and line
  std::string text;  // the first ten of them for a terminal, with the lines they are about
};

// Folders rank in the order in which they first appear among the paths: one of a later
// folder may override a setting or switch a rule off.
LoadedEngine load_engine(std::vector<RuleText> files, const EngineOptions& options = {});
// The *.toml files below the folders, or single files, but for *.test.toml; 1 MiB each and
// 1,000 in all at most.  What cannot be read is a diagnostic.
LoadedEngine load_engine_folders(const std::vector<std::filesystem::path>& folders,
                                 const EngineOptions& options = {});

// --- One expression, without rules or a vocabulary. ---

struct Variable {
  std::string name;  // "age", "person.age"
  // "bool", "int", "uint", "double", "string", "money" (pounds), "date" ("2026-11-23"),
  // "timestamp" (RFC 3339), "duration" ("90m"), or "list(T)" of one of these.
  std::string type;
};

struct CelAnswer {
  FactValue value;                     // times as text; null, too, where there is no answer
  std::vector<std::string> waits_for;  // variables that are not known and could decide
  std::string trouble;                 // why it could not be evaluated; else empty
  bool is_true() const { return std::holds_alternative<bool>(value) && std::get<bool>(value); }
};

// A CEL expression, compiled once.  Cheap to copy, immutable; from many threads.
class CelExpression {
 public:
  // Diagnostics: what is wrong with the expression or with a variable.  At most 4,096
  // characters, nested at most 32 deep.
  static tl::expected<CelExpression, std::vector<Diagnostic>> compile(
      std::string_view source, const std::vector<Variable>& variables);

  // `values` in the order of the variables; null, or none at the end: not known.  A value
  // that does not fit its variable's type is trouble where it is looked at.  At most
  // 1,000,000 steps.  No memory is allocated for numbers, booleans and short text.
  CelAnswer evaluate(std::span<const FactValue> values) const;

 private:
  explicit CelExpression(std::shared_ptr<const CelPrepared> prepared);
  std::shared_ptr<const CelPrepared> prepared_;
};

}  // namespace lockgate::rules
