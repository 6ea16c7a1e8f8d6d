// What a member is asked to do.

#pragma once

#include <span>
#include <vector>

#include "lockgate/prototype.hpp"
#include "lockgate/time.hpp"

namespace lockgate::web {

// A ballot that awaits this member's vote.
struct ToDo {
  const Prototype* prototype = nullptr;  // one of those given
  const Ballot* ballot = nullptr;
};

// In the order given; only ballots on which the member can vote at `now`.
std::vector<ToDo> to_do(std::span<const Prototype> with_ballots, const MemberId& member,
                        UtcTime now);

}  // namespace lockgate::web
