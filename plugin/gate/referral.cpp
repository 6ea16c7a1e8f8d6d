#include "plugin/gate/referral.hpp"

#include <algorithm>

#include "plugin/gate/deadline.hpp"

namespace lockgate::gate {
namespace {

bool answers_for(const SeatSettings& seat, const std::string& role) {
  return std::find(seat.roles.begin(), seat.roles.end(), role) != seat.roles.end();
}

bool mapped(const std::string& role, const Council& council) {
  return std::any_of(council.boards.begin(), council.boards.end(), [&](const auto& board) {
    return std::any_of(board.seats.begin(), board.seats.end(),
                       [&](const SeatSettings& seat) { return answers_for(seat, role); });
  });
}

// The seat as it stands on the ballot, with the rules that are referred to it.
Seat seat_on_ballot(const SeatSettings& settings, const Check& check,
                    std::span<const MemberId> own) {
  Seat seat{.id = settings.id,
            .name = settings.name,
            .member = settings.member,
            .required = settings.required,
            .veto = settings.veto,
            .own = std::find(own.begin(), own.end(), settings.member) != own.end(),
            .rules = {}};
  for (const Finding& finding : check.findings) {
    if (finding.outcome == Outcome::refer && answers_for(settings, finding.to)) {
      seat.rules.push_back(finding.rule);
    }
  }
  seat.required = seat.required || !seat.rules.empty();
  return seat;
}

}  // namespace

Result<std::vector<BallotDraft>> referrals(const Check& check, const Council& council,
                                           std::span<const MemberId> own, bool proposer_known,
                                           UtcTime now, Random& ids) {
  for (const Finding& finding : check.findings) {
    if (finding.outcome == Outcome::refer && !mapped(finding.to, council)) {
      return fail(Errc::internal, "no seat of any board answers for `" + finding.to + "`");
    }
  }
  std::vector<BallotDraft> drafts;
  for (const BoardSettings& board : council.boards) {
    BallotTerms terms{.board = board.id,
                      .board_name = board.name,
                      .seats = {},
                      .quorum = board.quorum,
                      .proposer_known = proposer_known};
    for (const SeatSettings& seat : board.seats) {
      terms.seats.push_back(seat_on_ballot(seat, check, own));
    }
    const bool named = std::any_of(terms.seats.begin(), terms.seats.end(),
                                   [](const Seat& seat) { return !seat.rules.empty(); });
    if (!named) continue;
    LOCKGATE_TRY(terms.closes_at, closes_at(now, board.deadline_days, council));
    LOCKGATE_TRY(terms.extended_to, closes_at(terms.closes_at, board.deadline_days, council));
    drafts.push_back({{new_id("bal", ids)}, std::move(terms)});
  }
  return drafts;
}

std::vector<std::string> unmapped_roles(std::span<const std::string> roles,
                                        const Council& council) {
  std::vector<std::string> unmapped;
  for (const std::string& role : roles) {
    if (!mapped(role, council)) unmapped.push_back(role);
  }
  return unmapped;
}

}  // namespace lockgate::gate
