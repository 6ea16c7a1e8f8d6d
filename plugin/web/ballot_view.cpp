#include "plugin/web/ballot_view.hpp"

#include <algorithm>

#include "plugin/workflow/access.hpp"

namespace lockgate::web {
namespace {

VoteView view_of(const Vote& vote, bool with_note, const Texts& texts, const Names& names) {
  VoteView view{.member = names.of(vote.member),
                .choice = vote.choice,
                .reasons = texts.of(vote.reasons),
                .note = with_note ? texts.of(vote.note) : "",
                .at = vote.at};
  for (const TextId& condition : vote.conditions) view.conditions.push_back(texts.of(condition));
  return view;
}

}  // namespace

const Seat* seat_of(const Ballot& ballot, const MemberId& member) {
  const auto& seats = ballot.terms.seats;
  const auto seat = std::find_if(seats.begin(), seats.end(),
                                 [&](const Seat& each) { return each.member == member; });
  return seat == seats.end() ? nullptr : &*seat;
}

const Vote* vote_of(const Ballot& ballot, const MemberId& member) {
  const auto vote = std::find_if(ballot.votes.rbegin(), ballot.votes.rend(),
                                 [&](const Vote& each) { return each.member == member; });
  return vote == ballot.votes.rend() ? nullptr : &*vote;
}

BallotView view_of(const Ballot& ballot, const MemberId& viewer, const Texts& texts,
                   const Names& names) {
  BallotView view{.id = ballot.id,
                  .board = ballot.terms.board_name,
                  .state = ballot.state,
                  .quorum = ballot.terms.quorum,
                  .closes_at = ballot.terms.closes_at,
                  .extended = ballot.extended,
                  .shows_votes = workflow::may_see_votes(ballot, viewer)};
  for (const Seat& seat : ballot.terms.seats) {
    const bool voted = vote_of(ballot, seat.member) != nullptr;
    view.seats.push_back({.name = seat.name,
                          .member = names.of(seat.member),
                          .required = seat.required,
                          .veto = seat.veto,
                          .own = seat.own,
                          .voted = voted});
    view.voted += voted ? 1 : 0;
    view.may_vote += seat.own ? 0 : 1;
  }
  const bool has_seat = seat_of(ballot, viewer) != nullptr;
  for (const Vote& vote : ballot.votes) {
    if (view.shows_votes) view.votes.push_back(view_of(vote, has_seat, texts, names));
    if (ballot.state == BallotState::paused && vote.choice == Choice::need_information) {
      view.needed.push_back(texts.of(vote.reasons));
    }
  }
  return view;
}

}  // namespace lockgate::web
