#include "plugin/web/prose.hpp"

#include <algorithm>
#include <array>

namespace lockgate::web {
namespace {

bool is_link(std::string_view href) {
  constexpr std::array<std::string_view, 5> kKnown{"/", "#", "https://", "http://", "mailto:"};
  return std::any_of(kKnown.begin(), kKnown.end(),
                     [&](std::string_view known) { return href.starts_with(known); });
}

std::string_view heading_class(Size size) {
  switch (size) {
    case Size::s:
      return "govuk-heading-s";
    case Size::m:
      return "govuk-heading-m";
    case Size::l:
      return "govuk-heading-l";
    case Size::xl:
      return "govuk-heading-xl";
  }
  return "govuk-heading-m";
}

std::string_view caption_class(Size size) {
  switch (size) {
    case Size::s:
    case Size::m:
      return "govuk-caption-m";
    case Size::l:
      return "govuk-caption-l";
    case Size::xl:
      return "govuk-caption-xl";
  }
  return "govuk-caption-m";
}

}  // namespace

Html heading_element(int level, const Attributes& attributes, const Html& content) {
  switch (level) {
    case 1:
      return element("h1", attributes, content);
    case 2:
      return element("h2", attributes, content);
    case 3:
      return element("h3", attributes, content);
    case 4:
      return element("h4", attributes, content);
    default:
      return element("h5", attributes, content);
  }
}

Html link(const Link& options) {
  if (!is_link(options.href)) return options.content;
  Attributes attributes{{"class", classes({"govuk-link", options.classes})},
                        {"href", options.href}};
  Html content = options.content;
  if (!options.hidden.empty()) content += visually_hidden(" " + options.hidden);
  return element("a", attributes.add_all(options.attributes), content);
}

Html link(std::string_view href, const Html& content) {
  return link({.href = std::string(href), .content = content});
}

Html heading(int level, Size size, const Html& content, std::string_view id) {
  Attributes attributes{{"class", std::string(heading_class(size))}};
  return heading_element(level, attributes.add_some("id", id), content);
}

Html page_heading(const Html& content, const Html& caption, Size size) {
  const Html above = caption.empty()
                         ? Html()
                         : element("span", {{"class", std::string(caption_class(size))}}, caption);
  return above + heading(1, size, content);
}

Html paragraph(const Html& content) { return element("p", {{"class", "govuk-body"}}, content); }

Html paragraphs(std::string_view text) {
  return element("p", {{"class", "govuk-body lg-as-typed"}}, text);
}

Html visually_hidden(const Html& content) {
  return element("span", {{"class", "govuk-visually-hidden"}}, content);
}

Html list(const std::vector<Html>& items, Marks marks) {
  Html inside;
  for (const Html& item : items) inside += element("li", item);
  switch (marks) {
    case Marks::none:
      return element("ul", {{"class", "govuk-list"}}, inside);
    case Marks::bullets:
      return element("ul", {{"class", "govuk-list govuk-list--bullet"}}, inside);
    case Marks::numbers:
      return element("ol", {{"class", "govuk-list govuk-list--number"}}, inside);
  }
  return {};
}

Html two_thirds(const Html& content) {
  return element("div", {{"class", "govuk-grid-row"}},
                 element("div", {{"class", "govuk-grid-column-two-thirds"}}, content));
}

Html full_width(const Html& content) {
  return element("div", {{"class", "govuk-grid-row"}},
                 element("div", {{"class", "govuk-grid-column-full"}}, content));
}

}  // namespace lockgate::web
