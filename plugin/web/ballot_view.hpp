// A ballot as one member may see it.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "lockgate/ballot.hpp"
#include "plugin/web/texts.hpp"

namespace lockgate::web {

// Shown names by login.
class Names {
 public:
  Names() = default;
  explicit Names(std::map<MemberId, std::string> names) : names_(std::move(names)) {}
  // The login of somebody who has no account (any more).
  std::string of(const MemberId& member) const {
    const auto found = names_.find(member);
    return found == names_.end() ? member.text : found->second;
  }

 private:
  std::map<MemberId, std::string> names_;
};

struct VoteView {
  std::string member;
  Choice choice = Choice::not_voting;
  std::string reasons;
  std::string note;  // empty for those without a seat on this board
  std::vector<std::string> conditions;
  UtcTime at;
};

struct SeatView {
  std::string name;    // "Money and contracts"
  std::string member;  // "Mo Ellis"
  bool required = false;
  bool veto = false;
  bool own = false;
  bool voted = false;
};

struct BallotView {
  BallotId id;
  std::string board;
  BallotState state = BallotState::open;
  int quorum = 0;
  std::size_t voted = 0;
  std::size_t may_vote = 0;  // seats that have a vote
  UtcTime closes_at;
  bool extended = false;
  std::vector<SeatView> seats;
  bool shows_votes = false;
  std::vector<VoteView> votes;  // only if `shows_votes`
  // What members say they must know; shown to all, for somebody has to find out.
  std::vector<std::string> needed;
};

BallotView view_of(const Ballot& ballot, const MemberId& viewer, const Texts& texts,
                   const Names& names);

// The seat of this member; nullptr if there is none.
const Seat* seat_of(const Ballot& ballot, const MemberId& member);
// The member's vote that counts; nullptr if there is none.
const Vote* vote_of(const Ballot& ballot, const MemberId& member);

}  // namespace lockgate::web
