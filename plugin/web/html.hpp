// Html: markup in which text is escaped by construction.
//
// Whatever comes from outside is text and can only become text.  Markup is made
// by element() around it; tag and attribute names, and pieces of our own markup,
// are string literals: a std::string does not compile in their place.

#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockgate::web {

// A string literal of ours.
class Literal {
 public:
  template <std::size_t N>
  consteval Literal(const char (&text)[N]) : text_(text, N - 1) {}
  constexpr std::string_view view() const { return text_; }

 private:
  friend struct OutsideMarkup;  // the fixture test alone: official markup as arguments
  constexpr explicit Literal(std::string_view text) : text_(text) {}
  std::string_view text_;
};

class Attributes;

class Html {
 public:
  Html() = default;
  // Text: & < > " ' are escaped.  Control characters that HTML forbids, and marks
  // that turn the direction of writing for what follows, become U+FFFD.
  Html(std::string_view text);
  Html(const std::string& text) : Html(std::string_view(text)) {}
  Html(const char* text) : Html(std::string_view(text)) {}

  const std::string& markup() const { return markup_; }
  std::string take() && { return std::move(markup_); }
  bool empty() const { return markup_.empty(); }

  Html& operator+=(const Html& more);
  friend Html operator+(Html left, const Html& right) { return std::move(left += right); }

 private:
  friend Html own_markup(Literal markup);
  friend Html element(Literal tag, const Attributes& attributes, const Html& content);
  friend Html void_element(Literal tag, const Attributes& attributes);
  friend struct OutsideMarkup;
  std::string markup_;
};

// Markup that we wrote ourselves, taken as it stands.
Html own_markup(Literal markup);

// `separator` between each two of `parts`; empty parts are left out.
Html join(const std::vector<Html>& parts, const Html& separator = {});

// Attributes in the order in which they were added.  Values are always quoted
// and escaped.
class Attributes {
 public:
  struct Attribute {
    Literal name;
    std::string value;
  };
  Attributes() = default;
  Attributes(std::initializer_list<Attribute> attributes)
      : entries_(attributes.begin(), attributes.end()) {}

  Attributes& add(Literal name, std::string_view value);
  // Only if the value is not empty.
  Attributes& add_some(Literal name, std::string_view value);
  // The name alone ("checked"), if `truth`.
  Attributes& add_flag(Literal name, bool truth = true);
  Attributes& add_all(const Attributes& more);
  bool empty() const { return entries_.empty(); }

 private:
  friend Html element(Literal tag, const Attributes& attributes, const Html& content);
  friend Html void_element(Literal tag, const Attributes& attributes);
  struct Entry {
    Entry(const Attribute& attribute) : name(attribute.name), value(attribute.value) {}
    Entry(Literal literal, std::optional<std::string> given)
        : name(literal), value(std::move(given)) {}
    Literal name;
    std::optional<std::string> value;  // none: the name alone
  };
  void write(std::string& out) const;
  std::vector<Entry> entries_;
};

// Class names, one space between; empty ones are left out.
std::string classes(std::initializer_list<std::string_view> names);

// <tag attributes>content</tag>
Html element(Literal tag, const Attributes& attributes, const Html& content);
Html element(Literal tag, const Html& content);
// <tag attributes>, for tags without an end: input, meta, link, hr, br.
Html void_element(Literal tag, const Attributes& attributes = {});

}  // namespace lockgate::web
