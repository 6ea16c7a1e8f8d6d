// GET /p/{number}: what a prototype is, where it stands and why.

#pragma once

#include "plugin/web/components.hpp"
#include "plugin/web/prototype_file.hpp"

namespace lockgate::web {

Result<net::Response> show_prototype(const Office& office, const net::Request& request,
                                     const SignedIn& me, const FormBody& form);

// What is shared with the review: caption and title, who asked for it and
// where it comes from, and what happened.
Html prototype_heading(const PrototypeFile& file);
SummaryList about_rows(const PrototypeFile& file);
Html history_aside(const PrototypeFile& file, const gate::Council& council, bool all);

// Two thirds and one third of the width; one below the other on a phone.
Html with_aside(const Html& content, const Html& aside);

}  // namespace lockgate::web
