// Voting: read, vote, look once more, done.

#pragma once

#include "plugin/web/office.hpp"

namespace lockgate::web {

// GET /p/{number}/review: the findings, and the form for those who have a vote.
Result<net::Response> show_review(const Office& office, const net::Request& request,
                                  const SignedIn& me, const FormBody& form);

// POST /p/{number}/review: the last look at the vote; the form again with what
// is wrong, or with `change` as it was typed.  Records nothing.
Result<net::Response> post_review(const Office& office, const net::Request& request,
                                  const SignedIn& me, const FormBody& form);

// POST /p/{number}/vote: records it; then 303 to .../vote/recorded.
Result<net::Response> post_vote(const Office& office, const net::Request& request,
                                const SignedIn& me, const FormBody& form);

// GET /p/{number}/vote/recorded: what was recorded and what happens next.
Result<net::Response> show_recorded(const Office& office, const net::Request& request,
                                    const SignedIn& me, const FormBody& form);

}  // namespace lockgate::web
