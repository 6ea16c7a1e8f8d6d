// GET /tasks: what the member who asks has to do.

#pragma once

#include "plugin/web/office.hpp"

namespace lockgate::web {

Result<net::Response> show_tasks(const Office& office, const net::Request& request,
                                 const SignedIn& me, const FormBody& form);

}  // namespace lockgate::web
