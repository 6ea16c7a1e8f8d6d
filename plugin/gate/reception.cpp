#include "plugin/gate/reception.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

#include "plugin/gate/advance.hpp"
#include "plugin/gate/judge.hpp"
#include "plugin/gate/own.hpp"
#include "plugin/gate/referral.hpp"
#include "plugin/gate/round.hpp"
#include "plugin/record/digest.hpp"

namespace lockgate::gate {
namespace {

// A lost race is decided again; more than this many in a row is a hot spot.
constexpr int kTries = 20;

Reply json_reply(unsigned status, std::string body) {
  return {
      .status = status, .content_type = "application/json", .headers = {}, .body = std::move(body)};
}

Result<Prototype> load_or_fresh(const CaseRef& about, Store& store) {
  const PrototypeId id = prototype_id(about);
  Result<Prototype> found = store.load(id);
  if (!found && found.error().code == Errc::not_found) return Prototype{.id = id, .about = about};
  return found;
}

// The text's id in the round, or the one it has if it says the same.
Result<TextId> unless_same(const TextId& before, const std::string& said, Round& round,
                           Store& store) {
  if (!before.empty() && !said.empty()) {
    LOCKGATE_TRY(const std::vector<Text> texts, store.texts({before}));
    if (!texts.empty() && texts.front().text == said) return before;
  }
  return round.keep(said);
}

Answered answered(const Check& check, const Prototype& after, const std::string& public_url) {
  Answered answered{.check = check,
                    .prototype = after,
                    .decision = {},
                    .prototype_url = public_url + "/p/" + display_number(after.number)};
  if (after.decision && after.decision->check == check.id) answered.decision = after.decision;
  return answered;
}

}  // namespace

struct Reception::Receipt {
  const Source& source;
  Delivery delivery;
  std::function<void(Result<Reply>)> done;
  Submission submission = {};
  std::string body_hash = {};
  Reply answer = {};      // to give once the commit is durable
  bool promises = false;  // that commit made some
  int tries = 0;
  std::atomic<bool> answered = false;
};

void Reception::receive(const Source& source, Delivery delivery,
                        std::function<void(Result<Reply>)> done) {
  const auto receipt = std::make_shared<Receipt>(source, std::move(delivery), std::move(done));
  guarded(receipt, [&] {
    if (auto read = this->read(*receipt); !read) {
      return reply(*receipt, tl::unexpected(std::move(read).error()));
    }
    admit(receipt);
  });
}

Result<void> Reception::read(Receipt& receipt) {
  const Adapter& adapter = *receipt.source.adapter;
  LOCKGATE_CHECK(adapter.verify(receipt.delivery));
  LOCKGATE_TRY(Translation translation, adapter.translate(receipt.delivery));
  auto* submissions = std::get_if<std::vector<Submission>>(&translation);
  if (submissions == nullptr || submissions->size() != 1) {
    return fail(Errc::internal, "the adapter gave something other than one case");
  }
  receipt.submission = std::move(submissions->front());
  receipt.body_hash = record::sha256_hex(receipt.delivery.body);
  return {};
}

// First the dedupe key, so that a duplicate gets its answer whatever has happened
// to the prototype since.
void Reception::admit(const ReceiptPtr& receipt) {
  const auto before = parts_.store.delivery(receipt->source.id, receipt->submission.delivery);
  if (before) return reply(*receipt, replay(*receipt, *before));
  if (before.error().code != Errc::not_found) {
    return reply(*receipt, tl::unexpected(before.error()));
  }
  auto commit = judge(*receipt);
  if (!commit) return reply(*receipt, tl::unexpected(std::move(commit).error()));
  receipt->promises = !commit->effects.empty();
  parts_.store.commit(*std::move(commit), [this, receipt](Result<Committed> committed) {
    guarded(receipt, [&] { settle(receipt, committed); });
  });
}

// On the thread that has written: nothing here may wait for the store.
void Reception::settle(const ReceiptPtr& receipt, const Result<Committed>& committed) {
  if (committed && *committed == Committed::yes) {
    parts_.recorded();
    if (receipt->promises) parts_.promised();
    return reply(*receipt, std::move(receipt->answer));
  }
  std::function<void()> next;
  if (!committed) {
    next = [this, receipt, error = committed.error()] {
      guarded(receipt, [&] { reply(*receipt, find_out(*receipt, error)); });
    };
  } else if (++receipt->tries < kTries) {
    // A twin or another event of this prototype came first.
    next = [this, receipt] { guarded(receipt, [&] { admit(receipt); }); };
  } else {
    return reply(*receipt, fail(Errc::unavailable, "too many messages for one case at once"));
  }
  if (parts_.post(std::move(next))) return;
  reply(*receipt, fail(Errc::unavailable,
                       "too much to do at once; it is not known whether the "
                       "message was recorded"));
}

// An error from a commit means that it may be there or not.
Result<Reply> Reception::find_out(const Receipt& receipt, const Error& error) {
  const auto kept = parts_.store.delivery(receipt.source.id, receipt.submission.delivery);
  if (!kept) return tl::unexpected(error);
  parts_.recorded();
  parts_.promised();
  return replay(receipt, *kept);
}

Result<Reply> Reception::replay(const Receipt& receipt, const StoredDelivery& before) {
  if (before.body_hash != receipt.body_hash) {
    parts_.log.warn("delivery_id_reused", {{"source", before.source.text},
                                           {"delivery", before.id},
                                           {"first", before.body_hash},
                                           {"second", receipt.body_hash}});
    return fail(Errc::conflict, "a message with this webhook-id and another body came before",
                {{"", "the body differs from the first one with this webhook-id",
                  "send a new message under a new webhook-id"}});
  }
  Reply again = json_reply(before.status, before.answer);
  if (again.body.empty()) {
    // The stored answer's time is over; the record still says what it was.
    LOCKGATE_TRY(const Event event, parts_.store.event(before.prototype, before.version));
    LOCKGATE_TRY(const Prototype now, parts_.store.load(before.prototype));
    const auto* checked = std::get_if<Checked>(&event.what);
    if (checked == nullptr) return fail(Errc::internal, "a delivery's event is not a check");
    const Answered answered = gate::answered(checked->check, now, parts_.public_url);
    again = receipt.source.adapter->acknowledge(receipt.delivery, {&answered, 1});
  }
  again.headers.emplace_back("Idempotent-Replay", "true");
  return again;
}

Result<Commit> Reception::judge(Receipt& receipt) {
  const Submission& said = receipt.submission;
  Store& store = parts_.store;
  const CaseRef about{receipt.source.id, said.case_key};
  LOCKGATE_TRY(Prototype before, load_or_fresh(about, store));
  if (before.number == 0) {
    LOCKGATE_TRY(before.number, store.next_number());
  }
  // A clock that was set back does not bring the record out of order.
  const UtcTime at = std::max(receipt.delivery.received_at, before.updated_at);
  Round round(before, parts_.random);
  const Judge judge(parts_.rules.load(), parts_.random);
  LOCKGATE_TRY(Check check, judge.judge(said.facts, said.gate, receipt.source.strict, at, round));
  check.number = before.checks + 1;

  Checked checked{.check = check,
                  .delivery = said.delivery,
                  .number = before.number,
                  .about = about,
                  .organisation = receipt.source.organisation,
                  .title = {},
                  .proposer = {},
                  .ballots = {},
                  .decision = {new_id("dec", parts_.random)},
                  .editors = {},
                  .body_hash = receipt.body_hash};
  LOCKGATE_TRY(checked.title, unless_same(before.title, said.title, round, store));
  LOCKGATE_TRY(checked.proposer, unless_same(before.proposer, said.proposer, round, store));
  for (const std::string& editor : said.editors) checked.editors.push_back(round.keep(editor));
  if (check.verdict == Verdict::refer) {
    std::vector<TextId> named = checked.editors;
    named.push_back(checked.proposer.empty() ? before.proposer : checked.proposer);
    LOCKGATE_TRY(const std::vector<Text> texts, round.texts(named, store));
    std::vector<std::string> owners;
    for (const Text& text : texts) owners.push_back(text.text);
    LOCKGATE_TRY(const std::vector<MemberId> own, own_members(owners, parts_.board, store));
    LOCKGATE_TRY(checked.ballots,
                 referrals(check, parts_.council, own, !owners.empty(), at, parts_.random));
  }
  LOCKGATE_CHECK(advance(round, {at, std::move(checked)}, judge, parts_));

  const Answered answered = gate::answered(check, round.now(), parts_.public_url);
  receipt.answer = receipt.source.adapter->acknowledge(receipt.delivery, {&answered, 1});
  return std::move(round).commit(StoredDelivery{.source = receipt.source.id,
                                                .id = said.delivery,
                                                .body_hash = receipt.body_hash,
                                                .body = receipt.delivery.body,
                                                .received_at = receipt.delivery.received_at,
                                                .prototype = before.id,
                                                .version = before.version + 1,
                                                .status = receipt.answer.status,
                                                .answer = receipt.answer.body});
}

void Reception::reply(Receipt& receipt, Result<Reply> reply) {
  if (receipt.answered.exchange(true)) return;
  receipt.done(std::move(reply));
}

// Runs `job`; what it throws is a bug of ours, and an answer like any other.
template <class Job>
void Reception::guarded(const ReceiptPtr& receipt, Job job) {
  try {
    job();
  } catch (const std::exception&) {
    parts_.log.error("delivery_failed", {{"source", receipt->source.id.text}});
    try {
      reply(*receipt, fail(Errc::internal, "an exception while the message was judged"));
    } catch (const std::exception&) {
      parts_.log.error("answer_failed", {{"source", receipt->source.id.text}});
    }
  }
}

}  // namespace lockgate::gate
