// What can happen to a prototype, and what must be done about it.

#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lockgate/ballot.hpp"
#include "lockgate/check.hpp"
#include "lockgate/decision.hpp"
#include "lockgate/prototype.hpp"

namespace lockgate {

// --- Events: facts from outside, already verified and in our own words. ---

// A ballot as it would be opened if the check refers to its board.
struct BallotDraft {
  BallotId id;
  BallotTerms terms;
  friend bool operator==(const BallotDraft&, const BallotDraft&) = default;
};

// The rules were asked.  With a delivery: what it said.  Without (`delivery`
// empty): Lockgate itself asked gate `decide`, after every ballot had carried.
struct Checked {
  Check check;
  std::string delivery;     // the sender's id; empty if Lockgate asked
  std::int64_t number = 0;  // display number, used if the prototype is fresh
  CaseRef about;
  std::string organisation;
  TextId title;
  TextId proposer;
  std::vector<BallotDraft> ballots;  // one per board that the refer findings name
  DecisionId decision;               // the id to use if this event concludes
  std::vector<TextId> editors = {};  // whose it is beside the proposer's
  std::string body_hash = {};        // SHA-256 of the delivery's bytes; empty if Lockgate asked
  friend bool operator==(const Checked&, const Checked&) = default;
};

struct VoteCast {
  BallotId ballot;
  Vote vote;            // vote.at is the event's at
  CheckId seen;         // the check whose findings the member saw
  DecisionId decision;  // the id to use if this event concludes
  friend bool operator==(const VoteCast&, const VoteCast&) = default;
};

struct BallotTimedOut {
  BallotId ballot;
  DecisionId decision;
  friend bool operator==(const BallotTimedOut&, const BallotTimedOut&) = default;
};

struct LessonWritten {
  Lesson lesson;
  friend bool operator==(const LessonWritten&, const LessonWritten&) = default;
};

struct Event {
  UtcTime at;
  std::variant<Checked, VoteCast, BallotTimedOut, LessonWritten> what;
  friend bool operator==(const Event&, const Event&) = default;
};

// --- Effects: promises.  They are stored with the new state, in the same
// transaction, and carried out afterwards, at least once. ---

// Tell the case system.
struct WriteBack {
  DecisionId decision;
  friend bool operator==(const WriteBack&, const WriteBack&) = default;
};

// Deliver BallotTimedOut at this time.
struct WakeAt {
  BallotId ballot;
  UtcTime at;
  friend bool operator==(const WakeAt&, const WakeAt&) = default;
};

using Effect = std::variant<WriteBack, WakeAt>;

}  // namespace lockgate
