#include "plugin/web/ballots.hpp"

#include <algorithm>
#include <optional>

#include "plugin/web/ballot_parts.hpp"
#include "plugin/web/components.hpp"
#include "plugin/web/field_errors.hpp"
#include "plugin/web/finding_cards.hpp"
#include "plugin/web/headline.hpp"
#include "plugin/web/prototype_page.hpp"
#include "plugin/web/to_do.hpp"
#include "plugin/web/vote_pages.hpp"
#include "plugin/web/when.hpp"
#include "plugin/web/words.hpp"
#include "plugin/workflow/access.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::web {
namespace {

// The ballot to show to this member: one that awaits the vote, else one with a
// seat of theirs, else any; nullptr if there is none.
const Ballot* ballot_for(const Prototype& prototype, const MemberId& member, UtcTime now) {
  const auto first = [&](auto fits) -> const Ballot* {
    const auto found = std::find_if(prototype.ballots.begin(), prototype.ballots.end(), fits);
    return found == prototype.ballots.end() ? nullptr : &*found;
  };
  if (const Ballot* ballot = first([&](const Ballot& each) {
        return workflow::may_vote(prototype, each.id, member, now).has_value();
      })) {
    return ballot;
  }
  if (const Ballot* ballot =
          first([&](const Ballot& each) { return seat_of(each, member) != nullptr; })) {
    return ballot;
  }
  return first([](const Ballot&) { return true; });
}

// Who among the board answers for each finding.
void name_deciders(CheckView& check, const Ballot& ballot, const Names& names) {
  for (FindingView& finding : check.for_decision) {
    for (const Seat& seat : ballot.terms.seats) {
      if (std::find(seat.rules.begin(), seat.rules.end(), finding.rule) == seat.rules.end()) {
        continue;
      }
      finding.to += ": " + names.of(seat.member) + " (" + seat.name + ")";
    }
  }
}

Html about_the_vote(const VotePlace& place, bool has_vote, UtcTime now,
                    const gate::Council& council) {
  SummaryList rows = about_rows(place.file);
  const BallotView ballot =
      view_of(place.ballot, place.me.member, place.file.texts, place.file.names);
  std::string votes = votes_so_far(ballot);
  if (ballot.state == BallotState::open) {
    rows.rows.push_back({.key = "Decide by", .value = decide_by(now, ballot.closes_at, council)});
    if (has_vote) votes += " You will see how others voted after you vote.";
  }
  rows.rows.push_back({.key = "Votes so far", .value = votes});
  if (const Seat* seat = seat_of(place.ballot, place.me.member)) {
    std::string words = seat->name + ", " + place.ballot.terms.board_name + ".";
    if (seat->required) words += " The board cannot decide without your vote.";
    if (seat->veto) words += " If you vote no, it does not go ahead.";
    rows.rows.push_back({.key = "Your seat", .value = words});
  }
  return summary_list(rows);
}

Html findings_for_board(const CheckView& check) {
  return finding_group("For decision", "for-decision", check.for_decision) +
         finding_group("Must fix", "must-fix", check.must_fix) +
         finding_group("To answer", "to-answer", check.to_answer) +
         finding_group("Conditions of the rules", "rule-conditions", check.conditions) +
         finding_group("To note", "to-note", check.to_note) + question_list(check) +
         change_details(check) + fact_details(check) + met_details(check);
}

// The review with a form below (or why there is none).
net::Response review(const Office& office, const PrototypeFile& file, const Ballot* ballot,
                     const SignedIn& me, const Html& below, std::vector<ErrorSummary::Item> errors,
                     bool has_vote, unsigned status) {
  const gate::Council& council = office.council();
  CheckView check = view_of(file.check, *office.rules(), file.texts);
  if (ballot) name_deciders(check, *ballot, file.names);
  VerdictBox box = headline(file.prototype, check, has_vote, council);
  box.counts = finding_counts(check);
  if (!check.for_decision.empty()) {
    box.links.push_back(link(
        "#for-decision", "Read the " + counted(check.for_decision.size(), "finding", "findings")));
  }
  if (has_vote) box.links.push_back(link("#vote", "Go to your vote"));
  Html body = prototype_heading(file) + verdict_box(box);
  body += ballot ? about_the_vote({file, *ballot, me}, has_vote, office.now(), council)
                 : summary_list(about_rows(file));
  body += findings_for_board(check) + below;
  return office.show(
      me,
      {.title = file.title() + " (" + display_number(file.prototype.number) + "): review and vote",
       .errors = std::move(errors),
       .before = breadcrumbs(
           {.items = {{"Your tasks", "/tasks"},
                      {display_number(file.prototype.number), path_of(file.prototype)}}}),
       .body = with_aside(body, history_aside(file, council, false)),
       .section = Section::tasks},
      status);
}

net::Response review_form(const Office& office, const VotePlace& place, const VoteInput& input,
                          const std::vector<FieldError>& errors) {
  return review(office, place.file, &place.ballot, place.me, vote_form(place, input, errors),
                summary_of(errors), true, errors.empty() ? 200 : 422);
}

// Where a posted vote belongs, or why it cannot be taken.
struct Posted {
  PrototypeFile file;
  VoteInput input;
  std::optional<net::Response> refused = {};

