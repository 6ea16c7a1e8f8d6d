// Components around a page: how to get somewhere else; see components.hpp.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plugin/web/html.hpp"

namespace lockgate::web {

struct SkipLink {
  Html content = "Skip to main content";
  std::string href = "#main-content";
  std::string classes = {};
  Attributes attributes = {};
};
Html skip_link(const SkipLink& options);

struct GenericHeader {
  Html logo;  // the council's name
  std::string href = "/";
  std::string container_classes = "govuk-width-container";
  std::string classes = {};
  Attributes attributes = {};
};
Html generic_header(const GenericHeader& options);

struct ServiceNavigation {
  struct Item {
    Html content;
    std::string href = {};
    bool current = false;  // this very page
    bool active = false;   // this part of the site
    Attributes attributes = {};
  };
  std::string name = {};
  std::string href = {};
  std::vector<Item> items = {};
  Html navigation_start = {};  // <li>s before and after the items
  Html navigation_end = {};
  Html start = {};
  Html end = {};
  bool end_inline = false;
  std::string aria_label = "Service information";
  std::string navigation_label = {};  // empty: menu_text
  std::string navigation_id = "navigation";
  std::string navigation_classes = {};
  std::string menu_text = "Menu";
  std::string menu_label = {};
  std::optional<bool> collapse_on_mobile = {};  // else: with more than one item
  std::string classes = {};
  Attributes attributes = {};
};
Html service_navigation(const ServiceNavigation& options);

struct Breadcrumbs {
  struct Item {
    Html content;
    std::string href = {};
    Attributes attributes = {};
  };
  std::vector<Item> items;
  bool collapse_on_mobile = false;
  std::string label = "Breadcrumb";
  std::string classes = {};
  Attributes attributes = {};
};
Html breadcrumbs(const Breadcrumbs& options);

struct BackLink {
  std::string href;
  Html content = "Back";
  std::string classes = {};
  Attributes attributes = {};
};
Html back_link(const BackLink& options);

struct Pagination {
  struct Arrow {
    std::string href = {};  // empty: there is none
    Html content = {};
    std::string label = {};
    Attributes attributes = {};
  };
  struct Item {
    std::string number = {};
    std::string href = {};
    bool current = false;
    bool ellipsis = false;
    std::optional<std::string> aria_label = {};
    Attributes attributes = {};
  };
  Arrow previous = {};
  Arrow next = {};
  std::vector<Item> items = {};
  std::string landmark_label = "Pagination";
  std::string classes = {};
  Attributes attributes = {};
};
Html pagination(const Pagination& options);

}  // namespace lockgate::web
