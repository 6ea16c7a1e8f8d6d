#include "plugin/web/finding_cards.hpp"

#include "plugin/web/components.hpp"
#include "plugin/web/words.hpp"

namespace lockgate::web {
namespace {

std::string_view origin_words(Origin origin) {
  switch (origin) {
    case Origin::told:
      return "";
    case Origin::assumed:
      return " (assumed: nobody said)";
    case Origin::computed:
      return " (worked out)";
    case Origin::setting:
      break;
  }
  return " (the council’s setting)";
}

Html facts_of(const FindingView& finding) {
  std::vector<Html> lines;
  for (const FactLine& fact : finding.facts) {
    lines.push_back(Html(fact.label) + ": " + element("strong", fact.value) +
                    origin_words(fact.origin));
  }
  Html html = list(lines, lines.size() > 1 ? Marks::bullets : Marks::none);
  if (!finding.decided.empty()) {
    const std::vector<Html> decided(finding.decided.begin(), finding.decided.end());
    html += details({.summary = "Why", .content = list(decided)});
  }
  return html;
}

std::string_view would_be(Verdict verdict) {
  switch (verdict) {
    case Verdict::approve:
      return "the rules would let it pass";
    case Verdict::approve_with_conditions:
      return "the rules would let it pass, with conditions";
    case Verdict::refer:
      return "people would decide";
    case Verdict::ask_for_info:
      return "it would wait for answers";
    case Verdict::block:
      break;
  }
  return "it would be stopped";
}

Html why(const FindingView& finding) {
  std::string rule = "Rule " + finding.rule + ".";
  if (!finding.basis.empty()) rule += " Basis: " + finding.basis + ".";
  const Html html = paragraph(rule);
  if (finding.source.empty()) return html;
  const std::vector<Html> sources(finding.source.begin(), finding.source.end());
  return html + list(sources, sources.size() > 1 ? Marks::bullets : Marks::none);
}

void add(SummaryList& rows, Html key, Html value) {
  if (!value.empty()) rows.rows.push_back({.key = std::move(key), .value = std::move(value)});
}

const char* who_label(const FindingView& finding) {
  if (finding.outcome == Outcome::refer) return "Who decides";
  return finding.to == kProposer ? "Who must act" : "Who can help";
}

SummaryList rows_of(const FindingView& finding) {
  SummaryList rows;
  if (finding.trouble.empty()) {
    add(rows, "What we found", paragraphs(finding.say));
  } else {
    add(rows, "What we found",
        paragraph("The rules could not answer this question, so that people must: " +
                  finding.trouble + "."));
    add(rows, "If the answer is yes", paragraphs(finding.say));
  }
  if (!finding.facts.empty()) add(rows, "What it rests on", facts_of(finding));
  add(rows, "Why it is here", why(finding));
  add(rows, finding.outcome == Outcome::refer ? "How it could be put right" : "How to put it right",
      finding.fix.empty() ? Html() : paragraphs(finding.fix));
  add(rows, "How long that takes", capitalised(finding.takes));
  if (finding.outcome == Outcome::condition) {
    add(rows, "When", finding.before == "close" ? "Before it is closed" : "Before it starts");
  }
  add(rows, who_label(finding), finding.to);
  return rows;
}

Html tag_for(const FindingView& finding) { return tag_of(finding_words(finding.outcome)); }

std::string time_and_help(const FindingView& finding) {
  std::string hint;
  if (!finding.takes.empty()) hint = capitalised(finding.takes) + ". ";
  if (!finding.to.empty() && finding.to != kProposer) hint += "Who can help: " + finding.to;
  return hint;
}

}  // namespace

Html finding_card(const FindingView& finding) {
  SummaryList card = rows_of(finding);
  card.card = SummaryList::Card{.title = Html(finding.question) + " " + tag_for(finding),
                                .heading_level = 3,
                                .classes = "lg-finding",
                                .attributes = {{"id", finding.anchor}}};
  return summary_list(card);
}

Html finding_group(std::string_view title, std::string_view id,
                   const std::vector<FindingView>& findings) {
  if (findings.empty()) return {};
  Html html = heading(2, Size::m, title, id);
  for (const FindingView& finding : findings) html += finding_card(finding);
  return html;
}

Html what_to_do_next(const CheckView& check) {
  TaskList tasks;
  for (const auto* group : {&check.must_fix, &check.to_answer}) {
    for (const FindingView& finding : *group) {
      tasks.items.push_back({.title = finding.say,
                             .hint = time_and_help(finding),
                             .status = tag_for(finding),
                             .href = "#" + finding.anchor});
    }
  }
  for (const QuestionView& question : check.questions) {
    if (!question.holds_up) continue;
    tasks.items.push_back({.title = question.text,
                           .hint = "Say so in the case system",
                           .status = tag_of(finding_words(Outcome::ask)),
                           .href = "#" + question.anchor});
  }
  if (tasks.items.empty()) return {};
  return heading(2, Size::m, "What to do next") + task_list(tasks);
}

Html question_list(const CheckView& check) {
  if (check.questions.empty()) return {};
  Html html = heading(2, Size::m, "Questions to answer", "questions");
  for (const QuestionView& question : check.questions) {
    SummaryList card;
    std::vector<Html> rules(question.rules.begin(), question.rules.end());
    add(card, "Who needs to know", list(rules, rules.size() > 1 ? Marks::bullets : Marks::none));
    add(card, "Does the result hang on it",
        question.holds_up ? "Yes" : "Not at present: the result is the same either way");
    add(card, "Name of the fact", element("span", {{"class", "lg-code"}}, question.fact));
    card.card =
        SummaryList::Card{.title = Html(question.text) + " " + tag_of(finding_words(Outcome::ask)),
                          .heading_level = 3,
                          .attributes = {{"id", question.anchor}}};
    html += summary_list(card);
  }
  return html;
}

Html change_details(const CheckView& check) {
  if (check.changes.empty()) return {};
  Html html;
  for (const ChangeView& change : check.changes) {
    const bool first = &change == &check.changes.front();
    html += paragraph(std::string(first ? "With " : "Or with ") +
                      (change.changes.size() == 1 ? "this" : "all of these") + " changed, " +
                      std::string(would_be(change.verdict)) + ":");
    html += list(std::vector<Html>(change.changes.begin(), change.changes.end()));
  }
  return details({.summary = "What would change it", .content = html});
}

Html fact_details(const CheckView& check) {
  if (check.facts.empty()) return {};
  SummaryList facts;
  for (const FactLine& fact : check.facts) {
    facts.rows.push_back({.key = fact.label, .value = fact.value});
  }
  return details(
      {.summary =
           "See the " + counted(check.facts.size(), "fact that was", "facts that were") + " given",
       .content = summary_list(facts)});
}

Html met_details(const CheckView& check) {
  if (!check.met || check.met->empty()) return {};
  std::vector<Html> rules;
  for (const MetView& met : *check.met) rules.push_back(met.question + " (" + met.rule + ")");
  return details(
      {.summary = "See the " + counted(rules.size(), "rule", "rules") + " that found nothing",
       .content = paragraph("The answer to each of these is no:") + list(rules)});
}

}  // namespace lockgate::web
