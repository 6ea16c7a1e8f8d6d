// The passwords that people, and those who guess them, think of first.

#pragma once

#include <string_view>

namespace lockgate::web {

// `lower` is in lower case.
bool is_common_password(std::string_view lower);

}  // namespace lockgate::web
