// Components that people fill in, and what stands around them; see components.hpp.
//
// An empty `error`, `hint`, `label` or legend is left out.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/web/html.hpp"

namespace lockgate::web {

struct Label {
  Html content;
  std::string classes = {};  // "govuk-label--m"
  bool is_page_heading = false;
  Attributes attributes = {};
};
Html label(const Label& options, std::string_view for_id);

struct Hint {
  Html content;
  std::string classes = {};
  Attributes attributes = {};
};
Html hint(const Hint& options, std::string_view id);

struct ErrorMessage {
  Html content;
  std::string hidden = "Error";  // read out before it; empty: nothing
  std::string classes = {};
  Attributes attributes = {};
};
Html error_message(const ErrorMessage& options, std::string_view id);

struct Fieldset {
  Html legend = {};
  std::string legend_classes = {};  // "govuk-fieldset__legend--m"
  bool legend_is_page_heading = false;
  std::string described_by = {};
  std::string classes = {};
  std::string role = {};
  Attributes attributes = {};
};
Html fieldset(const Fieldset& options, const Html& content);

// The div around a control.
struct FormGroup {
  std::string classes = {};
  Attributes attributes = {};
  Html before = {};  // just before the control
  Html after = {};   // just after it
};

struct Button {
  Html content;
  std::string href = {};  // then it is a link
  std::string type = "submit";
  std::string name = {};
  std::string value = {};
  std::string id = {};
  bool disabled = false;
  bool start = false;
  std::optional<bool> prevent_double_click = {};
  std::string classes = {};  // "govuk-button--secondary", "govuk-button--warning"
  Attributes attributes = {};
};
Html button(const Button& options);

struct Input {
  std::string name;
  std::string id = {};  // empty: the name
  std::string type = "text";
  std::optional<std::string> value = {};
  Label label = {};
  Hint hint = {};
  ErrorMessage error = {};
  struct Affix {
    Html content = {};
    std::string classes = {};
    Attributes attributes = {};
  };
  Affix prefix = {};
  Affix suffix = {};
  std::string described_by = {};
  std::string autocomplete = {};
  std::string autocapitalize = {};
  std::string inputmode = {};
  std::string pattern = {};
  std::optional<bool> spellcheck = {};
  bool disabled = false;
  std::string classes = {};  // "govuk-input--width-20"
  std::string wrapper_classes = {};
  Attributes wrapper_attributes = {};
  FormGroup group = {};
  Attributes attributes = {};
};
Html input(const Input& options);

struct Textarea {
  std::string name;
  std::string id = {};  // empty: the name
  std::string value = {};
  int rows = 5;
  Label label = {};
  Hint hint = {};
  ErrorMessage error = {};
  std::string described_by = {};
  std::string autocomplete = {};
  std::optional<bool> spellcheck = {};
  bool disabled = false;
  std::string classes = {};
  FormGroup group = {};
  Attributes attributes = {};
};
Html textarea(const Textarea& options);

// One radio button or checkbox, or the word between two groups of them.
struct Choosable {
  std::string value = {};
  Html content = {};
  Hint hint = {};
  std::string divider = {};          // "or": nothing else is then used
  std::string id = {};               // empty: the name, for all but the first with "-2", "-3"
  std::optional<bool> checked = {};  // else: its value is among those chosen
  bool disabled = false;
  bool exclusive = false;  // checkboxes: unticks the others, with JavaScript
  std::string name = {};   // checkboxes: other than the group's
  Html conditional = {};   // shown when chosen, with JavaScript
  std::string label_classes = {};
  Attributes label_attributes = {};
  Attributes attributes = {};
};

// Radios and checkboxes.  The error summary leads to the first one's id: the
// name, or `id_prefix`.
struct Choices {
  std::string name;
  std::vector<Choosable> items;
  std::vector<std::string> values = {};  // those chosen
  std::optional<Fieldset> fieldset = {};
  Hint hint = {};
  ErrorMessage error = {};
  std::string id_prefix = {};
  std::string described_by = {};
  std::string classes = {};  // "govuk-radios--inline", "govuk-checkboxes--small"
  FormGroup group = {};
  Attributes attributes = {};
};
Html radios(const Choices& options);
Html checkboxes(const Choices& options);

// First in <main> when a form comes back: what is wrong, each leading to its field.
struct ErrorSummary {
  struct Item {
    std::string href = {};  // "#reasons"
    Html content;
    Attributes attributes = {};
  };
  std::vector<Item> errors;
  Html title = "There is a problem";
  Html description = {};
  std::optional<bool> disable_auto_focus = {};
  std::string classes = {};
  Attributes attributes = {};
};
Html error_summary(const ErrorSummary& options);

Html hidden_field(std::string_view name, std::string_view value);

// <form method="post" novalidate>; `csrf` is SignedIn::csrf, empty only where
// nobody is signed in.
Html post_form(std::string_view action, std::string_view csrf, const Html& content,
               std::string_view id = {});

}  // namespace lockgate::web
