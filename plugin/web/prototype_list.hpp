// GET /prototypes: all of them, newest first.

#pragma once

#include "plugin/web/office.hpp"

namespace lockgate::web {

Result<net::Response> show_prototypes(const Office& office, const net::Request& request,
                                      const SignedIn& me, const FormBody& form);

}  // namespace lockgate::web
