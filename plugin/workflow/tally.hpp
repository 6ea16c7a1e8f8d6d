// Where votes are counted.

#pragma once

#include <span>

#include "lockgate/ballot.hpp"

namespace lockgate::workflow {

// `pending` means exactly: two ways of completing the missing votes (yes, no, not
// voting, or staying away) end differently.
enum class Standing { pending, paused, carried, lost, inquorate };

struct Tally {
  Standing standing = Standing::pending;
  int yes = 0;  // with and without conditions
  int no = 0;
  int not_voting = 0;
  int missing = 0;  // seats that may still vote
};

// Counts the votes of the terms' seats; votes of others, and of a seat that is
// `own`, do not count.
//
// Carried: more yes than no, at least `quorum` members voted (not voting
// counts), every required seat voted, and no seat with a veto voted no.  A tie
// is lost.  A vote for more information pauses.  With `closed`, missing votes
// are no longer awaited: too few, or a required seat without a vote, is
// inquorate.
Tally tally(const BallotTerms& terms, std::span<const Vote> votes, bool closed);

}  // namespace lockgate::workflow
