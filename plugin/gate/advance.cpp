#include "plugin/gate/advance.hpp"

#include <algorithm>
#include <utility>

#include "plugin/gate/own.hpp"
#include "plugin/gate/referral.hpp"

namespace lockgate::gate {
namespace {

// The latest check's event; it may be of this round.
Result<Checked> latest_checked(const Round& round, Store& store) {
  const Prototype& now = round.now();
  const auto missing = [] {
    return fail(Errc::internal, "the state names a check that the history does not hold");
  };
  if (!now.check) return missing();
  const auto& fresh = round.events();
  const std::int64_t before = now.version - static_cast<std::int64_t>(fresh.size());
  if (now.check->version > before) {
    const auto index = static_cast<std::size_t>(now.check->version - before - 1);
    const auto* checked = std::get_if<Checked>(&fresh.at(index).what);
    if (checked == nullptr) return missing();
    return *checked;
  }
  LOCKGATE_TRY(const Event event, store.event(now.id, now.check->version));
  const auto* checked = std::get_if<Checked>(&event.what);
  if (checked == nullptr) return missing();
  return *checked;
}

struct Owners {
  std::vector<MemberId> members;
  bool known = false;
};

// Those who had no vote before, and whoever the case system says it belongs to.
Result<Owners> owners_of(const Round& round, const Checked& latest, const GatekeeperParts& parts) {
  const Prototype& now = round.now();
  std::vector<TextId> ids = latest.editors;
  ids.push_back(now.proposer);
  LOCKGATE_TRY(const std::vector<Text> texts, round.texts(ids, parts.store));
  std::vector<std::string> names;
  for (const Text& text : texts) names.push_back(text.text);

  Owners owners;
  LOCKGATE_TRY(owners.members, own_members(names, parts.board, parts.store));
  owners.known = !names.empty();
  for (const Ballot& ballot : now.ballots) {
    owners.known = owners.known || ballot.terms.proposer_known;
    for (const Seat& seat : ballot.terms.seats) {
      if (seat.own) owners.members.push_back(seat.member);
    }
  }
  return owners;
}

Result<Checked> ask_decide(Round& round, const Judge& judge, const GatekeeperParts& parts,
                           UtcTime at) {
  LOCKGATE_TRY(const Checked latest, latest_checked(round, parts.store));
  LOCKGATE_TRY(Check check, judge.judge_again(latest.check, at, parts.store, round));
  const Prototype& now = round.now();
  check.number = now.checks + 1;
  std::vector<BallotDraft> drafts;
  if (check.verdict == Verdict::refer) {
    LOCKGATE_TRY(const Owners owners, owners_of(round, latest, parts));
    LOCKGATE_TRY(drafts,
                 referrals(check, parts.council, owners.members, owners.known, at, parts.random));
  }
  return Checked{.check = std::move(check),
                 .delivery = {},
                 .number = now.number,
                 .about = now.about,
                 .organisation = now.organisation,
                 .title = now.title,
                 .proposer = now.proposer,
                 .ballots = std::move(drafts),
                 .decision = {new_id("dec", parts.random)},
                 .editors = latest.editors,
                 .body_hash = {}};
}

}  // namespace

Result<void> advance(Round& round, Event event, const Judge& judge, const GatekeeperParts& parts) {
  const UtcTime at = event.at;
  LOCKGATE_TRY(const bool carried, round.apply(std::move(event)));
  if (!carried) return {};
  LOCKGATE_TRY(Checked asked, ask_decide(round, judge, parts, at));
  LOCKGATE_TRY(const bool again, round.apply({at, std::move(asked)}));
  if (again) return fail(Errc::internal, "gate `decide` was asked and asks again");
  return {};
}

}  // namespace lockgate::gate
