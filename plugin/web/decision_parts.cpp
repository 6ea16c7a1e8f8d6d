#include "plugin/web/decision_parts.hpp"

#include "plugin/web/components.hpp"
#include "plugin/web/fact_words.hpp"
#include "plugin/web/when.hpp"
#include "plugin/web/words.hpp"

namespace lockgate::web {
namespace {

Html conditions(const Decision& decision, const Texts& texts) {
  Html html = heading(3, Size::s, "Conditions");
  std::size_t number = 0;
  for (const Condition& condition : decision.conditions) {
    SummaryList card;
    const std::string say = condition.rule.empty() ? texts.of(condition.text) : condition.say;
    card.rows.push_back({.key = "What", .value = paragraphs(say)});
    if (!condition.to.empty()) card.rows.push_back({.key = "Who", .value = condition.to});
    card.rows.push_back(
        {.key = "When",
         .value = condition.before == "close" ? "Before it is closed" : "Before it starts"});
    card.rows.push_back({.key = "Asked for by",
                         .value = condition.rule.empty() ? Html("A member of the board")
                                                         : Html("Rule " + condition.rule)});
    card.card = SummaryList::Card{.title = Html("Condition " + std::to_string(++number)) + " " +
                                           tag_of(condition_words(condition.state)),
                                  .heading_level = 4};
    html += summary_list(card);
  }
  return html;
}

TagWords telling_tag(std::string_view state) {
  if (state == "delivered") return {"Told", "govuk-tag--green"};
  if (state == "dead") return {"Could not be told", "govuk-tag--red"};
  return {"To be told", "govuk-tag--yellow"};
}

std::string telling_words(const BoardStore::Telling& telling, const gate::Council& council) {
  const std::string tries =
      counted(static_cast<std::size_t>(telling.attempts), "attempt", "attempts");
  if (telling.state == "delivered") return "The case system took the decision.";
  std::string why = telling.why.empty() ? "" : ": " + telling.why;
  if (telling.state == "dead") {
    return "Given up after " + tries + why + ". Tell whoever runs the case system.";
  }
  if (telling.attempts == 0) return "It is told in a moment.";
  return "No success in " + tries + why + ". The next one is on " +
         moment_in_words(telling.next, council) + '.';
}

}  // namespace

Html decision_section(const Decision& decision, bool is_of_now, const Texts& texts,
                      const gate::Council& council) {
  SummaryList rows;
  rows.rows = {
      {.key = "Decision", .value = status_tag(Stage::decided, decision.outcome)},
      {.key = "Date", .value = moment_in_words(decision.at, council)},
      {.key = "Decided by", .value = capitalised(decided_by(decision))},
      {.key = "Gate", .value = capitalised(std::string(in_words(decision.gate)))},
      {.key = "Number", .value = as_code(decision.id.text)},
  };
  Html html = heading(2, Size::m, is_of_now ? "Decision" : "Earlier decision", "decision") +
              summary_list(rows);
  if (!decision.conditions.empty()) html += conditions(decision, texts);
  return html;
}

Html lesson_section(const Lesson& lesson, const Texts& texts, const Names& names,
                    const gate::Council& council) {
  SummaryList rows;
  rows.rows = {{.key = "What came of it", .value = in_words(lesson.result)},
               {.key = "What we expected", .value = paragraphs(texts.of(lesson.expected))},
               {.key = "What happened", .value = paragraphs(texts.of(lesson.happened))},
               {.key = "What we will do differently", .value = paragraphs(texts.of(lesson.next))},
               {.key = "Written by",
                .value = names.of(lesson.by) + ", " + moment_in_words(lesson.at, council)}};
  return heading(2, Size::m, "What we learned", "lesson") + summary_list(rows);
}

Html tellings_section(const std::vector<BoardStore::Telling>& tellings,
                      const gate::Council& council) {
  if (tellings.empty()) return {};
  SummaryList rows;
  for (const BoardStore::Telling& telling : tellings) {
    rows.rows.push_back({.key = tag_of(telling_tag(telling.state)),
                         .value = paragraph(telling_words(telling, council)) +
                                  paragraph("Decision " + as_code(telling.decision.text))});
  }
  return heading(2, Size::m, "Telling the case system") + summary_list(rows);
}

}  // namespace lockgate::web