  // Null only if refused.
  const Ballot* ballot() const { return workflow::find_ballot(file.prototype, {input.ballot}); }
};

// Two things are looked at before what was typed: whether this person may vote
// at all, and whether the findings are those that were read.
Result<Posted> read_posted(const Office& office, const net::Request& request, const SignedIn& me,
                           const FormBody& form) {
  LOCKGATE_TRY(PrototypeFile file, read_file(office, request));
  Posted posted{.file = std::move(file), .input = read_vote(form)};
  const BallotId id{posted.input.ballot};
  const auto may = workflow::may_vote(posted.file.prototype, id, me.member, office.now());
  if (!may) {
    const Html why = posted.ballot() ? why_no_vote(*posted.ballot(), me.member)
                                     : Html("There is no such ballot any more.");
    posted.refused = office.refuse(me, may.error(), why);
  } else if (posted.input.seen != posted.file.check.id.text && !form.has("change")) {
    posted.refused = office.show(
        me, findings_changed_page({posted.file, *posted.ballot(), me}, posted.input), 409);
  }
  return posted;
}

Html what_happens_next(const Office& office, const PrototypeFile& file, const Ballot& ballot) {
  const Prototype& prototype = file.prototype;
  const std::string board = "the " + ballot.terms.board_name;
  if (prototype.stage == Stage::decided && prototype.decision) {
    return paragraph(Html("That was the last vote needed. The decision: ") +
                     element("strong", in_words(prototype.decision->outcome)) + ".") +
           paragraph("The case system is told now. You need do nothing more.");
  }
  if (prototype.stage == Stage::stopped || prototype.stage == Stage::waiting) {
    return paragraph(capitalised(board) +
                     " voted for it. But the rules, asked again before it may go ahead, still have "
                     "something that must be put right: " +
                     status_tag(prototype.stage, {})) +
           paragraph("The team sees what it is. You need do nothing more at present.");
  }
  switch (ballot.state) {
    case BallotState::paused:
      return paragraph(
          "The board waits until the team has sent what was asked for. Then you are "
          "asked for your vote again.");
    case BallotState::open: {
      const BallotView view = view_of(ballot, {}, file.texts, file.names);
      return paragraph(votes_so_far(view)) +
             paragraph(
                 "The decision is made when no missing vote could change it, at the latest "
                 "on " +
                 moment_in_words(ballot.terms.closes_at, office.council()) + ".");
    }
    case BallotState::carried:
      return paragraph(capitalised(board) + " has decided. Another board has still to do so.");
    case BallotState::lost:
    case BallotState::inquorate:
    case BallotState::withdrawn:
      break;
  }
  return paragraph("There is nothing more to decide here.");
}

// What else awaits this member.
Html next_tasks(const Office& office, const SignedIn& me) {
  const auto prototypes = office.board().with_open_ballot(me.member);
  if (!prototypes) return {};
  const std::vector<ToDo> tasks = to_do(*prototypes, me.member, office.now());
  if (tasks.empty()) return paragraph(link("/tasks", "Go to your tasks"));
  return paragraph("You have " + counted(tasks.size(), "more vote", "more votes") + " to give. " +
                   link(path_of(*tasks.front().prototype, "/review"),
                        "Review " + display_number(tasks.front().prototype->number) + " next"));
}

}  // namespace

