#include "plugin/gate/gatekeeper.hpp"

#include <algorithm>
#include <utility>

#include "plugin/gate/judge.hpp"
#include "plugin/gate/own.hpp"
#include "plugin/gate/referral.hpp"
#include "plugin/gate/round.hpp"
#include "plugin/record/commitment.hpp"
#include "plugin/record/digest.hpp"

namespace lockgate::gate {
namespace {

// A lost race is decided again; more than this many in a row is a hot spot.
constexpr int kTries = 20;

class LiveGatekeeper final : public Gatekeeper {
 public:
  explicit LiveGatekeeper(GatekeeperParts parts) : parts_(std::move(parts)) {}

  void receive(const Source& source, Delivery delivery,
               std::function<void(Result<Reply>)> done) override {
    auto receipt = std::make_shared<Receipt>(
        Receipt{.source = source, .delivery = std::move(delivery), .done = std::move(done)});
    if (auto genuine = source.adapter->verify(receipt->delivery); !genuine) {
      return receipt->done(tl::unexpected(std::move(genuine).error()));
    }
    auto translation = source.adapter->translate(receipt->delivery);
    if (!translation) return receipt->done(tl::unexpected(std::move(translation).error()));
    auto* submissions = std::get_if<std::vector<Submission>>(&*translation);
    if (!submissions || submissions->size() != 1) {
      return receipt->done(fail(Errc::internal, "the adapter gave something other than one case"));
    }
    receipt->submission = std::move(submissions->front());
    receipt->body_hash = record::sha256_hex(receipt->delivery.body);
    admit(std::move(receipt));
  }

