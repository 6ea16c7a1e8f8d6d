// What was learned: written once a prototype is decided, and read on its page.

#pragma once

#include "plugin/web/office.hpp"

namespace lockgate::web {

// GET /p/{number}/lesson: the form, or why there is none.
Result<net::Response> show_lesson(const Office& office, const net::Request& request,
                                  const SignedIn& me, const FormBody& form);

// POST /p/{number}/lesson: records it, which closes the prototype; then 303 to
// the prototype's page.
Result<net::Response> post_lesson(const Office& office, const net::Request& request,
                                  const SignedIn& me, const FormBody& form);

}  // namespace lockgate::web
