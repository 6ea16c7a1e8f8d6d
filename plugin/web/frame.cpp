#include "plugin/web/frame.hpp"

namespace lockgate::web {
namespace {

Html navigation_item(const ServiceNavigation::Item& item) {
  const bool here = item.active || item.current;
  const Html words =
      here ? element("strong", {{"class", "govuk-service-navigation__active-fallback"}},
                     item.content)
           : item.content;
  const char* const aria_current = !here ? "" : item.current ? "page" : "true";
  Html inside;
  if (!item.href.empty()) {
    Attributes attributes{{"class", "govuk-service-navigation__link"}, {"href", item.href}};
    attributes.add_some("aria-current", aria_current).add_all(item.attributes);
    inside = element("a", attributes, words);
  } else if (!item.content.empty()) {
    Attributes attributes{{"class", "govuk-service-navigation__text"}};
    inside = element("span", attributes.add_some("aria-current", aria_current), words);
  }
  return element("li",
                 {{"class", classes({"govuk-service-navigation__item",
                                     here ? "govuk-service-navigation__item--active" : ""})}},
                 inside);
}

Html navigation(const ServiceNavigation& options) {
  if (options.items.empty() && options.navigation_start.empty() && options.navigation_end.empty()) {
    return {};
  }
  Html inside;
  if (options.collapse_on_mobile.value_or(options.items.size() > 1)) {
    Attributes attributes{
        {"type", "button"},
        {"class", "govuk-service-navigation__toggle govuk-js-service-navigation-toggle"},
        {"aria-controls", options.navigation_id}};
    if (options.menu_label != options.menu_text) {
      attributes.add_some("aria-label", options.menu_label);
    }
    attributes.add_flag("hidden").add("aria-hidden", "true");
    inside += element("button", attributes, options.menu_text);
  }
  Html items = options.navigation_start;
  for (const ServiceNavigation::Item& item : options.items) items += navigation_item(item);
  items += options.navigation_end;
  inside += element(
      "ul", {{"class", "govuk-service-navigation__list"}, {"id", options.navigation_id}}, items);
  return element(
      "nav",
      {{"aria-label",
        options.navigation_label.empty() ? options.menu_text : options.navigation_label},
       {"class", classes({"govuk-service-navigation__wrapper", options.navigation_classes})}},
      inside);
}

// The previous or the next page.  A `block` stands alone, without page numbers.
struct Side {
  Literal wrapper;
  Literal rel;
  Html words;
  Html icon;
  bool icon_first;
};
Html arrow(const Pagination::Arrow& options, bool block, const Side& side) {
  if (options.href.empty()) return {};
  Attributes attributes{{"class", "govuk-link govuk-pagination__link"},
                        {"href", options.href},
                        {"rel", std::string(side.rel.view())}};
  const bool with_label = block && !options.label.empty();
  Html inside;
  if (side.icon_first || block) inside += side.icon;
  inside += element(
      "span",
      {{"class", classes({"govuk-pagination__link-title",
                          block && options.label.empty() ? "govuk-pagination__link-title--decorated"
                                                         : ""})}},
      options.content.empty() ? side.words : options.content);
  if (with_label) {
    inside += element("span", {{"class", "govuk-visually-hidden"}}, ":") +
              element("span", {{"class", "govuk-pagination__link-label"}}, options.label);
  }
  if (!side.icon_first && !block) inside += side.icon;
  return element("div", {{"class", std::string(side.wrapper.view())}},
                 element("a", attributes.add_all(options.attributes), inside));
}

Html page_item(const Pagination::Item& item) {
  Html inside;
  if (item.ellipsis) {
    inside = own_markup("&ctdot;");
  } else {
    Attributes attributes{{"class", "govuk-link govuk-pagination__link"},
                          {"href", item.href},
                          {"aria-label", item.aria_label.value_or("Page " + item.number)}};
    if (item.current) attributes.add("aria-current", "page");
    inside = element("a", attributes.add_all(item.attributes), item.number);
  }
  return element("li",
                 {{"class", classes({"govuk-pagination__item",
                                     item.current ? "govuk-pagination__item--current" : "",
                                     item.ellipsis ? "govuk-pagination__item--ellipsis" : ""})}},
                 inside);
}

}  // namespace

Html skip_link(const SkipLink& options) {
  Attributes attributes{{"href", options.href},
                        {"class", classes({"govuk-skip-link", options.classes})}};
  attributes.add_all(options.attributes).add("data-module", "govuk-skip-link");
  return element("a", attributes, options.content);
}

Html generic_header(const GenericHeader& options) {
  Attributes attributes{{"class", classes({"govuk-generic-header", options.classes})}};
  return element(
      "div", attributes.add_all(options.attributes),
      element("div",
              {{"class", classes({"govuk-generic-header__container", options.container_classes})}},
              element("div", {{"class", "govuk-generic-header__logo"}},
                      element("a",
                              {{"href", options.href},
                               {"class", "govuk-generic-header__homepage-link"}},
                              options.logo))));
}

Html service_navigation(const ServiceNavigation& options) {
  Html container;
  if (!options.name.empty()) {
    container += element(
        "span", {{"class", "govuk-service-navigation__service-name"}},
        options.href.empty()
            ? element("span", {{"class", "govuk-service-navigation__text"}}, options.name)
            : element("a", {{"href", options.href}, {"class", "govuk-service-navigation__link"}},
                      options.name));
  }
  container += navigation(options);
  const Html inside = element(
      "div",
      {{"class",
        classes({"govuk-width-container",
                 options.end_inline ? "govuk-service-navigation__inlining-container" : ""})}},
      options.start +
          element("div", {{"class", "govuk-service-navigation__container"}}, container) +
          options.end);

  // With a name it is a landmark of its own; else the <nav> inside is.
  const bool landmark = !options.name.empty() || !options.start.empty() || !options.end.empty();
  Attributes attributes;
  if (landmark) attributes.add("aria-label", options.aria_label);
  attributes.add("class", classes({"govuk-service-navigation", options.classes}))
      .add("data-module", "govuk-service-navigation")
      .add_all(options.attributes);
  return landmark ? element("section", attributes, inside) : element("div", attributes, inside);
}

Html breadcrumbs(const Breadcrumbs& options) {
  Html items;
  for (const Breadcrumbs::Item& item : options.items) {
    Attributes attributes{{"class", "govuk-breadcrumbs__list-item"}};
    if (item.href.empty()) {
      items += element("li", attributes.add("aria-current", "page"), item.content);
      continue;
    }
    Attributes to{{"class", "govuk-breadcrumbs__link"}, {"href", item.href}};
    items += element("li", attributes, element("a", to.add_all(item.attributes), item.content));
  }
  Attributes attributes{
      {"class",
       classes({"govuk-breadcrumbs", options.classes,
                options.collapse_on_mobile ? "govuk-breadcrumbs--collapse-on-mobile" : ""})}};
  attributes.add_all(options.attributes).add("aria-label", options.label);
  return element("nav", attributes, element("ol", {{"class", "govuk-breadcrumbs__list"}}, items));
}

Html back_link(const BackLink& options) {
  Attributes attributes{{"href", options.href},
                        {"class", classes({"govuk-back-link", options.classes})}};
  return element("a", attributes.add_all(options.attributes), options.content);
}

Html pagination(const Pagination& options) {
  const bool block =
      options.items.empty() && !(options.next.href.empty() && options.previous.href.empty());
  const Side previous{
      "govuk-pagination__prev", "prev",
      own_markup(R"(Previous<span class="govuk-visually-hidden"> page</span>)"),
      own_markup(
          R"(<svg class="govuk-pagination__icon govuk-pagination__icon--prev" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z"></path></svg>)"),
      true};
  const Side next{
      "govuk-pagination__next", "next",
      own_markup(R"(Next<span class="govuk-visually-hidden"> page</span>)"),
      own_markup(
          R"(<svg class="govuk-pagination__icon govuk-pagination__icon--next" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z"></path></svg>)"),
      false};
  Html inside = arrow(options.previous, block, previous);
  if (!options.items.empty()) {
    Html items;
    for (const Pagination::Item& item : options.items) items += page_item(item);
    inside += element("ul", {{"class", "govuk-pagination__list"}}, items);
  }
  inside += arrow(options.next, block, next);
  Attributes attributes{
      {"class",
       classes({"govuk-pagination", block ? "govuk-pagination--block" : "", options.classes})},
      {"aria-label", options.landmark_label}};
  return element("nav", attributes.add_all(options.attributes), inside);
}

}  // namespace lockgate::web
