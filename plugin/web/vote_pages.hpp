// The pages of one vote: the form, the last look at it, and that it is recorded.

#pragma once

#include <vector>

#include "plugin/web/forms.hpp"
#include "plugin/web/prototype_file.hpp"

namespace lockgate::web {

// What a page of a vote is about.
struct VotePlace {
  const PrototypeFile& file;
  const Ballot& ballot;
  const SignedIn& me;
};

// The form as it was typed, with what is wrong beside the fields.
Html vote_form(const VotePlace& place, const VoteInput& input,
               const std::vector<FieldError>& errors);

// "Check your vote": everything once more, ways back to each part, and the
// button that records it.
Page check_vote_page(const VotePlace& place, const VoteInput& input, const gate::VoteForm& vote);

// The findings changed between reading and voting: what is new and what is
// gone, and a way back that keeps what was written.
Page findings_changed_page(const VotePlace& place, const VoteInput& input);

// Why this member has no vote on this ballot now, in a sentence.
std::string why_no_vote(const Ballot& ballot, const MemberId& member);

}  // namespace lockgate::web
