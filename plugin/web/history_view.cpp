#include "plugin/web/history_view.hpp"

#include <algorithm>

#include "plugin/web/words.hpp"
#include "plugin/workflow/access.hpp"
#include "plugin/workflow/decide.hpp"

namespace lockgate::web {
namespace {

constexpr const char* kRules = "the rules";

std::size_t count_of(const Check& check, Outcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(check.findings.begin(), check.findings.end(),
                    [&](const Finding& finding) { return finding.outcome == outcome; }));
}

std::string said(const Check& check) {
  switch (check.verdict) {
    case Verdict::block:
      return "stopped, " +
             counted(count_of(check, Outcome::block), "thing to fix", "things to fix");
    case Verdict::ask_for_info:
      return "more information is needed";
    case Verdict::refer:
      return counted(count_of(check, Outcome::refer), "finding", "findings") + " for the board";
    case Verdict::approve_with_conditions:
      return "may go ahead with " +
             counted(count_of(check, Outcome::condition), "condition", "conditions");
    case Verdict::approve:
      break;
  }
  return "nothing stands in the way";
}

// Tells the story of one prototype, oldest first.
class Teller {
 public:
  explicit Teller(const Names& names) : names_(names) {}

  void tell(const Event& event) {
    const Prototype before = now_;
    // A record that a different version of Lockgate wrote may not fold any more;
    // then only what was recorded is told, not what came of it.
    if (folds_) {
      auto step = workflow::decide(now_, event);
      folds_ = step.has_value();
      if (step) now_ = std::move(step->next);
    }
    at_ = event.at;
    std::visit([&](const auto& what) { tell_what(what, before); }, event.what);
    if (folds_) tell_changes(before);
  }

  std::vector<Happened> newest_first() && {
    std::reverse(story_.begin(), story_.end());
    return std::move(story_);
  }

 private:
  void add(std::string what, std::string by, std::string more = {}) {
    story_.push_back(
        {.what = std::move(what), .by = std::move(by), .at = at_, .more = std::move(more)});
  }

  void tell_what(const Checked& checked, const Prototype&) {
    const Check& check = checked.check;
    std::string more = checked.delivery.empty() ? "Asked again before the decision"
                                                : "Received from " + checked.about.source.text;
    more += ". Rules " + check.rule_set.substr(0, 12) + '.';
    add("Check " + std::to_string(check.number) + ", " + std::string(in_words(check.gate)) + ": " +
            said(check),
        kRules, std::move(more));
  }

  void tell_what(const VoteCast& cast, const Prototype& before) {
    const Ballot* ballot = workflow::find_ballot(before, cast.ballot);
    add(ballot ? "Vote on the " + ballot->terms.board_name : "Vote", names_.of(cast.vote.member));
  }

  void tell_what(const BallotTimedOut&, const Prototype&) {}

  void tell_what(const LessonWritten& written, const Prototype&) {
    add("Closed: " + std::string(in_words(written.lesson.result)), names_.of(written.lesson.by),
        "The lesson was written.");
  }

  // What the event led to.
  void tell_changes(const Prototype& before) {
    for (const Ballot& ballot : now_.ballots) {
      const Ballot* earlier = workflow::find_ballot(before, ballot.id);
      const std::string& board = ballot.terms.board_name;
      if (!earlier) add("Sent to the " + board, kRules);
      if (earlier && ballot.extended && !earlier->extended) {
        add("More time for the " + board, "Lockgate", "Too few members had voted.");
      }
      if (earlier && ballot.state != earlier->state) tell_state(ballot);
    }
    if (now_.decision && now_.decision != before.decision) {
      add(std::string(in_words(now_.decision->outcome)), decided_by(*now_.decision));
    }
  }

  void tell_state(const Ballot& ballot) {
    const std::string& board = ballot.terms.board_name;
    switch (ballot.state) {
      case BallotState::open:
        return add("The " + board + " goes on", "Lockgate");
      case BallotState::paused:
        return add("The " + board + " waits for more information", "Lockgate");
      case BallotState::withdrawn:
        return add("The " + board + " need not decide any more", "Lockgate");
      case BallotState::carried:
      case BallotState::lost:
      case BallotState::inquorate:
        return;  // the decision says it
    }
  }

  const Names& names_;
  Prototype now_;
  bool folds_ = true;
  UtcTime at_;
  std::vector<Happened> story_;
};

}  // namespace

std::vector<Happened> history_view(std::span<const Event> events, const Names& names) {
  Teller teller(names);
  for (const Event& event : events) teller.tell(event);
  return std::move(teller).newest_first();
}

}  // namespace lockgate::web
