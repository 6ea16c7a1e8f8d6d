// A board's taking of a decision: who may vote, on which terms, what was said.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lockgate/ids.hpp"
#include "lockgate/time.hpp"

namespace lockgate {

enum class Choice { yes, yes_with_conditions, need_information, no, not_voting };

// One member's say.  The last vote of a member is the one that counts; none is
// ever removed from the history.
struct Vote {
  MemberId member;
  Choice choice = Choice::not_voting;
  TextId reasons;                  // published; required but for not_voting
  TextId note;                     // to the board, not published; may be empty
  std::vector<TextId> conditions;  // with yes_with_conditions: at least one
  bool not_mine = false;           // ticked "this is not mine" (where no proposer is known)
  UtcTime at;
  friend bool operator==(const Vote&, const Vote&) = default;
};

// A seat as it was when the ballot opened.
struct Seat {
  SeatId id;
  std::string name;  // "Safeguarding lead": from the board's file, not personal
  MemberId member;
  bool required = false;           // its vote is needed for the ballot to carry
  bool veto = false;               // its "no" loses the ballot
  bool own = false;                // the prototype is this member's own: has no vote
  std::vector<std::string> rules;  // ids of the findings referred to this seat
  friend bool operator==(const Seat&, const Seat&) = default;
};

// Frozen when the ballot opens; later changes of rules, boards or members do
// not reach an open ballot.  `closes_at` alone moves: an inquorate ballot is
// extended once.
struct BallotTerms {
  BoardId board;
  std::string board_name;
  std::vector<Seat> seats;      // no member twice
  int quorum = 0;               // members that must have voted, not_voting included
  bool proposer_known = false;  // else each voter declares "this is not mine"
  UtcTime closes_at;
  UtcTime extended_to;  // where closes_at moves to if inquorate then
  friend bool operator==(const BallotTerms&, const BallotTerms&) = default;
};

// `open` counts votes; `paused` waits for a new delivery (somebody needs more
// information, or a later check blocks or asks); the others are final.
enum class BallotState { open, paused, carried, lost, inquorate, withdrawn };

struct Ballot {
  BallotId id;
  BallotTerms terms;
  BallotState state = BallotState::open;
  std::vector<Vote> votes;  // at most one a member counts; in the order cast
  CheckId check;            // the findings it was opened on
  UtcTime opened_at;
  bool extended = false;
  friend bool operator==(const Ballot&, const Ballot&) = default;
};

std::string_view to_text(Choice choice);
std::string_view to_text(BallotState state);
std::optional<Choice> choice_from_text(std::string_view text);
std::optional<BallotState> ballot_state_from_text(std::string_view text);

}  // namespace lockgate
