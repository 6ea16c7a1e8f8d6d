#include "plugin/web/layout.hpp"

#include "plugin/web/assets.hpp"
#include "plugin/web/components.hpp"

namespace lockgate::web {
namespace {

constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";

Html head(const Site& site, const Page& page) {
  const std::string title =
      (page.errors.empty() ? "" : "Error: ") + page.title + " - Lockgate - " + site.council;
  return element(
      "head",
      void_element("meta", {{"charset", "utf-8"}}) + element("title", title) +
          void_element("meta",
                       {{"name", "viewport"},
                        {"content", "width=device-width, initial-scale=1, viewport-fit=cover"}}) +
          void_element("meta", {{"name", "theme-color"}, {"content", "#0b5c5c"}}) +
          void_element("link", {{"rel", "icon"},
                                {"href", std::string(asset_path("favicon.svg"))},
                                {"type", "image/svg+xml"}}) +
          void_element("link",
                       {{"rel", "stylesheet"}, {"href", std::string(asset_path("lockgate.css"))}}));
}

// The button stands in the navigation and its form at the end of the page, so
// that the form that a page is about comes first.
Html sign_out_item(const Account& account) {
  return element("li", {{"class", "govuk-service-navigation__item"}},
                 element("span", {{"class", "govuk-service-navigation__text"}}, account.name)) +
         element(
             "li", {{"class", "govuk-service-navigation__item"}},
             element("button", {{"type", "submit"}, {"form", "sign-out"}, {"class", "lg-sign-out"}},
                     "Sign out"));
}

Html sign_out_form(const Account& account) {
  return element("form", {{"method", "post"}, {"action", "/sign-out"}, {"id", "sign-out"}},
                 hidden_field("csrf", account.csrf));
}

Html header(const Site& site, const Page& page) {
  ServiceNavigation navigation{.name = "Lockgate", .href = "/"};
  if (page.account) {
    const std::string tasks = "Your tasks (" + std::to_string(page.account->tasks) + ")";
    navigation.items = {
        {.content = tasks, .href = "/tasks", .active = page.section == Section::tasks},
        {.content = "Prototypes",
         .href = "/prototypes",
         .active = page.section == Section::prototypes}};
    navigation.navigation_end = sign_out_item(*page.account);
  }
  return element("header", {{"class", "govuk-template__header"}},
                 generic_header({.logo = site.council}) + service_navigation(navigation));
}

// Focus without JavaScript too: a browser gives it to what has `autofocus`.
Html summary_of(const std::vector<ErrorSummary::Item>& errors) {
  if (errors.empty()) return {};
  return two_thirds(error_summary(
      {.errors = errors, .attributes = Attributes{{"tabindex", "-1"}}.add_flag("autofocus")}));
}

Html footer(const Site& site) {
  Html links;
  for (const auto& [href, words] : {std::pair{"/help", "Help with this service"},
                                    {"/accessibility", "Accessibility"},
                                    {"/privacy", "Privacy"}}) {
    links += element("li", link(href, words));
  }
  std::string line = "Lockgate " LOCKGATE_VERSION ".";
  if (!site.rules.empty()) line += " Rules " + site.rules + ".";
  return element("footer", {{"class", "lg-footer"}},
                 element("div", {{"class", "govuk-width-container"}},
                         element("ul", {{"class", "lg-footer__links"}}, links) +
                             element("p", {{"class", "lg-footer__line"}}, line)));
}

}  // namespace

Html document(const Site& site, const Page& page) {
  const Html body =
      skip_link({}) + header(site, page) +
      element(
          "div", {{"class", "govuk-width-container"}},
          page.before + element("main", {{"class", "govuk-main-wrapper"}, {"id", "main-content"}},
                                summary_of(page.errors) + page.body)) +
      footer(site) + (page.account ? sign_out_form(*page.account) : Html()) +
      element("script", {{"type", "module"}, {"src", std::string(asset_path("lockgate.js"))}}, {});
  return own_markup("<!DOCTYPE html>") +
         element("html", {{"lang", "en-GB"}, {"class", "govuk-template"}},
                 head(site, page) + element("body", {{"class", "govuk-template__body"}}, body));
}

net::Response show(const Site& site, const Page& page, unsigned status) {
  return {.status = status, .headers = secure_headers(), .body = document(site, page).take()};
}

net::Response see_other(std::string_view path) {
  net::Response response{.status = 303, .headers = secure_headers()};
  response.headers.emplace_back("Location", path);
  return response;
}

std::vector<std::pair<std::string, std::string>> secure_headers() {
  return {{"Content-Security-Policy", std::string(kContentSecurityPolicy)},
          {"X-Content-Type-Options", "nosniff"},
          // Not no-referrer: a browser would then hide the origin of our own forms from us.
          {"Referrer-Policy", "same-origin"},
          {"Cache-Control", "no-store"}};
}

}  // namespace lockgate::web
