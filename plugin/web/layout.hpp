// The page around what a page says: head, header, navigation, footer.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/net/message.hpp"
#include "plugin/web/form_controls.hpp"
#include "plugin/web/html.hpp"

namespace lockgate::web {

// What every page of this place says about it.
struct Site {
  std::string council;  // "Exampleshire Council"
  std::string rules;    // the rules in force, for the footer: "a41f09c2e77b"; empty: not said
};

enum class Section { none, tasks, prototypes };

// Whom the page is for.  Without one only sign-in is offered.
struct Account {
  std::string name;  // shown
  std::string csrf;  // for the form that signs out
  int tasks = 0;     // shown beside "Your tasks"
};

struct Page {
  std::string title;  // what the h1 says; every page has one h1, inside `body`
  // What is wrong with a form that came back.  They become the error summary,
  // first in <main> and with the focus, and "Error: " before the title.
  std::vector<ErrorSummary::Item> errors = {};
  Html before = {};  // back link or breadcrumbs
  Html body = {};    // of <main>
  std::optional<Account> account = {};
  Section section = Section::none;
};

// A whole document.
Html document(const Site& site, const Page& page);

// The document as an answer, with the fields of secure_headers().
net::Response show(const Site& site, const Page& page, unsigned status = 200);

// 303: the browser goes to `path` with GET.  `path` begins with '/'.
net::Response see_other(std::string_view path);

// Content-Security-Policy, X-Content-Type-Options, Referrer-Policy and
// Cache-Control: no-store, which every answer with a page carries.
std::vector<std::pair<std::string, std::string>> secure_headers();

}  // namespace lockgate::web
