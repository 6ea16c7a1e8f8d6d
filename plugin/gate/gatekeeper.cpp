#include "plugin/gate/gatekeeper.hpp"

#include <algorithm>
#include <utility>

#include "plugin/gate/advance.hpp"
#include "plugin/gate/judge.hpp"
#include "plugin/gate/reception.hpp"
#include "plugin/gate/round.hpp"
#include "plugin/workflow/access.hpp"

namespace lockgate::gate {
namespace {

// A lost race is decided again; more than this many in a row is a hot spot.
constexpr int kTries = 20;

class LiveGatekeeper final : public Gatekeeper {
 public:
  explicit LiveGatekeeper(GatekeeperParts parts) : parts_(std::move(parts)), reception_(parts_) {}

  void receive(const Source& source, Delivery delivery,
               std::function<void(Result<Reply>)> done) override {
    reception_.receive(source, std::move(delivery), std::move(done));
  }

  Result<Prototype> vote(const PrototypeId& id, const MemberId& member,
                         const VoteForm& form) override {
    return act(id, [&](Round& round, UtcTime at) -> Result<Happened> {
      Vote vote{.member = member,
                .choice = form.choice,
                .reasons = round.keep(form.reasons),
                .note = round.keep(form.note),
                .conditions = {},
                .not_mine = form.not_mine,
                .at = at};
      for (const std::string& condition : form.conditions) {
        if (!condition.empty()) vote.conditions.push_back(round.keep(condition));
      }
      return VoteCast{.ballot = form.ballot,
                      .vote = std::move(vote),
                      .seen = form.seen,
                      .decision = {new_id("dec", parts_.random)}};
    });
  }

  Result<Prototype> write_lesson(const PrototypeId& id, const MemberId& member,
                                 const LessonForm& form) override {
    return act(id, [&](Round& round, UtcTime at) -> Result<Happened> {
      return LessonWritten{{.result = form.result,
                            .expected = round.keep(form.expected),
                            .happened = round.keep(form.happened),
                            .next = round.keep(form.next),
                            .by = member,
                            .at = at}};
    });
  }

  Result<void> time_out(const PrototypeId& id, const BallotId& ballot) override {
    LOCKGATE_CHECK(act(id, [&](Round& round, UtcTime at) -> Result<Happened> {
      const Ballot* found = workflow::find_ballot(round.now(), ballot);
      const bool waits = found != nullptr &&
                         (found->state == BallotState::open || found->state == BallotState::paused);
      if (!waits) return std::nullopt;
      if (at < found->terms.closes_at) {
        // An extended ballot has another alarm; this may be the first one again.
        if (found->extended) return std::nullopt;
        return fail(Errc::unavailable, "the ballot's time is not over");
      }
      return BallotTimedOut{.ballot = ballot, .decision = {new_id("dec", parts_.random)}};
    }));
    return {};
  }

 private:
  using Happened = std::optional<decltype(Event::what)>;  // nothing: there is nothing to do

  // Load, let `make` say what happened, decide, commit; again after a lost race.
  template <class Make>
  Result<Prototype> act(const PrototypeId& id, Make make) {
    for (int i = 0; i < kTries; ++i) {
      LOCKGATE_TRY(Prototype before, parts_.store.load(id));
      // A clock that was set back does not bring the record out of order.
      const UtcTime at = std::max(parts_.clock.now(), before.updated_at);
      Round round(before, parts_.random);
      LOCKGATE_TRY(Happened happened, make(round, at));
      if (!happened) return before;
      const Judge judge(parts_.rules.load(), parts_.random);
      LOCKGATE_CHECK(advance(round, {at, *std::move(happened)}, judge, parts_));
      const Prototype next = round.now();
      const Event first = round.events().front();
      const bool promises = !round.effects().empty();
      Result<Committed> committed = commit_and_wait(parts_.store, std::move(round).commit());
      if (!committed) {
        LOCKGATE_CHECK(find_out(id, before.version + 1, first, committed.error()));
      } else if (*committed != Committed::yes) {
        continue;
      }
      parts_.recorded();
      if (promises) parts_.promised();
      return next;
    }
    return fail(Errc::unavailable, "too many people are changing this prototype at once");
  }

  // An error from a commit means that it may be there or not.
  Result<void> find_out(const PrototypeId& id, std::int64_t version, const Event& ours,
                        const Error& error) {
    const Result<Event> there = parts_.store.event(id, version);
    if (there && *there == ours) return {};
    return tl::unexpected(error);
  }

  const GatekeeperParts parts_;
  Reception reception_;
};

}  // namespace

std::unique_ptr<Gatekeeper> make_gatekeeper(GatekeeperParts parts) {
  return std::make_unique<LiveGatekeeper>(std::move(parts));
}

}  // namespace lockgate::gate
