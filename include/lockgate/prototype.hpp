// The state of one prototype at the gates: a fold of its events.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lockgate/ballot.hpp"
#include "lockgate/decision.hpp"
#include "lockgate/ids.hpp"

namespace lockgate {

// The case system's own name for what we gate.
struct CaseRef {
  SourceId source;
  std::string key;  // 1 to 200 characters; with the prototype key after '#' where one is mapped
  friend bool operator==(const CaseRef&, const CaseRef&) = default;
};

// fresh: nothing has happened.  stopped: the rules block.  waiting: with the
// proposer, for information.  voting: at least one ballot is open or paused.
// decided: the latest gate has its decision.  closed: a lesson is written.
enum class Stage { fresh, stopped, waiting, voting, decided, closed };

// What the state needs of its latest check; the whole of it is in the history.
struct CheckRef {
  CheckId id;
  std::int64_t number = 0;
  std::int64_t version = 0;  // of the event that holds it
  Gate gate = Gate::submit;
  Verdict verdict = Verdict::ask_for_info;
  std::string rule_set;
  std::vector<std::pair<std::string, Outcome>> findings;  // rule id, outcome; in the check's order
  friend bool operator==(const CheckRef&, const CheckRef&) = default;
};

struct Prototype {
  PrototypeId id;
  std::int64_t version = 0;  // grows by one with every event
  std::int64_t number = 0;   // shown as "PR-0231"
  CaseRef about;
  std::string organisation;  // an attribute of the source, for grouping
  TextId title;
  TextId proposer;  // empty if the source maps none
  Stage stage = Stage::fresh;
  Gate gate = Gate::submit;          // of the latest check
  std::int64_t checks = 0;           // how many there have been
  std::optional<CheckRef> check;     // the latest
  std::vector<Ballot> ballots;       // of the gate now asked; older ones are in the history
  std::optional<Decision> decision;  // the latest
  std::optional<Lesson> lesson;
  UtcTime updated_at;
  friend bool operator==(const Prototype&, const Prototype&) = default;
};

std::string_view to_text(Stage stage);
std::optional<Stage> stage_from_text(std::string_view text);

// "PR-0231"; at least four digits.  And back; nullopt for anything else.
std::string display_number(std::int64_t number);
std::optional<std::int64_t> number_from_display(std::string_view text);

}  // namespace lockgate
