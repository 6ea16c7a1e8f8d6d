#include "plugin/web/ballot_parts.hpp"

#include <algorithm>

#include "plugin/web/components.hpp"
#include "plugin/web/stacked_table.hpp"
#include "plugin/web/when.hpp"
#include "plugin/web/words.hpp"

namespace lockgate::web {
namespace {

bool is_at_work(const BallotView& ballot) {
  return ballot.state == BallotState::open || ballot.state == BallotState::paused;
}

Html where_it_stands(const BallotView& ballot, UtcTime now, const gate::Council& council) {
  SummaryList rows;
  rows.rows.push_back({.key = "Status", .value = tag_of(ballot_words(ballot.state))});
  if (is_at_work(ballot)) {
    Html by = decide_by(now, ballot.closes_at, council);
    if (ballot.extended) by += ". The time was extended once: too few had voted.";
    rows.rows.push_back({.key = "Decide by", .value = by});
  }
  rows.rows.push_back({.key = "Votes so far", .value = votes_so_far(ballot)});
  if (!ballot.needed.empty()) {
    Html needed;
    for (const std::string& each : ballot.needed) needed += paragraphs(each);
    rows.rows.push_back({.key = "What the board needs to know", .value = needed});
  }
  return summary_list(rows);
}

std::string seat_words(const SeatView& seat) {
  std::vector<std::string_view> more;
  if (seat.required) more.push_back("must vote");
  if (seat.veto) more.push_back("has a veto");
  return more.empty() ? seat.name : seat.name + " (" + listed(more) + ")";
}

std::string vote_words(const BallotView& ballot, const SeatView& seat) {
  if (seat.own) return "No vote: this prototype is their own";
  if (!seat.voted) return is_at_work(ballot) ? "Not yet" : "Did not vote";
  const auto vote = std::find_if(ballot.votes.begin(), ballot.votes.end(),
                                 [&](const VoteView& each) { return each.member == seat.member; });
  return vote == ballot.votes.end() ? "Has voted" : std::string(in_words(vote->choice));
}

Html seats(const BallotView& ballot) {
  StackedTable list{
      .caption = "Seats of the " + ballot.board, .heads = {"Member", "Seat", "Vote"}, .rows = {}};
  for (const SeatView& seat : ballot.seats) {
    list.rows.push_back({seat.member, seat_words(seat), vote_words(ballot, seat)});
  }
  return stacked_table(list);
}

Html reasons(const BallotView& ballot, const gate::Council& council) {
  Html html;
  for (const VoteView& vote : ballot.votes) {
    SummaryList card{
        .rows = {},
        .card = SummaryList::Card{.title = vote.member + ": " + std::string(in_words(vote.choice)),
                                  .heading_level = 3}};
    if (!vote.reasons.empty()) {
      card.rows.push_back({.key = "Reasons", .value = paragraphs(vote.reasons)});
    }
    if (!vote.conditions.empty()) {
      const std::vector<Html> conditions(vote.conditions.begin(), vote.conditions.end());
      card.rows.push_back({.key = "Conditions", .value = list(conditions, Marks::numbers)});
    }
    if (!vote.note.empty()) {
      card.rows.push_back({.key = "Note to the board", .value = paragraphs(vote.note)});
    }
    card.rows.push_back({.key = "Voted", .value = moment_in_words(vote.at, council)});
    html += summary_list(card);
  }
  return html;
}

}  // namespace

std::string votes_so_far(const BallotView& ballot) {
  std::string text = std::to_string(ballot.voted) + " of " + std::to_string(ballot.may_vote) +
                     (ballot.voted == 1 ? " has" : " have") + " voted. ";
  return text +
         (ballot.quorum == 1 ? "1 is needed." : std::to_string(ballot.quorum) + " are needed.");
}

Html ballot_section(const BallotView& ballot, UtcTime now, const gate::Council& council) {
  Html html = heading(2, Size::m, ballot.board) + where_it_stands(ballot, now, council);
  html += seats(ballot);
  if (ballot.shows_votes) return html + reasons(ballot, council);
  return html + paragraph(
                    "How members voted is shown to members of the board after their own "
                    "vote, and to everybody when the board has decided.");
}

}  // namespace lockgate::web
