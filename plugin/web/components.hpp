// Components that show: each a plain function from options to Html, as in the
// npm package govuk-frontend.  tests/web/fixtures_test.py holds them to its
// official fixtures.  What people fill in stands in form_controls.hpp; header
// and navigation in frame.hpp; headings and paragraphs in prose.hpp.
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
#include "plugin/web/prose.hpp"

namespace lockgate::web {

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
    Html instead = {};  // stands in the link's place: a button
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

// --- Ours; their styles are in assets/source/lockgate.scss. ---

// What the rules or the board say of a prototype, first on its page.
struct VerdictBox {
  enum class Tone { stop, ask, refer, go };
  Tone tone = Tone::refer;
  Html title;  // "Your board needs to decide"
  Html body;   // a sentence
  struct Count {
    int number = 0;
    std::string of;  // "for you to decide"
  };
  std::vector<Count> counts = {};
  std::vector<Html> links = {};
};
Html verdict_box(const VerdictBox& options);

// Events, newest first.
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
