#include "plugin/workflow/tally.hpp"

#include <algorithm>
#include <optional>

namespace lockgate::workflow {
namespace {

std::optional<Choice> choice_of(std::span<const Vote> votes, const MemberId& member) {
  for (auto vote = votes.rbegin(); vote != votes.rend(); ++vote) {
    if (vote->member == member) return vote->choice;
  }
  return std::nullopt;
}

// How it ends if no further vote comes.
Standing end(int yes, int no, int voted, int quorum, bool vetoed, bool required_missing) {
  if (vetoed) return Standing::lost;
  if (voted < quorum || required_missing) return Standing::inquorate;
  return yes > no ? Standing::carried : Standing::lost;
}

}  // namespace

Tally tally(const BallotTerms& terms, std::span<const Vote> votes, bool closed) {
  Tally count;
  bool vetoed = false;
  bool paused = false;
  bool veto_may_come = false;
  bool required_never = false;    // a required seat that cannot vote any more
  bool required_missing = false;  // one that has not voted yet
  for (const Seat& seat : terms.seats) {
    if (seat.own) {
      required_never = required_never || seat.required;
      continue;
    }
    const std::optional<Choice> choice = choice_of(votes, seat.member);
    if (!choice) {
      ++count.missing;
      veto_may_come = veto_may_come || seat.veto;
      required_missing = required_missing || seat.required;
      continue;
    }
    switch (*choice) {
      case Choice::yes:
      case Choice::yes_with_conditions:
        ++count.yes;
        break;
      case Choice::no:
        ++count.no;
        vetoed = vetoed || seat.veto;
        break;
      case Choice::not_voting:
        ++count.not_voting;
        break;
      case Choice::need_information:
        paused = true;
        break;
    }
  }
  if (paused && !closed) {
    count.standing = Standing::paused;
    return count;
  }

  const int voted = count.yes + count.no + count.not_voting;
  const bool required_open = required_never || required_missing;
  const Standing now = end(count.yes, count.no, voted, terms.quorum, vetoed, required_open);
  count.standing = now;
  if (closed || count.missing == 0 || vetoed) return count;

  // Could the missing votes, or their staying away, still end it differently?
  const bool quorum_reachable = voted + count.missing >= terms.quorum && !required_never;
  bool settled = true;
  switch (now) {
    case Standing::inquorate:
      settled = !quorum_reachable && !veto_may_come;
      break;
    case Standing::lost:
      settled = count.yes + count.missing <= count.no;
      break;
    case Standing::carried:
      settled = count.yes > count.no + count.missing && !veto_may_come;
      break;
    case Standing::pending:
    case Standing::paused:
      break;
  }
  if (!settled) count.standing = Standing::pending;
  return count;
}

}  // namespace lockgate::workflow
