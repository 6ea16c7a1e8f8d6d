// Error -> problem details (RFC 9457): the one shape of refusal for programs.

#pragma once

#include <span>
#include <string_view>

#include "lockgate/result.hpp"
#include "plugin/net/message.hpp"

namespace lockgate::web {

// What a kind of failure means; each has a page at /problems/<slug>.
struct ProblemKind {
  Errc code;
  unsigned status;
  std::string_view slug;
  std::string_view title;
  std::string_view what_to_do;  // a sentence or two for the integrator
};

std::span<const ProblemKind> problem_kinds();
const ProblemKind& problem_kind(Errc code);

// `application/problem+json` with type, title, status, detail and errors[]
// (pointer, detail, fix).  The answer to an unauthenticated request is the same
// bytes whatever failed; an internal error's message is not shown.
net::Response problem(const Error& error);

}  // namespace lockgate::web
