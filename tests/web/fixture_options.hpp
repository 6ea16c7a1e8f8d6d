// The options of govuk-frontend's fixtures, read so that none is passed over.

#pragma once

#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <boost/json.hpp>

#include "plugin/web/components.hpp"

namespace lockgate::web {

// What only a test may do: markup and names that are no literals of ours.
struct OutsideMarkup {
  static Html html(std::string markup) {
    Html html;
    html.markup_ = std::move(markup);
    return html;
  }
  static Literal literal(const std::string& text) {
    static std::set<std::string> kept;
    return Literal(std::string_view(*kept.insert(text).first));
  }
};

namespace json = boost::json;

struct Cannot : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// JavaScript's idea of truth.
inline bool truthy(const json::value* value) {
  if (!value || value->is_null()) return false;
  if (const bool* truth = value->if_bool()) return *truth;
  if (const json::string* text = value->if_string()) return !text->empty();
  if (const std::int64_t* number = value->if_int64()) return *number != 0;
  return true;
}

inline std::string as_text(const json::value& value) {
  if (const json::string* text = value.if_string()) return std::string(*text);
  if (value.is_null()) return {};
  return json::serialize(value);
}

inline std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \n\t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \n\t") - first + 1));
}

// Options that must all be read before done().
class Options {
 public:
  Options(const json::value& value, std::string where) : where_(std::move(where)) {
    if (const json::object* object = value.if_object()) {
      object_ = object;
    } else if (truthy(&value)) {
      throw Cannot(where_ + " is no object");
    }
  }
  const json::value* find(std::string_view name) {
    used_.insert(std::string(name));
    return object_ ? object_->if_contains(name) : nullptr;
  }
  bool has(std::string_view name) {
    const json::value* value = find(name);
    return value && !value->is_null();
  }
  std::string text(std::string_view name, std::string otherwise = {}) {
    const json::value* value = find(name);
    return truthy(value) ? as_text(*value) : otherwise;
  }
  int number(std::string_view name, int otherwise = 0) {
    const json::value* value = find(name);
    return value && value->is_int64() ? static_cast<int>(value->as_int64()) : otherwise;
  }
  bool flag(std::string_view name) { return truthy(find(name)); }
  std::optional<bool> truth(std::string_view name) {
    const json::value* value = find(name);
    if (!value || !value->is_bool()) return {};
    return value->as_bool();
  }
  // The pair `html` and `text` that most parts of components have.
  Html content(std::string_view html_name = "html", std::string_view text_name = "text") {
    const json::value* html = find(html_name);
    const json::value* text = find(text_name);
    if (truthy(html)) return OutsideMarkup::html(trimmed(as_text(*html)));
    return truthy(text) ? Html(as_text(*text)) : Html();
  }
  Attributes attributes(std::string_view name = "attributes") {
    Attributes attributes;
    const json::value* value = find(name);
    if (!truthy(value)) return attributes;
    if (!value->is_object()) throw Cannot("attributes as text");
    for (const auto& [key, given] : value->as_object()) {
      const json::object* detailed = given.if_object();
      const json::value* inner = detailed ? detailed->if_contains("value") : &given;
      const bool optional = detailed && truthy(detailed->if_contains("optional"));
      const bool nothing = !inner || inner->is_null();
      if (optional && !nothing && inner->is_bool()) {
        attributes.add_flag(OutsideMarkup::literal(key), inner->as_bool());
      } else if (!optional || !nothing) {
        attributes.add(OutsideMarkup::literal(key), nothing ? "" : as_text(*inner));
      }
    }
    return attributes;
  }
  Options inside(std::string_view name) {
    static const json::value kNothing;
    const json::value* value = find(name);
    return {value ? *value : kNothing, where_ + "." + std::string(name)};
  }
  // Each object of a list; what is null, false or empty is passed over.
  template <class Visit>
  void each(std::string_view name, Visit visit) {
    const json::value* value = find(name);
    if (!value || !value->is_array()) return;
    for (const json::value& item : value->as_array()) {
      if (!truthy(&item) || (item.is_object() && item.as_object().empty())) {
        passed_over_ = true;
        continue;
      }
      Options options(item, where_ + "." + std::string(name) + "[]");
      visit(options);
      options.done();
    }
  }
  bool passed_over() const { return passed_over_; }
  void done() const {
    if (!object_) return;
    for (const auto& [key, value] : *object_) {
      if (!used_.contains(key))
        throw Cannot("no counterpart of " + where_ + "." + std::string(key));
    }
  }

 private:
  const json::object* object_ = nullptr;
  std::string where_;
  std::set<std::string, std::less<>> used_;
  bool passed_over_ = false;
};

Hint read_hint(Options given);
// Gives nullopt for what is not a form control.
std::optional<Html> print_form_control(const std::string& component, Options& given);

}  // namespace lockgate::web
