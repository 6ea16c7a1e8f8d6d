#include "plugin/web/login_pages.hpp"

#include "plugin/web/components.hpp"

namespace lockgate::web {
namespace {

constexpr const char* kSignIn = "Sign in";
constexpr const char* kSetPassword = "Set your password";
constexpr const char* kDeadLink = "This link cannot be used";

std::vector<ErrorSummary::Item> errors_of(
    const std::vector<std::pair<std::string, std::string>>& href_and_error) {
  std::vector<ErrorSummary::Item> errors;
  for (const auto& [href, error] : href_and_error) {
    if (!error.empty()) errors.push_back({.href = href, .content = error});
  }
  return errors;
}

Html password_input(Input options) {
  options.type = "password";
  options.classes = "govuk-input--width-20";
  options.spellcheck = false;
  options.autocapitalize = "none";
  return input(options);
}

}  // namespace

Page sign_in_page(const SignInForm& form) {
  Html body;
  if (form.password_was_set) {
    body +=
        notification_banner({.heading = "Your password is set. Sign in with it.", .success = true});
  }
  Html fields = input({.name = "login",
                       .value = form.login,
                       .label = {"Login"},
                       .error = {form.login_error},
                       .autocomplete = "username",
                       .autocapitalize = "none",
                       .spellcheck = false,
                       .classes = "govuk-input--width-20"});
  fields += password_input({.name = "password",
                            .label = {"Password"},
                            .error = {form.password_error},
                            .autocomplete = "current-password"});
  if (!form.to.empty()) fields += hidden_field("to", form.to);
  fields += button({.content = kSignIn, .prevent_double_click = true});
  body += page_heading(kSignIn) + post_form("/sign-in", {}, fields);
  body += details({.summary = "I have no login, or I forgot my password",
                   .content = paragraph("Ask whoever runs Lockgate in your council for a link to "
                                        "set a password. A link works once, within 7 days.")});
  return {.title = kSignIn,
          .errors = errors_of({{"#login", form.login_error}, {"#password", form.password_error}}),
          .body = two_thirds(body)};
}

Page new_password_page(const NewPasswordForm& form) {
  // So that a browser keeps the password under the right name.
  Html fields = void_element("input", {{"type", "text"},
                                       {"name", "username"},
                                       {"value", form.login},
                                       {"autocomplete", "username"},
                                       {"hidden", "hidden"}});
  fields +=
      password_input({.name = "password",
                      .label = {"New password"},
                      .hint = {"8 characters or more. Three words that have nothing to do with "
                               "each other are easy to remember and hard to guess."},
                      .error = {form.password_error},
                      .autocomplete = "new-password"});
  fields += password_input({.name = "again",
                            .label = {"The same password again"},
                            .error = {form.again_error},
                            .autocomplete = "new-password"});
  fields += button({.content = "Set password", .prevent_double_click = true});
  const Html body = page_heading(kSetPassword) +
                    paragraph(Html("Your login is ") + element("strong", form.login) +
                              ". You will need it, and this password, to sign in.") +
                    post_form("/set-password/" + form.token, {}, fields);
  return {.title = kSetPassword,
          .errors = errors_of({{"#password", form.password_error}, {"#again", form.again_error}}),
          .body = two_thirds(body)};
}

Page dead_link_page() {
  return {.title = kDeadLink,
          .body = two_thirds(
              page_heading(kDeadLink) +
              paragraph("It has been used before, or it is more than 7 days old.") +
              paragraph("If you have set your password, you can " + link("/sign-in", "sign in") +
                        ". If not, ask whoever runs Lockgate in your council for a new link."))};
}

}  // namespace lockgate::web
