#include "plugin/web/components.hpp"

#include <algorithm>

namespace lockgate::web {
namespace {

Html action_link(const SummaryList::Action& action, const Html& card_title) {
  if (!action.instead.empty()) return action.instead;
  Html content = action.content;
  if (!action.hidden.empty() || !card_title.empty()) {
    Html hidden;
    if (!action.hidden.empty()) hidden += " " + action.hidden;
    if (!card_title.empty()) hidden += Html(" (") + card_title + ")";
    content += visually_hidden(hidden);
  }
  Attributes attributes{{"class", classes({"govuk-link", action.classes})}, {"href", action.href}};
  return element("a", attributes.add_all(action.attributes), content);
}

Html action_items(const std::vector<SummaryList::Action>& actions, const Html& card_title,
                  Literal item_class) {
  Html items;
  for (const SummaryList::Action& action : actions) {
    items +=
        element("li", {{"class", std::string(item_class.view())}}, action_link(action, card_title));
  }
  return items;
}

Html summary_row(const SummaryList::Row& row, bool with_actions, const Html& card_title) {
  Html cells =
      element("dt", {{"class", classes({"govuk-summary-list__key", row.key_classes})}}, row.key) +
      element("dd", {{"class", classes({"govuk-summary-list__value", row.value_classes})}},
              row.value);
  if (!row.actions.empty()) {
    const Html inside = row.actions.size() == 1
                            ? action_link(row.actions.front(), card_title)
                            : element("ul", {{"class", "govuk-summary-list__actions-list"}},
                                      action_items(row.actions, card_title,
                                                   "govuk-summary-list__actions-list-item"));
    cells += element(
        "dd", {{"class", classes({"govuk-summary-list__actions", row.actions_classes})}}, inside);
  }
  return element(
      "div",
      {{"class",
        classes({"govuk-summary-list__row",
                 with_actions && row.actions.empty() ? "govuk-summary-list__row--no-actions" : "",
                 row.classes})}},
      cells);
}

Html summary_card(const SummaryList::Card& card, const Html& content) {
  Html wrapper;
  if (!card.title.empty()) {
    wrapper += heading_element(
        card.heading_level, {{"class", classes({"govuk-summary-card__title", card.title_classes})}},
        card.title);
  }
  const std::string actions_class = classes({"govuk-summary-card__actions", card.actions_classes});
  if (card.actions.size() == 1) {
    wrapper +=
        element("div", {{"class", actions_class}}, action_link(card.actions.front(), card.title));
  } else if (!card.actions.empty()) {
    wrapper += element("ul", {{"class", actions_class}},
                       action_items(card.actions, card.title, "govuk-summary-card__action"));
  }
  Attributes attributes{{"class", classes({"govuk-summary-card", card.classes})}};
  return element("div", attributes.add_all(card.attributes),
                 element("div", {{"class", "govuk-summary-card__title-wrapper"}}, wrapper) +
                     element("div", {{"class", "govuk-summary-card__content"}}, content));
}

std::string some_number(int number) { return number == 0 ? "" : std::to_string(number); }

Html table_head(const Table& options) {
  if (options.head.empty()) return {};
  Html cells;
  for (const Table::Cell& cell : options.head) {
    Attributes attributes{{"scope", "col"}};
    attributes
        .add("class", classes({"govuk-table__header",
                               cell.format.empty() ? "" : "govuk-table__header--" + cell.format,
                               cell.classes}))
        .add_some("colspan", some_number(cell.colspan))
        .add_some("rowspan", some_number(cell.rowspan))
        .add_all(cell.attributes);
    cells += element("th", attributes, cell.content);
  }
  return element("thead", {{"class", "govuk-table__head"}},
                 element("tr", {{"class", "govuk-table__row"}}, cells));
}

Html table_cell(const Table::Cell& cell, bool header) {
  Attributes attributes;
  if (header) {
    attributes.add("scope", "row").add("class", classes({"govuk-table__header", cell.classes}));
  } else {
    attributes.add("class", classes({"govuk-table__cell",
                                     cell.format.empty() ? "" : "govuk-table__cell--" + cell.format,
                                     cell.classes}));
  }
  attributes.add_some("colspan", some_number(cell.colspan))
      .add_some("rowspan", some_number(cell.rowspan))
      .add_all(cell.attributes);
  return header ? element("th", attributes, cell.content) : element("td", attributes, cell.content);
}

Html task(const TaskList::Item& item, const std::string& id) {
  const std::string status_id = id + "-status";
  const std::string hint_id = id + "-hint";
  Attributes name;
  Html title;
  if (item.href.empty()) {
    name.add_some("class", item.title_classes);
    title = element("div", name, item.title);
  } else {
    name.add("class", classes({"govuk-link govuk-task-list__link", item.title_classes}))
        .add("href", item.href)
        .add("aria-describedby", item.hint.empty() ? status_id : hint_id + " " + status_id);
    title = element("a", name, item.title);
  }
  if (!item.hint.empty()) {
    title += element("div", {{"id", hint_id}, {"class", "govuk-task-list__hint"}}, item.hint);
  }
  return element("li",
                 {{"class", classes({"govuk-task-list__item",
                                     item.href.empty() ? "" : "govuk-task-list__item--with-link",
                                     item.classes})}},
                 element("div", {{"class", "govuk-task-list__name-and-hint"}}, title) +
                     element("div",
                             {{"class", classes({"govuk-task-list__status", item.status_classes})},
                              {"id", status_id}},
                             item.status));
}

}  // namespace

Html tag(const Tag& options) {
  Attributes attributes{{"class", classes({"govuk-tag", options.classes})}};
  return element("strong", attributes.add_all(options.attributes), options.content);
}

Html details(const Details& options) {
  Attributes attributes;
  attributes.add_some("id", options.id)
      .add("class", classes({"govuk-details", options.classes}))
      .add_all(options.attributes)
      .add_flag("open", options.open);
  return element(
      "details", attributes,
      element("summary", {{"class", "govuk-details__summary"}},
              element("span", {{"class", "govuk-details__summary-text"}}, options.summary)) +
          element("div", {{"class", "govuk-details__text"}}, options.content));
}

Html inset_text(const InsetText& options) {
  Attributes attributes;
  attributes.add_some("id", options.id)
      .add("class", classes({"govuk-inset-text", options.classes}))
      .add_all(options.attributes);
  return element("div", attributes, options.content);
}

Html warning_text(const WarningText& options) {
  Attributes attributes{{"class", classes({"govuk-warning-text", options.classes})}};
  return element(
      "div", attributes.add_all(options.attributes),
      element("span", {{"class", "govuk-warning-text__icon"}, {"aria-hidden", "true"}}, "!") +
          element("strong", {{"class", "govuk-warning-text__text"}},
                  visually_hidden(options.icon_fallback) + " " + options.content));
}

Html notification_banner(const NotificationBanner& options) {
  Attributes attributes{
      {"class",
       classes({"govuk-notification-banner",
                options.success ? "govuk-notification-banner--success" : "", options.classes})},
      {"role", !options.role.empty() ? options.role
               : options.success     ? "alert"
                                     : "region"},
      {"aria-labelledby", options.title_id},
      {"data-module", "govuk-notification-banner"}};
  if (options.disable_auto_focus) {
    attributes.add("data-disable-auto-focus", *options.disable_auto_focus ? "true" : "false");
  }
  const Html title = !options.title.empty() ? options.title
                     : options.success      ? Html("Success")
                                            : Html("Important");
  const Html line =
      options.heading.empty()
          ? Html()
          : element("p", {{"class", "govuk-notification-banner__heading"}}, options.heading);
  return element("div", attributes.add_all(options.attributes),
                 element("div", {{"class", "govuk-notification-banner__header"}},
                         heading_element(options.heading_level,
                                         {{"class", "govuk-notification-banner__title"},
                                          {"id", options.title_id}},
                                         title)) +
                     element("div", {{"class", "govuk-notification-banner__content"}},
                             line + options.content));
}

Html panel(const Panel& options) {
  const bool interrupts = options.classes.find("govuk-panel--interruption") != std::string::npos;
  Attributes attributes{
      {"class",
       classes({"govuk-panel", interrupts ? "" : "govuk-panel--confirmation", options.classes})}};
  Html inside =
      heading_element(options.heading_level, {{"class", "govuk-panel__title"}}, options.title);
  if (!options.content.empty()) {
    inside += element("div", {{"class", "govuk-panel__body"}}, options.content);
  }
  if (interrupts && !options.actions.empty()) {
    inside += element("div", {{"class", "govuk-panel__actions"}},
                      element("div", {{"class", "govuk-button-group"}}, options.actions));
  }
  return element("div", attributes.add_all(options.attributes), inside);
}

Html summary_list(const SummaryList& options) {
  const bool with_actions =
      std::any_of(options.rows.begin(), options.rows.end(),
                  [](const SummaryList::Row& row) { return !row.actions.empty(); });
  const Html card_title = options.card ? options.card->title : Html();
  Html rows;
  for (const SummaryList::Row& row : options.rows) {
    rows += summary_row(row, with_actions, card_title);
  }
  Attributes attributes{{"class", classes({"govuk-summary-list", options.classes})}};
  const Html all = element("dl", attributes.add_all(options.attributes), rows);
  return options.card ? summary_card(*options.card, all) : all;
}

Html table(const Table& options) {
  Html inside;
  if (!options.caption.empty()) {
    inside +=
        element("caption", {{"class", classes({"govuk-table__caption", options.caption_classes})}},
                options.caption);
  }
  inside += table_head(options);
  Html rows;
  for (const std::vector<Table::Cell>& row : options.rows) {
    Html cells;
    for (std::size_t column = 0; column < row.size(); ++column) {
      cells += table_cell(row[column], column == 0 && options.first_cell_is_header);
    }
    rows += element("tr", {{"class", "govuk-table__row"}}, cells);
  }
  inside += element("tbody", {{"class", "govuk-table__body"}}, rows);
  Attributes attributes{{"class", classes({"govuk-table", options.classes})}};
  return element("table", attributes.add_all(options.attributes), inside);
}

Html task_list(const TaskList& options) {
  Html items;
  for (std::size_t index = 0; index < options.items.size(); ++index) {
    items += task(options.items[index], options.id_prefix + "-" + std::to_string(index + 1));
  }
  Attributes attributes{{"class", classes({"govuk-task-list", options.classes})}};
  return element("ul", attributes.add_all(options.attributes), items);
}

Html verdict_box(const VerdictBox& options) {
  const char* tone = "";
  switch (options.tone) {
    case VerdictBox::Tone::stop:
      tone = "lg-verdict--stop";
      break;
    case VerdictBox::Tone::ask:
      tone = "lg-verdict--ask";
      break;
    case VerdictBox::Tone::refer:
      tone = "lg-verdict--refer";
      break;
    case VerdictBox::Tone::go:
      tone = "lg-verdict--go";
      break;
  }
  Html inside = element("h2", {{"class", "lg-verdict__title"}, {"id", "verdict"}}, options.title) +
                element("p", {{"class", "lg-verdict__body"}}, options.body);
  Html counts;
  for (const VerdictBox::Count& count : options.counts) {
    counts += element(
        "li", element("span", {{"class", "lg-verdict__number"}}, std::to_string(count.number)) +
                  " " + count.of);
  }
  if (!counts.empty()) inside += element("ul", {{"class", "lg-verdict__counts"}}, counts);
  if (!options.links.empty()) {
    inside += element("p", {{"class", "lg-verdict__links lg-no-print"}}, join(options.links, " "));
  }
  return element("section",
                 {{"class", classes({"lg-verdict", tone})}, {"aria-labelledby", "verdict"}},
                 inside);
}

Html timeline(const Timeline& options) {
  Html items;
  for (const Timeline::Event& event : options.events) {
    Html head =
        heading_element(options.heading_level, {{"class", "lg-timeline__title"}}, event.title);
    if (!event.by.empty()) {
      head += element("p", {{"class", "lg-timeline__byline"}}, Html("by ") + event.by);
    }
    if (!event.when.empty()) {
      const Html when =
          event.at.empty() ? event.when : element("time", {{"datetime", event.at}}, event.when);
      head += element("p", {{"class", "lg-timeline__date"}}, when);
    }
    if (!event.content.empty()) {
      head += element("div", {{"class", "lg-timeline__content"}}, event.content);
    }
    items += element("li", {{"class", "lg-timeline__item"}}, head);
  }
  return element("ol", {{"class", "lg-timeline"}}, items);
}

}  // namespace lockgate::web