  Result<Prototype> vote(const PrototypeId& id, const MemberId& member,
                         const VoteForm& form) override {
    return act(id, [&](Round& round, UtcTime at) {
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
    return act(id, [&](Round& round, UtcTime at) {
      return LessonWritten{{.result = form.result,
                            .expected = round.keep(form.expected),
                            .happened = round.keep(form.happened),
                            .next = round.keep(form.next),
                            .by = member,
                            .at = at}};
    });
  }

  Result<void> time_out(const PrototypeId& id, const BallotId& ballot) override {
    LOCKGATE_CHECK(act(id, [&](Round&, UtcTime) {
      return BallotTimedOut{.ballot = ballot, .decision = {new_id("dec", parts_.random)}};
    }));
    return {};
  }

 private:
  // One delivery on its way through.
  struct Receipt {
    const Source& source;
    Delivery delivery;
    std::function<void(Result<Reply>)> done;
    Submission submission = {};
    std::string body_hash = {};
    int tries = 0;
  };
  using ReceiptPtr = std::shared_ptr<Receipt>;

  // First the dedupe key, so that a duplicate gets its answer whatever has
  // happened to the prototype since.
  void admit(ReceiptPtr receipt) {
    const auto before =
        parts_.store.delivery(receipt->delivery.source, receipt->submission.delivery);
    if (before) return receipt->done(replay(*receipt, *before));
    if (before.error().code != Errc::not_found) {
      return receipt->done(tl::unexpected(before.error()));
    }
    auto commit = judge(*receipt);
    if (!commit) return receipt->done(tl::unexpected(std::move(commit).error()));
    const bool promises = !commit->effects.empty();
    Reply reply{.status = commit->delivery->status,
                .content_type = "application/json",
                .headers = {},
                .body = commit->delivery->answer};
    parts_.store.commit(*std::move(commit), [this, receipt, promises, reply = std::move(reply)](
                                                Result<Committed> committed) mutable {
      if (committed == Committed::yes) {
        parts_.recorded();
        if (promises) parts_.promised();
        return receipt->done(std::move(reply));
      }
      if (!committed) return receipt->done(tl::unexpected(std::move(committed).error()));
      // A twin or another event of this prototype came first.
      if (++receipt->tries == kTries) {
        return receipt->done(fail(Errc::unavailable, "too many messages for one case at once"));
      }
      if (!parts_.post([this, receipt] { admit(receipt); })) {
        receipt->done(fail(Errc::unavailable, "too much to do at once"));
      }
    });
  }

  Result<Reply> replay(const Receipt& receipt, const StoredDelivery& before) {
    if (before.body_hash != receipt.body_hash) {
      parts_.log.warn("delivery_id_reused", {{"source", before.source.text},
                                             {"delivery", before.id},
                                             {"first", before.body_hash},
                                             {"second", receipt.body_hash}});
      return fail(Errc::conflict, "a message with this webhook-id and another body came before",
                  {{"", "the body differs from the first one with this webhook-id",
                    "send a new message under a new webhook-id"}});
    }
    Reply reply{.status = before.status,
                .content_type = "application/json",
                .headers = {{"Idempotent-Replay", "true"}},
                .body = before.answer};
    if (!reply.body.empty()) return reply;
    // The stored answer's time is over; the record still says what it was.
    LOCKGATE_TRY(const Event event, parts_.store.event(before.prototype, before.version));
    LOCKGATE_TRY(const Prototype now, parts_.store.load(before.prototype));
    const auto* checked = std::get_if<Checked>(&event.what);
    if (!checked) return fail(Errc::internal, "a delivery's event is not a check");
    const Answered answered = this->answered(checked->check, now);
    Reply again = receipt.source.adapter->acknowledge(receipt.delivery, {&answered, 1});
    again.headers.emplace_back("Idempotent-Replay", "true");
    return again;
  }

  Result<Commit> judge(const Receipt& receipt) {
    const Submission& said = receipt.submission;
    const UtcTime at = receipt.delivery.received_at;
    CaseRef about{receipt.source.id, said.case_key};
    LOCKGATE_TRY(Prototype before, load_or_fresh(about));
    if (before.number == 0) {
      LOCKGATE_TRY(before.number, parts_.store.next_number());
    }
    Round round(before, parts_.random);
    const Judge judge(parts_.rules.load(), parts_.random);
    LOCKGATE_TRY(Check check, judge.judge(said.facts, said.gate, at, round));
    check.number = before.checks + 1;

    LOCKGATE_TRY(const TextId title, unless_same(before.title, said.title, round));
    LOCKGATE_TRY(const TextId proposer, unless_same(before.proposer, said.proposer, round));
    std::vector<BallotDraft> drafts;
    if (check.verdict == Verdict::refer) {
      std::vector<std::string> owners = said.editors;
      if (!said.proposer.empty()) owners.push_back(said.proposer);
      LOCKGATE_TRY(const std::vector<MemberId> own,
                   own_members(owners, parts_.board, parts_.store));
      LOCKGATE_TRY(drafts,
                   referrals(check, parts_.council, own, !owners.empty(), at, parts_.random));
    }
    const CheckId id = check.id;
    Checked checked{.check = check,
                    .delivery = said.delivery,
                    .number = before.number,
                    .about = std::move(about),
                    .organisation = receipt.source.organisation,
                    .title = title,
                    .proposer = proposer,
                    .ballots = std::move(drafts),
                    .decision = {new_id("dec", parts_.random)}};
    LOCKGATE_CHECK(advance(round, {at, std::move(checked)}, judge));

    const Answered answered = this->answered(check, round.now());
    Reply reply = receipt.source.adapter->acknowledge(receipt.delivery, {&answered, 1});
    return std::move(round).commit(StoredDelivery{.source = receipt.source.id,
                                                  .id = said.delivery,
                                                  .body_hash = receipt.body_hash,
                                                  .body = receipt.delivery.body,
                                                  .received_at = at,
                                                  .prototype = before.id,
                                                  .version = before.version + 1,
                                                  .status = reply.status,
                                                  .answer = std::move(reply.body)});
  }

  // Applies the event and, when every ballot has carried, asks gate `decide`
  // and applies what came of it.
  Result<void> advance(Round& round, Event event, const Judge& judge) {
    const UtcTime at = event.at;
    LOCKGATE_TRY(bool ask_decide, round.apply(std::move(event)));
    while (ask_decide) {
      const Prototype& now = round.now();
      LOCKGATE_TRY(const Event first, parts_.store.event(now.id, now.check->version));
      const auto* earlier = std::get_if<Checked>(&first.what);
      if (!earlier) return fail(Errc::internal, "the state names a check that is no check");
      LOCKGATE_TRY(Check check, judge.judge_again(earlier->check, now, at, parts_.store, round));
      check.number = now.checks + 1;
      std::vector<BallotDraft> drafts;
      if (check.verdict == Verdict::refer) {
        std::vector<MemberId> own;
        for (const Ballot& ballot : now.ballots) {
          for (const Seat& seat : ballot.terms.seats) {
            if (seat.own) own.push_back(seat.member);
          }
        }
        const bool known = !now.ballots.empty() && now.ballots.front().terms.proposer_known;
        LOCKGATE_TRY(drafts, referrals(check, parts_.council, own, known, at, parts_.random));
      }
      Checked checked{.check = std::move(check),
                      .delivery = {},
                      .number = now.number,
                      .about = now.about,
                      .organisation = now.organisation,
                      .title = now.title,
                      .proposer = now.proposer,
                      .ballots = std::move(drafts),
                      .decision = {new_id("dec", parts_.random)}};
      LOCKGATE_TRY(ask_decide, round.apply({at, std::move(checked)}));
    }
    return {};
  }

  // Load, let `make` say the event, decide, commit; again after a lost race.
  template <class Make>
  Result<Prototype> act(const PrototypeId& id, Make make) {
    for (int i = 0; i < kTries; ++i) {
      LOCKGATE_TRY(Prototype before, parts_.store.load(id));
      const UtcTime at = parts_.clock.now();
      Round round(std::move(before), parts_.random);
      const Judge judge(parts_.rules.load(), parts_.random);
      LOCKGATE_CHECK(advance(round, Event{at, make(round, at)}, judge));
      Prototype next = round.now();
      const bool promises = !round.effects().empty();
      LOCKGATE_TRY(const Committed committed,
                   commit_and_wait(parts_.store, std::move(round).commit()));
      if (committed != Committed::yes) continue;
      parts_.recorded();
      if (promises) parts_.promised();
      return next;
    }
    return fail(Errc::unavailable, "too many people are changing this prototype at once");
  }

  Result<Prototype> load_or_fresh(const CaseRef& about) {
    const PrototypeId id = prototype_id(about);
    Result<Prototype> found = parts_.store.load(id);
    if (found || found.error().code != Errc::not_found) return found;
    return Prototype{.id = id, .about = about};
  }

  // The id of the text in the round, or the one it has if it says the same.
  Result<TextId> unless_same(const TextId& before, const std::string& said, Round& round) {
    if (!before.empty()) {
      LOCKGATE_TRY(const std::vector<Text> texts, parts_.store.texts({before}));
      if (!texts.empty() && texts.front().text == said) return before;
    }
    return round.keep(said);
  }

  Answered answered(const Check& check, const Prototype& after) const {
    Answered answered{.check = check,
                      .prototype = after,
                      .decision = {},
                      .prototype_url = parts_.public_url + "/p/" + display_number(after.number)};
    if (after.decision && after.decision->check == check.id) answered.decision = after.decision;
    return answered;
  }

  GatekeeperParts parts_;
};

}  // namespace

std::unique_ptr<Gatekeeper> make_gatekeeper(GatekeeperParts parts) {
  return std::make_unique<LiveGatekeeper>(std::move(parts));
}

}  // namespace lockgate::gate
