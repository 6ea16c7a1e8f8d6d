// Headings, paragraphs, links, lists: the text of a page.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugin/web/html.hpp"

namespace lockgate::web {

// A link; if `href` is not a path, a fragment, http, https or mailto, the text alone.
struct Link {
  std::string href;
  Html content;
  std::string hidden = {};  // more words for screen readers: "your declaration of interests"
  std::string classes = {};
  Attributes attributes = {};
};
Html link(const Link& options);
Html link(std::string_view href, const Html& content);

// <h1> to <h5>, bare.
Html heading_element(int level, const Attributes& attributes, const Html& content);

enum class Size { s, m, l, xl };
Html heading(int level, Size size, const Html& content, std::string_view id = {});
// The page's one h1; `caption` stands above it in small.
Html page_heading(const Html& content, const Html& caption = {}, Size size = Size::l);
Html paragraph(const Html& content);
// Text as somebody typed it, with its line ends.
Html paragraphs(std::string_view text);
Html visually_hidden(const Html& content);
enum class Marks { none, bullets, numbers };
Html list(const std::vector<Html>& items, Marks marks = Marks::bullets);
// One row of the grid, `two_thirds` or all of the width.
Html two_thirds(const Html& content);
Html full_width(const Html& content);

}  // namespace lockgate::web
