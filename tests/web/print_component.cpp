// Prints components with the options of govuk-frontend's fixtures.
//
// stdin, a line each:  {"component": "button", "options": {...}}
// stdout, a line each: {"html": "..."}, or {"cannot": "why"} where an option has
// no counterpart in ours.

#include <iostream>
#include <string>
#include <vector>

#include "tests/web/fixture_options.hpp"

namespace lockgate::web {
namespace {

Html print_panel(Options& given) {
  Options actions = given.inside("actions");
  Html buttons;
  actions.each("items", [&](Options& item) {
    const std::string type = item.text("type");
    const std::string href = item.text("href");
    if (href.empty() || type == "button") {
      buttons += button({.content = item.content(),
                         .href = href,
                         .type = type.empty() ? "button" : type,
                         .classes = classes({"govuk-button--inverse", item.text("classes")}),
                         .attributes = item.attributes()});
    } else {
      buttons += link({.href = href,
                       .content = item.content(),
                       .classes = classes({"govuk-link--inverse", item.text("classes")}),
                       .attributes = item.attributes()});
    }
  });
  actions.done();
  return panel({.title = given.content("titleHtml", "titleText"),
                .content = given.content(),
                .heading_level = given.number("headingLevel", 1),
                .classes = given.text("classes"),
                .actions = buttons,
                .attributes = given.attributes()});
}

Html print_notification_banner(Options& given) {
  const bool any = given.flag("html");
  const Html content = given.content();
  const std::string type = given.text("type");
  return notification_banner({.heading = any ? Html() : content,
                              .content = any ? content : Html(),
                              .title = given.content("titleHtml", "titleText"),
                              .success = type == "success",
                              .role = given.text("role"),
                              .title_id = given.text("titleId", "govuk-notification-banner-title"),
                              .heading_level = given.number("titleHeadingLevel", 2),
                              .disable_auto_focus = given.truth("disableAutoFocus"),
                              .classes = given.text("classes"),
                              .attributes = given.attributes()});
}

std::vector<SummaryList::Action> read_actions(Options given, std::string& classes) {
  std::vector<SummaryList::Action> actions;
  classes = given.text("classes");
  given.each("items", [&](Options& item) {
    actions.push_back({.href = item.text("href"),
                       .content = item.content(),
                       .hidden = item.text("visuallyHiddenText"),
                       .classes = item.text("classes"),
                       .attributes = item.attributes()});
  });
  given.done();
  return actions;
}

Html print_summary_list(Options& given) {
  SummaryList list{.rows = {}, .classes = given.text("classes"), .attributes = given.attributes()};
  given.each("rows", [&](Options& row) {
    Options key = row.inside("key");
    Options value = row.inside("value");
    SummaryList::Row read{.key = key.content(),
                          .value = value.content(),
                          .classes = row.text("classes"),
                          .key_classes = key.text("classes"),
                          .value_classes = value.text("classes")};
    read.actions = read_actions(row.inside("actions"), read.actions_classes);
    list.rows.push_back(read);
    key.done();
    value.done();
  });
  if (given.has("card")) {
    Options card = given.inside("card");
    Options title = card.inside("title");
    SummaryList::Card read{.title = title.content(),
                           .heading_level = title.number("headingLevel", 2),
                           .classes = card.text("classes"),
                           .title_classes = title.text("classes"),
                           .attributes = card.attributes()};
    read.actions = read_actions(card.inside("actions"), read.actions_classes);
    list.card = read;
    title.done();
    card.done();
  }
  return summary_list(list);
}

Table::Cell read_cell(Options& cell) {
  return {.content = cell.content(),
          .format = cell.text("format"),
          .classes = cell.text("classes"),
          .colspan = cell.number("colspan"),
          .rowspan = cell.number("rowspan"),
          .attributes = cell.attributes()};
}

Html print_table(Options& given) {
  Table options{.head = {},
                .rows = {},
                .caption = given.text("caption"),
                .caption_classes = given.text("captionClasses"),
                .first_cell_is_header = given.flag("firstCellIsHeader"),
                .classes = given.text("classes"),
                .attributes = given.attributes()};
  given.each("head", [&](Options& cell) { options.head.push_back(read_cell(cell)); });
  if (given.has("rows")) {
    for (const json::value& row : given.find("rows")->as_array()) {
      if (!truthy(&row)) continue;
      std::vector<Table::Cell> cells;
      for (const json::value& each : row.as_array()) {
        Options cell(each, "rows[][]");
        cells.push_back(read_cell(cell));
        cell.done();
      }
      options.rows.push_back(cells);
    }
  }
  return table(options);
}

Html print_task_list(Options& given) {
  TaskList list{.items = {},
                .id_prefix = given.text("idPrefix", "task-list"),
                .classes = given.text("classes"),
                .attributes = given.attributes()};
  given.each("items", [&](Options& item) {
    Options title = item.inside("title");
    Options status = item.inside("status");
    Options the_tag = status.inside("tag");
    const Html tag_html = status.has("tag") ? tag({.content = the_tag.content(),
                                                   .classes = the_tag.text("classes"),
                                                   .attributes = the_tag.attributes()})
                                            : Html();
    const Html status_html = status.content();
    list.items.push_back({.title = title.content(),
                          .hint = read_hint(item.inside("hint")).content,
                          .status = tag_html.empty() ? status_html : tag_html,
                          .status_classes = status.text("classes"),
                          .href = item.text("href"),
                          .title_classes = title.text("classes"),
                          .classes = item.text("classes")});
    title.done();
    status.done();
    the_tag.done();
  });
  if (given.passed_over()) throw Cannot("items that are not there, but counted");
  return task_list(list);
}

Html print_service_navigation(Options& given) {
  Options slots = given.inside("slots");
  const auto slot = [&](std::string_view name) {
    return OutsideMarkup::html(trimmed(slots.text(name)));
  };
  ServiceNavigation navigation{.name = given.text("serviceName"),
                               .href = given.text("serviceUrl"),
                               .items = {},
                               .navigation_start = slot("navigationStart"),
                               .navigation_end = slot("navigationEnd"),
                               .start = slot("start"),
                               .aria_label = given.text("ariaLabel", "Service information"),
                               .navigation_label = given.text("navigationLabel"),
                               .navigation_id = given.text("navigationId", "navigation"),
                               .navigation_classes = given.text("navigationClasses"),
                               .menu_text = given.text("menuButtonText", "Menu"),
                               .menu_label = given.text("menuButtonLabel"),
                               .collapse_on_mobile = given.truth("collapseNavigationOnMobile"),
                               .classes = given.text("classes"),
                               .attributes = given.attributes()};
  if (const json::value* end = slots.find("end"); end && end->is_object()) {
    Options options = slots.inside("end");
    navigation.end = options.content();
    navigation.end_inline = options.text("align") == "inline";
    options.done();
  } else {
    navigation.end = slot("end");
  }
  slots.done();
  given.each("navigation", [&](Options& item) {
    navigation.items.push_back({.content = item.content(),
                                .href = item.text("href"),
                                .current = item.flag("current"),
                                .active = item.flag("active"),
                                .attributes = item.attributes()});
  });
  return service_navigation(navigation);
}

Pagination::Arrow read_arrow(Options given) {
  Pagination::Arrow arrow{.href = given.text("href"),
                          .content = given.content(),
                          .label = given.text("labelText"),
                          .attributes = given.attributes()};
  given.done();
  return arrow;
}

Html print_pagination(Options& given) {
  Pagination options{.previous = read_arrow(given.inside("previous")),
                     .next = read_arrow(given.inside("next")),
                     .items = {},
                     .landmark_label = given.text("landmarkLabel", "Pagination"),
                     .classes = given.text("classes"),
                     .attributes = given.attributes()};
  given.each("items", [&](Options& item) {
    Pagination::Item read{.number = item.text("number"),
                          .href = item.text("href"),
                          .current = item.flag("current"),
                          .ellipsis = item.flag("ellipsis"),
                          .attributes = item.attributes()};
    if (item.has("visuallyHiddenText")) read.aria_label = item.text("visuallyHiddenText");
    options.items.push_back(read);
  });
  return pagination(options);
}

Html print_breadcrumbs(Options& given) {
  Breadcrumbs options{.items = {},
                      .collapse_on_mobile = given.flag("collapseOnMobile"),
                      .label = given.text("labelText", "Breadcrumb"),
                      .classes = given.text("classes"),
                      .attributes = given.attributes()};
  given.each("items", [&](Options& item) {
    options.items.push_back(
        {.content = item.content(), .href = item.text("href"), .attributes = item.attributes()});
  });
  return breadcrumbs(options);
}

Html print(const std::string& component, Options& given) {
  if (const auto control = print_form_control(component, given)) return *control;
  if (component == "summary-list") return print_summary_list(given);
  if (component == "table") return print_table(given);
  if (component == "task-list") return print_task_list(given);
  if (component == "notification-banner") return print_notification_banner(given);
  if (component == "panel") return print_panel(given);
  if (component == "pagination") return print_pagination(given);
  if (component == "breadcrumbs") return print_breadcrumbs(given);
  if (component == "service-navigation") return print_service_navigation(given);
  if (component == "tag") {
    return tag({.content = given.content(),
                .classes = given.text("classes"),
                .attributes = given.attributes()});
  }
  if (component == "details") {
    return details({.summary = given.content("summaryHtml", "summaryText"),
                    .content = given.content(),
                    .id = given.text("id"),
                    .open = given.flag("open"),
                    .classes = given.text("classes"),
                    .attributes = given.attributes()});
  }
  if (component == "inset-text") {
    return inset_text({.content = given.content(),
                       .id = given.text("id"),
                       .classes = given.text("classes"),
                       .attributes = given.attributes()});
  }
  if (component == "warning-text") {
    return warning_text({.content = given.content(),
                         .icon_fallback = given.text("iconFallbackText", "Warning"),
                         .classes = given.text("classes"),
                         .attributes = given.attributes()});
  }
  if (component == "skip-link") {
    return skip_link({.content = given.content(),
                      .href = given.text("href", "#content"),
                      .classes = given.text("classes"),
                      .attributes = given.attributes()});
  }
  if (component == "back-link") {
    const Html content = given.content();
    return back_link({.href = given.text("href", "#"),
                      .content = content.empty() ? Html("Back") : content,
                      .classes = given.text("classes"),
                      .attributes = given.attributes()});
  }
  if (component == "generic-header") {
    return generic_header(
        {.logo = given.content("logoHtml", "logoText"),
         .href = given.text("url", "/"),
         .container_classes = given.text("containerClasses", "govuk-width-container"),
         .classes = given.text("classes"),
         .attributes = given.attributes()});
  }
  throw Cannot("no such component");
}

json::object answer(const json::object& asked) {
  try {
    Options options(asked.at("options"), "");
    const Html html = print(std::string(asked.at("component").as_string()), options);
    options.done();
    return {{"html", html.markup()}};
  } catch (const Cannot& cannot) {
    return {{"cannot", cannot.what()}};
  }
}

}  // namespace
}  // namespace lockgate::web

int main() {
  std::string line;
  while (std::getline(std::cin, line)) {
    std::cout << boost::json::serialize(lockgate::web::answer(boost::json::parse(line).as_object()))
              << '\n';
  }
}
