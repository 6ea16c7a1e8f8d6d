// What the pages of signing in show.

#pragma once

#include <string>
#include <string_view>

#include "plugin/web/layout.hpp"

namespace lockgate::web {

// The form of /sign-in, empty or come back.
struct SignInForm {
  std::string login;
  std::string to;  // where to go afterwards; a path of ours
  std::string login_error;
  std::string password_error;
  bool password_was_set = false;  // says so above the form
};
Page sign_in_page(const SignInForm& form);

// The form of /set-password/{token}.
struct NewPasswordForm {
  std::string token;
  std::string login;
  std::string password_error;
  std::string again_error;
};
Page new_password_page(const NewPasswordForm& form);

// For a link that was used before, or is too old, or never was.
Page dead_link_page();

}  // namespace lockgate::web
