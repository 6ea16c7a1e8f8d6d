// What a vote and a lesson must say.

#pragma once

#include "lockgate/ballot.hpp"
#include "lockgate/decision.hpp"
#include "lockgate/result.hpp"

namespace lockgate::workflow {

// Errc::invalid with every problem; pointers are the form's fields: `/reasons`,
// `/conditions`, `/not_mine`.
Result<void> complete(const Vote& vote, const BallotTerms& terms);

// The same: `/expected`, `/happened`, `/next`.
Result<void> complete(const Lesson& lesson);

}  // namespace lockgate::workflow
