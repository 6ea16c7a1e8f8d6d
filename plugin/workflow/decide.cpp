#include "plugin/workflow/decide.hpp"

#include <algorithm>
#include <utility>

#include "plugin/workflow/access.hpp"
#include "plugin/workflow/complete.hpp"
#include "plugin/workflow/tally.hpp"

namespace lockgate::workflow {
namespace {

bool undecided(const Ballot& ballot) {
  return ballot.state == BallotState::open || ballot.state == BallotState::paused;
}

bool any_undecided(const Prototype& prototype) {
  return std::any_of(prototype.ballots.begin(), prototype.ballots.end(), undecided);
}

void withdraw_open(Prototype& next) {
  for (Ballot& ballot : next.ballots) {
    if (undecided(ballot)) ballot.state = BallotState::withdrawn;
  }
}

void pause_open(Prototype& next) {
  for (Ballot& ballot : next.ballots) {
    if (ballot.state == BallotState::open) ballot.state = BallotState::paused;
  }
}

// Somebody answered: whoever needed more information is asked again.
void resume(Ballot& ballot) {
  if (ballot.state != BallotState::paused) return;
  ballot.state = BallotState::open;
  std::erase_if(ballot.votes,
                [](const Vote& vote) { return vote.choice == Choice::need_information; });
}

void open(Step& step, const BallotDraft& draft, const CheckId& check, UtcTime at) {
  step.next.ballots.push_back(Ballot{.id = draft.id,
                                     .terms = draft.terms,
                                     .state = BallotState::open,
                                     .votes = {},
                                     .check = check,
                                     .opened_at = at,
                                     .extended = false});
  step.effects.emplace_back(WakeAt{draft.id, draft.terms.closes_at});
}

std::vector<Condition> conditions_of(const Check& check) {
  std::vector<Condition> conditions;
  for (const Finding& finding : check.findings) {
    if (finding.outcome != Outcome::condition) continue;
    conditions.push_back({.rule = finding.rule,
                          .say = finding.say,
                          .text = {},
                          .to = finding.to,
                          .before = finding.before.empty() ? "start" : finding.before});
  }
  return conditions;
}

void add_conditions_of_votes(const Prototype& next, std::vector<Condition>& conditions) {
  for (const Ballot& ballot : next.ballots) {
    if (ballot.state != BallotState::carried) continue;
    for (const Vote& vote : ballot.votes) {
      for (const TextId& text : vote.conditions) {
        conditions.push_back(
            {.rule = {}, .say = {}, .text = text, .to = std::string(kProposer), .before = "start"});
      }
    }
  }
}

// The names of the boards that took part; "rules" if none did.
std::vector<std::string> authority_of(const Prototype& next) {
  std::vector<std::string> names;
  for (const Ballot& ballot : next.ballots) {
    if (ballot.state != BallotState::withdrawn) names.push_back(ballot.terms.board_name);
  }
  if (names.empty()) names.push_back("rules");
  return names;
}

void conclude(Step& step, DecisionOutcome outcome, const DecisionId& id,
              std::vector<Condition> conditions, UtcTime at) {
  Prototype& next = step.next;
  next.stage = Stage::decided;
  next.decision = Decision{.id = id,
                           .gate = next.gate,
                           .outcome = outcome,
                           .check = next.check->id,
                           .verdict = next.check->verdict,
                           .authority = authority_of(next),
                           .conditions = std::move(conditions),
                           .rule_set = next.check->rule_set,
                           .at = at};
  step.effects.emplace_back(WriteBack{id});
}

void approve(Step& step, const Check& check, const DecisionId& id, UtcTime at) {
  std::vector<Condition> conditions = conditions_of(check);
  add_conditions_of_votes(step.next, conditions);
  const auto outcome =
      conditions.empty() ? DecisionOutcome::approved : DecisionOutcome::approved_with_conditions;
  conclude(step, outcome, id, std::move(conditions), at);
}

void count(Ballot& ballot, bool closed) {
  switch (tally(ballot.terms, ballot.votes, closed).standing) {
    case Standing::pending:
      break;
    case Standing::paused:
      ballot.state = BallotState::paused;
      break;
    case Standing::carried:
      ballot.state = BallotState::carried;
      break;
    case Standing::lost:
      ballot.state = BallotState::lost;
      break;
    case Standing::inquorate:
      ballot.state = BallotState::inquorate;
      break;
  }
}

// After ballots have changed: does the whole prototype conclude?
void settle(Step& step, const DecisionId& decision, UtcTime at) {
  const auto has = [&](BallotState state) {
    return std::any_of(step.next.ballots.begin(), step.next.ballots.end(),
                       [&](const Ballot& ballot) { return ballot.state == state; });
  };
  if (has(BallotState::lost) || has(BallotState::inquorate)) {
    withdraw_open(step.next);
    const auto outcome =
        has(BallotState::lost) ? DecisionOutcome::not_approved : DecisionOutcome::inquorate;
    conclude(step, outcome, decision, {}, at);
  } else if (!any_undecided(step.next)) {
    step.ask_decide = true;
  }
}

void refer(Step& step, const Checked& checked, bool same_findings, UtcTime at) {
  step.next.stage = Stage::voting;
  const auto drafted = [&](const BoardId& board) {
    return std::any_of(checked.ballots.begin(), checked.ballots.end(),
                       [&](const BallotDraft& draft) { return draft.terms.board == board; });
  };
  for (Ballot& ballot : step.next.ballots) {
    if (!undecided(ballot)) continue;
    if (same_findings || drafted(ballot.terms.board)) {
      resume(ballot);
    } else {
      ballot.state = BallotState::withdrawn;
    }
  }
  for (const BallotDraft& draft : checked.ballots) {
    const auto& ballots = step.next.ballots;
    const bool there = std::any_of(ballots.begin(), ballots.end(), [&](const Ballot& ballot) {
      return ballot.state != BallotState::withdrawn && ballot.terms.board == draft.terms.board;
    });
    if (!there) open(step, draft, checked.check.id, at);
  }
  settle(step, checked.decision, at);
}

// A seat whose finding is referred to it at gate `decide` has answered it by
// its vote in a ballot that carried.
bool answered(const Prototype& next, const BallotDraft& draft) {
  return std::all_of(draft.terms.seats.begin(), draft.terms.seats.end(), [&](const Seat& seat) {
    if (seat.rules.empty()) return true;
    return std::any_of(next.ballots.begin(), next.ballots.end(), [&](const Ballot& ballot) {
      return ballot.state == BallotState::carried && ballot.terms.board == draft.terms.board &&
             std::any_of(ballot.votes.begin(), ballot.votes.end(),
                         [&](const Vote& vote) { return vote.member == seat.member; });
    });
  });
}

// Lockgate asked gate `decide`, after every ballot had carried.
void on_asked(Step& step, const Checked& checked, UtcTime at) {
  switch (checked.check.verdict) {
    case Verdict::block:
      step.next.stage = Stage::stopped;
      return;
    case Verdict::ask_for_info:
      step.next.stage = Stage::waiting;
      return;
    case Verdict::refer: {
      bool more = false;
      for (const BallotDraft& draft : checked.ballots) {
        if (answered(step.next, draft)) continue;
        open(step, draft, checked.check.id, at);
        more = true;
      }
      if (more) return;
      break;
    }
    case Verdict::approve_with_conditions:
    case Verdict::approve:
      break;
  }
  approve(step, checked.check, checked.decision, at);
}

void on_delivery(Step& step, const Checked& checked, bool same_findings, UtcTime at) {
  switch (checked.check.verdict) {
    case Verdict::block:
      step.next.stage = Stage::stopped;
      pause_open(step.next);
      return;
    case Verdict::ask_for_info:
      step.next.stage = Stage::waiting;
      pause_open(step.next);
      return;
    case Verdict::refer:
      refer(step, checked, same_findings, at);
      return;
    case Verdict::approve_with_conditions:
    case Verdict::approve:
      withdraw_open(step.next);
      approve(step, checked.check, checked.decision, at);
      return;
  }
}

Result<Step> on(const Checked& checked, Prototype next, UtcTime at) {
  if (next.stage == Stage::closed) {
    return fail(Errc::conflict, "the prototype is closed: its lesson is written");
  }
  const Check& check = checked.check;
  if (check.verdict == Verdict::refer && checked.ballots.empty()) {
    return fail(Errc::internal, "the rules refer, but no board is named");
  }
  if (next.stage == Stage::fresh) {
    next.number = checked.number;
    next.about = checked.about;
    next.organisation = checked.organisation;
  }
  if (!checked.title.empty()) next.title = checked.title;
  if (!checked.proposer.empty()) next.proposer = checked.proposer;

  CheckRef ref{.id = check.id,
               .number = check.number,
               .version = next.version,
               .gate = check.gate,
               .verdict = check.verdict,
               .rule_set = check.rule_set,
               .findings = {}};
  for (const Finding& finding : check.findings) {
    ref.findings.emplace_back(finding.rule, finding.outcome);
  }
  const bool same =
      next.check && next.check->gate == ref.gate && next.check->findings == ref.findings;
  const bool asked = checked.delivery.empty();
  if (!asked && (next.stage == Stage::decided || next.gate != check.gate)) {
    withdraw_open(next);  // a new round
    next.ballots.clear();
  }
  next.gate = check.gate;
  next.checks = check.number;
  next.check = std::move(ref);

  Step step{.next = std::move(next)};
  if (asked) {
    on_asked(step, checked, at);
  } else {
    on_delivery(step, checked, same, at);
  }
  return step;
}

Ballot* ballot_of(Prototype& next, const BallotId& id) {
  const auto found = std::find_if(next.ballots.begin(), next.ballots.end(),
                                  [&](const Ballot& each) { return each.id == id; });
  return found == next.ballots.end() ? nullptr : &*found;
}

Result<Step> on(const VoteCast& cast, Prototype next, UtcTime at) {
  LOCKGATE_CHECK(may_vote(next, cast.ballot, cast.vote.member, at));
  if (cast.seen != next.check->id) {
    return fail(Errc::conflict, "the findings changed since you read them");
  }
  Ballot& ballot = *ballot_of(next, cast.ballot);
  LOCKGATE_CHECK(complete(cast.vote, ballot.terms));
  ballot.votes.push_back(cast.vote);
  count(ballot, false);
  Step step{.next = std::move(next)};
  settle(step, cast.decision, at);
  return step;
}

Result<Step> on(const BallotTimedOut& timed_out, Prototype next, UtcTime at) {
  Ballot* found = ballot_of(next, timed_out.ballot);
  if (!found || !undecided(*found) || at < found->terms.closes_at) {
    return Step{.next = std::move(next)};  // a late or an early alarm
  }
  Ballot& ballot = *found;
  const bool counts = ballot.state == BallotState::open;
  if (counts) count(ballot, true);
  const bool unsettled = !counts || ballot.state == BallotState::inquorate;
  if (unsettled && !ballot.extended) {
    ballot.state = counts ? BallotState::open : BallotState::paused;
    ballot.extended = true;
    ballot.terms.closes_at = ballot.terms.extended_to;
    const WakeAt again{ballot.id, ballot.terms.closes_at};
    return Step{.next = std::move(next), .effects = {again}};
  }
  if (unsettled) ballot.state = BallotState::inquorate;
  Step step{.next = std::move(next)};
  settle(step, timed_out.decision, at);
  return step;
}

Result<Step> on(const LessonWritten& written, Prototype next, UtcTime) {
  LOCKGATE_CHECK(may_write_lesson(next));
  LOCKGATE_CHECK(complete(written.lesson));
  next.lesson = written.lesson;
  next.stage = Stage::closed;
  return Step{.next = std::move(next)};
}

}  // namespace

Result<Step> decide(const Prototype& now, const Event& event) {
  Prototype next = now;
  ++next.version;
  next.updated_at = event.at;
  return std::visit([&](const auto& what) { return on(what, std::move(next), event.at); },
                    event.what);
}

}  // namespace lockgate::workflow
