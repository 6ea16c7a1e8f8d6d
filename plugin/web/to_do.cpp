#include "plugin/web/to_do.hpp"

#include "plugin/workflow/access.hpp"

namespace lockgate::web {

std::vector<ToDo> to_do(std::span<const Prototype> with_ballots, const MemberId& member,
                        UtcTime now) {
  std::vector<ToDo> tasks;
  for (const Prototype& prototype : with_ballots) {
    for (const Ballot& ballot : prototype.ballots) {
      if (workflow::may_vote(prototype, ballot.id, member, now)) {
        tasks.push_back({&prototype, &ballot});
      }
    }
  }
  return tasks;
}

}  // namespace lockgate::web
