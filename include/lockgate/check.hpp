// What the rules said about one delivery at one gate.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lockgate/facts.hpp"
#include "lockgate/ids.hpp"
#include "lockgate/time.hpp"

namespace lockgate {

// When rules are asked.
enum class Gate { submit, decide, run, close };

// What a rule that is true yields; weakest first, so that `<` compares strength.
enum class Outcome { note, condition, refer, ask, block };

// The strongest finding's meaning for the whole; weakest first.
enum class Verdict { approve, approve_with_conditions, refer, ask_for_info, block };

// The words used in TOML, JSON, the database and the API.  The opposite
// directions give nullopt for anything else.
std::string_view to_text(Gate gate);
std::string_view to_text(Outcome outcome);
std::string_view to_text(Verdict verdict);
std::optional<Gate> gate_from_text(std::string_view text);
std::optional<Outcome> outcome_from_text(std::string_view text);
std::optional<Verdict> verdict_from_text(std::string_view text);

// The one role that holds no seat: whoever handed the prototype in.
constexpr std::string_view kProposer = "Proposer";

// One rule's say, in words for the people concerned.  All text comes from the
// rule file, never from the engine, except `trouble`.
struct Finding {
  std::string rule;  // "dp-01"
  Outcome outcome = Outcome::note;
  std::string question;  // "Is a DPIA needed that has not been started?"
  std::string to;        // the role that it is addressed to
  std::string say;
  std::string fix;     // how to put it right; may be empty
  std::string takes;   // how long that takes; may be empty
  std::string before;  // what its condition holds: "start" or "close"
  std::string basis;   // "law", "guidance", "local rules" or "our default"
  std::vector<std::string> source;
  std::vector<KeptFact> facts;         // what its condition looks at; calc.* included
  std::vector<std::string> waits_for;  // facts that are unknown and could change it
  std::string trouble;                 // why it could not be evaluated; then the outcome is refer
  friend bool operator==(const Finding&, const Finding&) = default;
};

// A fact that was not given, the question to ask for it, and the rules that wait for it.
struct Question {
  std::string fact;
  std::string text;
  std::vector<std::string> rules;
  friend bool operator==(const Question&, const Question&) = default;
};

// Numbered per prototype from 1 and immutable.  The same facts, rule set,
// engine, gate and moment give the same check again.
struct Check {
  CheckId id;
  std::int64_t number = 0;
  Gate gate = Gate::submit;
  Verdict verdict = Verdict::ask_for_info;
  std::vector<Finding> findings;     // strongest first, then by rule id
  std::vector<Question> questions;   // each once; those that hold the verdict up first
  std::vector<std::string> unknown;  // fact paths that hold the verdict up
  std::vector<KeptFact> facts;       // everything that was given, sorted by path
  std::string rule_set;              // hash, 64 hexadecimal digits
  std::string engine;                // "lockgate 0.1.0"
  UtcTime at;                        // CEL's `now`
  bool strict = false;               // facts marked always_ask had no default
  friend bool operator==(const Check&, const Check&) = default;
};

}  // namespace lockgate
