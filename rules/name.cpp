#include "rules/name.hpp"

#include <algorithm>

#include "rules/cel/lexer.hpp"

namespace lockgate::rules {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_segment(std::string_view part, bool first) {
  if (part.empty() || !is_lower(part.front()) || cel::is_reserved(part)) return false;
  if (part == "true" || part == "false" || part == "null" || part == "in") return false;
  return std::all_of(part.begin(), part.end(), [first](char c) {
    return is_lower(c) || is_digit(c) || c == '_' || (c == '-' && !first);
  });
}

bool is_dotted_name(std::string_view name) {
  bool first = true;
  while (true) {
    const std::size_t dot = name.find('.');
    if (!is_segment(name.substr(0, dot), first)) return false;
    if (dot == name.npos) return true;
    name.remove_prefix(dot + 1);
    first = false;
  }
}

}  // namespace

bool is_fact_name(std::string_view name) {
  const std::string_view root = name.substr(0, name.find('.'));
  return is_dotted_name(name) && root != "cfg" && root != "calc" && root != "now";
}

bool is_setting_name(std::string_view name) {
  return is_dotted_name(name) && name.starts_with("cfg.");
}

bool is_expression_name(std::string_view name) {
  return is_dotted_name(name) && name.starts_with("calc.");
}

bool is_field_name(std::string_view name) {
  const auto is_letter = [](char c) { return is_lower(c) || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !name.empty() && is_letter(name.front()) && name.size() <= 60 && !cel::is_reserved(name) &&
         name != "true" && name != "false" && name != "null" && name != "in" &&
         std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || is_digit(c); });
}

bool is_rule_id(std::string_view id) {
  const std::size_t dash = id.find('-');
  if (dash == id.npos || dash == 0 || id.size() - dash < 3) return false;
  return std::all_of(id.begin(), id.begin() + static_cast<std::ptrdiff_t>(dash), is_lower) &&
         std::all_of(id.begin() + static_cast<std::ptrdiff_t>(dash) + 1, id.end(), is_digit);
}

}  // namespace lockgate::rules