Result<net::Response> show_review(const Office& office, const net::Request& request,
                                  const SignedIn& me, const FormBody&) {
  LOCKGATE_TRY(const PrototypeFile file, read_file(office, request));
  const UtcTime now = office.now();
  const Ballot* ballot = ballot_for(file.prototype, me.member, now);
  if (ballot && workflow::may_vote(file.prototype, ballot->id, me.member, now)) {
    return review_form(office, {file, *ballot, me}, {}, {});
  }
  const std::string why = ballot ? why_no_vote(*ballot, me.member)
                                 : "No board is asked about this prototype at present.";
  const Html below = heading(2, Size::l, "Your vote", "vote") +
                     inset_text({.content = paragraph(why)}) +
                     paragraph(link(path_of(file.prototype), "See where this prototype stands"));
  return review(office, file, ballot, me, below, {}, false, 200);
}

Result<net::Response> post_review(const Office& office, const net::Request& request,
                                  const SignedIn& me, const FormBody& form) {
  LOCKGATE_TRY(Posted posted, read_posted(office, request, me, form));
  if (posted.refused) return *std::move(posted.refused);
  const VotePlace place{posted.file, *posted.ballot(), me};
  if (form.has("change")) return review_form(office, place, posted.input, {});
  const CheckedVote vote = check_vote(posted.input, posted.ballot()->terms.proposer_known);
  if (!vote.errors.empty()) return review_form(office, place, posted.input, vote.errors);
  return office.show(me, check_vote_page(place, posted.input, vote.form));
}

Result<net::Response> post_vote(const Office& office, const net::Request& request,
                                const SignedIn& me, const FormBody& form) {
  LOCKGATE_TRY(Posted posted, read_posted(office, request, me, form));
  if (posted.refused) return *std::move(posted.refused);
  const VotePlace place{posted.file, *posted.ballot(), me};
  const CheckedVote vote = check_vote(posted.input, posted.ballot()->terms.proposer_known);
  if (!vote.errors.empty()) return review_form(office, place, posted.input, vote.errors);
  const auto voted = office.gatekeeper().vote(posted.file.prototype.id, me.member, vote.form);
  if (voted) return see_other(path_of(posted.file.prototype, "/vote/recorded"));
  if (voted.error().code == Errc::invalid) {
    return review_form(office, place, posted.input, field_errors(voted.error()));
  }
  if (voted.error().code != Errc::conflict) return tl::unexpected(voted.error());
  // Something happened between reading and recording: read again, say what.
  LOCKGATE_TRY(const Posted now, read_posted(office, request, me, form));
  return now.refused ? *now.refused : office.refuse(me, voted.error());
}

Result<net::Response> show_recorded(const Office& office, const net::Request& request,
                                    const SignedIn& me, const FormBody&) {
  LOCKGATE_TRY(const PrototypeFile file, read_file(office, request));
  const Prototype& prototype = file.prototype;
  // The ballot on which this member voted last.
  const Ballot* ballot = nullptr;
  const Vote* vote = nullptr;
  for (const Ballot& each : prototype.ballots) {
    const Vote* given = vote_of(each, me.member);
    if (given && (!vote || given->at > vote->at)) {
      ballot = &each;
      vote = given;
    }
  }
  if (!vote) return see_other(path_of(prototype));
  const std::string number = display_number(prototype.number);
  const Html body = panel({.title = "Vote recorded",
                           .content = Html(number + ": " + file.title()) + void_element("br") +
                                      element("strong", in_words(vote->choice))}) +
                    heading(2, Size::m, "What happens next") +
                    what_happens_next(office, file, *ballot) +
                    paragraph(link(path_of(prototype), "See where this prototype stands")) +
                    next_tasks(office, me);
  return office.show(me, {.title = "Vote recorded: " + file.title() + " (" + number + ")",
                          .body = two_thirds(body),
                          .section = Section::tasks});
}

}  // namespace lockgate::web
