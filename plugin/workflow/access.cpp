#include "plugin/workflow/access.hpp"

#include <algorithm>

namespace lockgate::workflow {
namespace {

bool has_voted(const Ballot& ballot, const MemberId& member) {
  return std::any_of(ballot.votes.begin(), ballot.votes.end(),
                     [&](const Vote& vote) { return vote.member == member; });
}

}  // namespace

const Ballot* find_ballot(const Prototype& prototype, const BallotId& ballot) {
  const auto found = std::find_if(prototype.ballots.begin(), prototype.ballots.end(),
                                  [&](const Ballot& each) { return each.id == ballot; });
  return found == prototype.ballots.end() ? nullptr : &*found;
}

Result<void> may_vote(const Prototype& prototype, const BallotId& id, const MemberId& member,
                      UtcTime at) {
  const Ballot* ballot = find_ballot(prototype, id);
  if (!ballot) return fail(Errc::not_found, "there is no such ballot");
  const auto& seats = ballot->terms.seats;
  const auto seat = std::find_if(seats.begin(), seats.end(),
                                 [&](const Seat& each) { return each.member == member; });
  if (seat == seats.end()) return fail(Errc::forbidden, "you have no seat on this board");
  if (seat->own) return fail(Errc::forbidden, "nobody votes on a prototype of their own");
  if (has_voted(*ballot, member)) return fail(Errc::conflict, "you have voted already");
  if (ballot->state == BallotState::paused) {
    return fail(Errc::conflict, "the ballot waits for more information");
  }
  if (ballot->state != BallotState::open) return fail(Errc::conflict, "the ballot is closed");
  if (at >= ballot->terms.closes_at) {
    return fail(Errc::conflict, "the ballot closed at " + to_text(ballot->terms.closes_at));
  }
  return {};
}

bool may_see_votes(const Ballot& ballot, const MemberId& member) {
  return (ballot.state != BallotState::open && ballot.state != BallotState::paused) ||
         has_voted(ballot, member);
}

Result<void> may_write_lesson(const Prototype& prototype) {
  if (prototype.stage == Stage::closed) return fail(Errc::conflict, "the prototype is closed");
  if (prototype.stage != Stage::decided) {
    return fail(Errc::conflict, "a lesson is written once the prototype is decided");
  }
  return {};
}

}  // namespace lockgate::workflow
