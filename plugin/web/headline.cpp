#include "plugin/web/headline.hpp"

#include <algorithm>

#include "plugin/web/when.hpp"
#include "plugin/web/words.hpp"

namespace lockgate::web {
namespace {

using Tone = VerdictBox::Tone;

std::string and_send_again(std::size_t things) {
  return things == 1 ? "Put it right and send it again from the case system."
                     : "Put them right and send it again from the case system.";
}

std::vector<std::string> boards(const Prototype& prototype, BallotState state) {
  std::vector<std::string> names;
  for (const Ballot& ballot : prototype.ballots) {
    if (ballot.state == state) names.push_back("the " + ballot.terms.board_name);
  }
  return names;
}

// Where the rules, asked again after the vote, hold up what a board wants.
std::string although_carried(const Prototype& prototype) {
  const auto carried = boards(prototype, BallotState::carried);
  if (carried.empty()) return {};
  return capitalised(listed(carried)) + " voted for it, but the rules have to be met too. ";
}

VerdictBox stopped(const Prototype& prototype, const CheckView& check) {
  const std::size_t things = check.must_fix.size();
  const std::string although = although_carried(prototype);
  std::string body = although + and_send_again(things);
  const std::size_t answers = check.to_answer.size() + check.questions.size();
  if (answers > 0) body += " There is also " + counted(answers, "thing", "things") + " to answer.";
  if (!check.for_decision.empty()) {
    body += " After that a board looks at " +
            counted(check.for_decision.size(), "finding", "findings") + '.';
  } else if (answers == 0 && although.empty()) {
    body += " Nothing else is in the way. You do not need a board for this gate.";
  }
  return {.tone = Tone::stop,
          .title = "Stopped: " + counted(things, "thing to fix", "things to fix"),
          .body = body};
}

VerdictBox waiting(const Prototype& prototype, const CheckView& check) {
  const std::size_t things = check.to_answer.size() + check.holding_up();
  std::string body = although_carried(prototype);
  body += things == 1 ? "Answer it in the case system and send it again."
                      : "Answer them in the case system and send it again.";
  body += check.for_decision.empty()
              ? " Until then it cannot go ahead."
              : " After that a board looks at " +
                    counted(check.for_decision.size(), "finding", "findings") + '.';
  return {
      .tone = Tone::ask,
      .title = "Waiting for information: " + counted(things, "thing to answer", "things to answer"),
      .body = body};
}

VerdictBox voting(const Prototype& prototype, const CheckView& check, bool has_vote) {
  const auto open = boards(prototype, BallotState::open);
  const auto paused = boards(prototype, BallotState::paused);
  if (open.empty() && !paused.empty()) {
    return {.tone = Tone::ask,
            .title = "The board waits for more information",
            .body = capitalised(listed(paused)) +
                    " cannot go on until it has the information that members asked for. Send it "
                    "from the case system."};
  }
  const std::size_t findings = check.for_decision.size();
  return {.tone = Tone::refer,
          .title = has_vote ? "Your board needs to decide" : "A board needs to decide",
          .body = "Nothing stops this going ahead, but " +
                  counted(findings, "finding is", "findings are") + " for " + listed(open) +
                  " to judge. The rules cannot decide " + (findings == 1 ? "it." : "them.")};
}

std::string who_decided(const Decision& decision, const gate::Council& council) {
  return "Decided by " + decided_by(decision) + " on " + day_in_words(decision.at, council) + ".";
}

VerdictBox decided(const Decision& decision, const gate::Council& council) {
  VerdictBox box{.tone = Tone::go, .title = in_words(decision.outcome), .body = {}};
  std::string body = who_decided(decision, council);
  switch (decision.outcome) {
    case DecisionOutcome::approved:
      body += decided_by(decision) == "the rules" ? " No board was needed. It may go ahead."
                                                  : " It may go ahead.";
      break;
    case DecisionOutcome::approved_with_conditions: {
      const auto before_start = static_cast<std::size_t>(
          std::count_if(decision.conditions.begin(), decision.conditions.end(),
                        [](const Condition& each) { return each.before != "close"; }));
      box.title = "Approved with " + counted(decision.conditions.size(), "condition", "conditions");
      body += before_start == 0 ? " It may go ahead."
                                : " It may start when " + counted(before_start, "condition is met.",
                                                                  "conditions are met.");
      break;
    }
    case DecisionOutcome::not_approved:
      box.tone = Tone::stop;
      body += " It must not go ahead as it is.";
      break;
    case DecisionOutcome::inquorate:
      box.tone = Tone::stop;
      body =
          "Too few members voted in time, although the time was extended once. It must not go "
          "ahead. Send it again from the case system for a new ballot.";
      break;
  }
  box.body = body;
  return box;
}

}  // namespace

VerdictBox headline(const Prototype& prototype, const CheckView& check, bool has_vote,
                    const gate::Council& council) {
  switch (prototype.stage) {
    case Stage::fresh:
      break;
    case Stage::stopped:
      return stopped(prototype, check);
    case Stage::waiting:
      return waiting(prototype, check);
    case Stage::voting:
      return voting(prototype, check, has_vote);
    case Stage::decided:
      if (prototype.decision) return decided(*prototype.decision, council);
      break;
    case Stage::closed: {
      const std::string result =
          prototype.lesson ? std::string(in_words(prototype.lesson->result)) : "";
      return {.tone = Tone::go,
              .title = "Closed: " + result,
              .body = prototype.decision ? who_decided(*prototype.decision, council) : ""};
    }
  }
  return {.tone = Tone::ask, .title = "New", .body = "The rules have not been asked yet."};
}

std::vector<VerdictBox::Count> finding_counts(const CheckView& check) {
  const auto count = [](const auto& group) { return static_cast<int>(group.size()); };
  std::vector<VerdictBox::Count> counts{{count(check.must_fix), "must be fixed"}};
  const int answers = count(check.to_answer) + count(check.questions);
  if (answers > 0) counts.push_back({answers, "to answer"});
  counts.push_back({count(check.for_decision), "for decision"});
  if (!check.conditions.empty()) {
    counts.push_back(
        {count(check.conditions), check.conditions.size() == 1 ? "condition" : "conditions"});
  }
  counts.push_back({count(check.to_note), "to note"});
  if (check.met) counts.push_back({count(*check.met), "met"});
  return counts;
}

}  // namespace lockgate::web
