// Components that show: each a plain function from options to Html, as in the
// npm package govuk-frontend.  tests/web/fixtures_test.py holds them to its
// official fixtures.  What people fill in stands in form_controls.hpp; header
// and navigation in frame.hpp.
//
// `classes` is added after the component's own; `attributes` go to its outermost
// element.  An empty Html means: without that part.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/web/form_controls.hpp"
#include "plugin/web/frame.hpp"
#include "plugin/web/html.hpp"

namespace lockgate::web {

// --- Small pieces of text ---

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

// --- Components ---

struct Tag {
  Html content;
  std::string classes = {};  // "govuk-tag--red"
  Attributes attributes = {};
};
Html tag(const Tag& options);

struct Details {
  Html summary;
  Html content;
  std::string id = {};
  bool open = false;
  std::string classes = {};
  Attributes attributes = {};
};
Html details(const Details& options);

struct InsetText {
  Html content;
  std::string id = {};
  std::string classes = {};
  Attributes attributes = {};
};
Html inset_text(const InsetText& options);

struct WarningText {
  Html content;
  std::string icon_fallback = "Warning";
  std::string classes = {};
  Attributes attributes = {};
};
Html warning_text(const WarningText& options);

struct NotificationBanner {
  Html heading = {};  // one line, set as the banner's heading
  Html content = {};  // or anything, as it is
  Html title = {};    // empty: "Important", or "Success"
  bool success = false;
  std::string role = {};
  std::string title_id = "govuk-notification-banner-title";
  int heading_level = 2;
  std::optional<bool> disable_auto_focus = {};
  std::string classes = {};
  Attributes attributes = {};
};
Html notification_banner(const NotificationBanner& options);

struct Panel {
  Html title;
  Html content = {};
  int heading_level = 1;
  std::string classes = {};  // with "govuk-panel--interruption" it is one
  Html actions = {};         // buttons and links of an interruption
  Attributes attributes = {};
};
Html panel(const Panel& options);

struct SummaryList {
  struct Action {
    std::string href;
    Html content;
    std::string hidden = {};  // "your vote"
    std::string classes = {};
    Attributes attributes = {};
  };
  struct Row {
    Html key;
    Html value;
    std::vector<Action> actions = {};
    std::string classes = {};
    std::string key_classes = {};
    std::string value_classes = {};
    std::string actions_classes = {};
  };
  struct Card {
    Html title;
    int heading_level = 2;
    std::vector<Action> actions = {};
    std::string classes = {};
    std::string title_classes = {};
    std::string actions_classes = {};
    Attributes attributes = {};
  };
  std::vector<Row> rows;
  std::optional<Card> card = {};
  std::string classes = {};
  Attributes attributes = {};
};
Html summary_list(const SummaryList& options);

struct Table {
  struct Cell {
    Html content;
    std::string format = {};  // "numeric"
    std::string classes = {};
    int colspan = 0;
    int rowspan = 0;
    Attributes attributes = {};
  };
  std::vector<Cell> head = {};
  std::vector<std::vector<Cell>> rows;
  std::string caption = {};
  std::string caption_classes = {};
  bool first_cell_is_header = false;
  std::string classes = {};
  Attributes attributes = {};
};
Html table(const Table& options);

struct TaskList {
  struct Item {
    Html title;
    Html hint = {};
    Html status;  // text, or a tag()
    std::string status_classes = {};
    bool cannot_start_yet = false;
    std::string href = {};
    std::string title_classes = {};
    std::string classes = {};
  };
  std::vector<Item> items;
  std::string id_prefix = "task-list";
  std::string classes = {};
  Attributes attributes = {};
};
Html task_list(const TaskList& options);

// Events, newest first; ours, in the shape that other public services use.
struct Timeline {
  struct Event {
    Html title;
    Html by = {};         // "Ann Brook", "Lockgate rules"
    Html when = {};       // in words
    std::string at = {};  // RFC 3339, for programs
    Html content = {};
  };
  std::vector<Event> events;
  int heading_level = 3;
};
Html timeline(const Timeline& options);

}  // namespace lockgate::web
