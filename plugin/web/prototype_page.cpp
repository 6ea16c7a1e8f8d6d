#include "plugin/web/prototype_page.hpp"

#include <algorithm>

#include "plugin/web/ballot_parts.hpp"
#include "plugin/web/components.hpp"
#include "plugin/web/decision_parts.hpp"
#include "plugin/web/finding_cards.hpp"
#include "plugin/web/headline.hpp"
#include "plugin/web/history_view.hpp"
#include "plugin/web/when.hpp"
#include "plugin/web/words.hpp"
#include "plugin/workflow/access.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::web {
namespace {

constexpr std::size_t kNewestEvents = 8;

bool may_vote_on_any(const Prototype& prototype, const MemberId& member, UtcTime now) {
  return std::any_of(prototype.ballots.begin(), prototype.ballots.end(), [&](const Ballot& ballot) {
    return workflow::may_vote(prototype, ballot.id, member, now).has_value();
  });
}

Html actions(const Prototype& prototype, bool has_vote) {
  Html buttons;
  if (has_vote) {
    buttons += button({.content = "Review and vote", .href = path_of(prototype, "/review")});
  }
  if (workflow::may_write_lesson(prototype)) {
    buttons += button({.content = "Write down what was learned",
                       .href = path_of(prototype, "/lesson"),
                       .classes = "govuk-button--secondary"});
  }
  if (buttons.empty()) return {};
  return element("div", {{"class", "govuk-button-group lg-no-print"}}, buttons);
}

Html technical_details(const PrototypeFile& file) {
  const Prototype& prototype = file.prototype;
  SummaryList rows;
  rows.rows = {{.key = "Prototype", .value = as_code(prototype.id.text)},
               {.key = "Source", .value = as_code(prototype.about.source.text)},
               {.key = "Check", .value = as_code(file.check.id.text)},
               {.key = "Rules", .value = as_code(file.check.rule_set)},
               {.key = "Engine", .value = as_code(file.check.engine)}};
  return details({.summary = "Technical details for your supplier",
                  .content = summary_list(rows) +
                             paragraph("To have it checked again, send it again with a new " +
                                       as_code("webhook-id") + ".")});
}

Html findings(const CheckView& check) {
  return finding_group("Must fix", "must-fix", check.must_fix) +
         finding_group("To answer", "to-answer", check.to_answer) + question_list(check) +
         finding_group("For decision", "for-decision", check.for_decision) +
         finding_group("Conditions of the rules", "conditions", check.conditions) +
         finding_group("To note", "to-note", check.to_note) + change_details(check) +
         fact_details(check) + met_details(check);
}

}  // namespace

Html prototype_heading(const PrototypeFile& file) {
  const Prototype& prototype = file.prototype;
  return page_heading(file.title(), display_number(prototype.number) + ", " +
                                        std::string(in_words(prototype.gate)));
}

SummaryList about_rows(const PrototypeFile& file) {
  const Prototype& prototype = file.prototype;
  const std::string proposer = file.texts.of(prototype.proposer);
  SummaryList rows;
  rows.rows.push_back(
      {.key = "Who asked for it", .value = proposer.empty() ? std::string("Not said") : proposer});
  if (!prototype.organisation.empty()) {
    rows.rows.push_back({.key = "Organisation", .value = prototype.organisation});
  }
  rows.rows.push_back({.key = "Case", .value = prototype.about.key});
  return rows;
}

Html history_aside(const PrototypeFile& file, const gate::Council& council, bool all) {
  const std::vector<Happened> story = history_view(file.history, file.names);
  Timeline events;
  for (const Happened& happened : story) {
    if (!all && events.events.size() == kNewestEvents) break;
    events.events.push_back({.title = happened.what,
                             .by = happened.by,
                             .when = moment_in_words(happened.at, council),
                             .at = to_text(happened.at),
                             .content = happened.more});
  }
  Html html = heading(2, Size::m, "History", "history") + timeline(events);
  if (events.events.size() < story.size()) {
    html += paragraph(link(path_of(file.prototype) + "?history=all#history",
                           "See all " + std::to_string(story.size()) + " events"));
  }
  return html;
}

Html with_aside(const Html& content, const Html& aside) {
  return element(
      "div", {{"class", "govuk-grid-row"}},
      element("div", {{"class", "govuk-grid-column-two-thirds"}}, content) +
          element("aside",
                  {{"class", "govuk-grid-column-one-third"}, {"aria-labelledby", "history"}},
                  aside));
}

Result<net::Response> show_prototype(const Office& office, const net::Request& request,
                                     const SignedIn& me, const FormBody&) {
  LOCKGATE_TRY(const PrototypeFile file, read_file(office, request));
  LOCKGATE_TRY(const auto tellings, office.board().tellings(file.prototype.id));
  const Prototype& prototype = file.prototype;
  const gate::Council& council = office.council();
  const UtcTime now = office.now();
  const CheckView check = view_of(file.check, *office.rules(), file.texts);
  const bool has_vote = may_vote_on_any(prototype, me.member, now);

  VerdictBox box = headline(prototype, check, has_vote, council);
  box.counts = finding_counts(check);
  Html body = prototype_heading(file) + verdict_box(box) + actions(prototype, has_vote);
  if (prototype.stage == Stage::stopped || prototype.stage == Stage::waiting) {
    body += what_to_do_next(check);
  }
  if (prototype.lesson) body += lesson_section(*prototype.lesson, file.texts, file.names, council);
  if (prototype.decision) {
    const bool is_of_now = prototype.stage == Stage::decided || prototype.stage == Stage::closed;
    body += decision_section(*prototype.decision, is_of_now, file.texts, council);
  }
  SummaryList about = about_rows(file);
  const auto outcome = prototype.decision ? std::optional(prototype.decision->outcome)
                                          : std::optional<DecisionOutcome>();
  about.rows.push_back({.key = "Status", .value = status_tag(prototype.stage, outcome)});
  about.rows.push_back({.key = "Last checked", .value = moment_in_words(file.check.at, council)});
  body += heading(2, Size::m, "About this prototype") + summary_list(about);
  for (const Ballot& ballot : prototype.ballots) {
    body += ballot_section(view_of(ballot, me.member, file.texts, file.names), now, council);
  }
  body += findings(check) + tellings_section(tellings, council) + technical_details(file);

  const bool all = request.query.contains("history");
  return office.show(me, {.title = file.title() + " (" + display_number(prototype.number) + ")",
                          .before = breadcrumbs({.items = {{"Prototypes", "/prototypes"}}}),
                          .body = with_aside(body, history_aside(file, council, all)),
                          .section = Section::prototypes});
}

}  // namespace lockgate::web
