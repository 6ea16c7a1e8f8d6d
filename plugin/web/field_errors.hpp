// What is wrong with a form, as its page shows it.

#pragma once

#include <string_view>
#include <vector>

#include "plugin/web/form_controls.hpp"
#include "plugin/web/forms.hpp"

namespace lockgate::web {

// The first message for a field; empty if there is none.
inline ErrorMessage error_of(std::string_view field, const std::vector<FieldError>& errors) {
  for (const FieldError& error : errors) {
    if (error.field == field) return {error.message};
  }
  return {};
}

// All messages, each leading to its field.
inline std::vector<ErrorSummary::Item> summary_of(const std::vector<FieldError>& errors) {
  std::vector<ErrorSummary::Item> items;
  for (const FieldError& error : errors) {
    items.push_back({.href = "#" + error.field, .content = error.message});
  }
  return items;
}

}  // namespace lockgate::web
