#include "plugin/gate/outbox.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "plugin/gate/retry.hpp"
#include "plugin/workflow/decide.hpp"

namespace lockgate::gate {
namespace {

using namespace std::chrono_literals;

// Longer than a sender may take for all requests of one promise.
constexpr auto kLease = 2min;
constexpr auto kLongestNap = 1s;

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

double unit_random(Random& random) {
  std::array<std::byte, 4> bytes;
  random.fill(bytes);
  std::uint32_t number = 0;
  for (const std::byte byte : bytes) number = number << 8 | std::to_integer<std::uint32_t>(byte);
  return number / 4294967296.0;
}

}  // namespace

Outbox::Outbox(Parts parts) : parts_(std::move(parts)) {}

Outbox::~Outbox() {
  for (std::jthread& thread : threads_) thread.request_stop();
  changed_.notify_all();
}

void Outbox::start(int threads) {
  for (int i = 0; i < threads; ++i) {
    threads_.emplace_back([this](std::stop_token stop) { work(std::move(stop)); });
  }
}

void Outbox::notify() {
  {
    const std::lock_guard lock(mutex_);
    notified_ = true;
  }
  changed_.notify_one();
}

void Outbox::work(std::stop_token stop) {
  while (!stop.stop_requested()) {
    int done = 0;
    try {
      done = run_due();
    } catch (const std::exception&) {
      parts_.log.error("outbox_failed", {{"what", "an exception; the promise is tried again"}});
    }
    if (done > 0) continue;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, kLongestNap, [this] { return notified_; });
    notified_ = false;
  }
}

int Outbox::run_due() {
  const UtcTime now = parts_.clock.now();
  const Result<std::vector<Due>> due = parts_.store.claim_due(now, now + kLease, 1);
  if (!due) {
    parts_.log.warn("outbox_waits", {{"why", due.error().message}});
    return 0;
  }
  for (const Due& each : *due) carry_out(each);
  return static_cast<int>(due->size());
}

void Outbox::carry_out(const Due& due) {
  std::visit(Overloaded{[&](const WriteBack& promise) { tell(due, promise); },
                        [&](const WakeAt& promise) {
                          const Result<void> done =
                              parts_.gatekeeper.time_out(due.prototype, promise.ballot);
                          Attempt attempt{.id = due.id,
                                          .conclude = Conclude::delivered,
                                          .next = {},
                                          .status = 0,
                                          .why = {},
                                          .at = parts_.clock.now()};
                          if (!done && done.error().code == Errc::unavailable) {
                            attempt.conclude = Conclude::again;
                            attempt.next = attempt.at + 5s;
                          } else if (!done) {
                            attempt.conclude = Conclude::dead;
                            attempt.why = done.error().message;
                          }
                          if (const auto kept = parts_.store.finish(attempt); !kept) {
                            parts_.log.warn("outbox_waits", {{"why", kept.error().message}});
                          }
                        }},
             due.effect);
}

void Outbox::tell(const Due& due, const WriteBack& promise) {
  Attempt attempt{.id = due.id,
                  .conclude = Conclude::delivered,
                  .next = {},
                  .status = 0,
                  .why = {},
                  .at = parts_.clock.now()};
  const Result<Conclusion> conclusion = this->conclusion(due, promise);
  if (!conclusion) {
    attempt.conclude =
        conclusion.error().code == Errc::unavailable ? Conclude::again : Conclude::dead;
    attempt.next = attempt.at + 5s;
    attempt.why = conclusion.error().message;
  } else {
    const SourceId& id = conclusion->about.source;
    const auto source = std::find_if(parts_.sources.begin(), parts_.sources.end(),
                                     [&](const Source& each) { return each.id == id; });
    if (source == parts_.sources.end()) {
      attempt.conclude = Conclude::dead;
      attempt.why = "the source is no longer configured";
    } else {
      for (const OutboundRequest& request : source->adapter->write_back(*conclusion, attempt.at)) {
        const Sent sent = parts_.send(request, *source);
        attempt.at = parts_.clock.now();
        const Again again = next_attempt(due.attempts, sent.status, sent.retry_after,
                                         unit_random(parts_.random), attempt.at, source->retry);
        attempt.conclude = again.conclude;
        attempt.next = again.next;
        attempt.status = sent.status;
        attempt.why = sent.why;
        if (attempt.conclude != Conclude::delivered) break;
      }
    }
  }
  const std::string status = std::to_string(attempt.status);
  const Log::Fields fields = {
      {"id", due.id}, {"prototype", due.prototype.text}, {"status", status}, {"why", attempt.why}};
  switch (attempt.conclude) {
    case Conclude::delivered:
      parts_.log.info("told_case_system", fields);
      break;
    case Conclude::again:
      parts_.log.warn("telling_failed", fields);
      break;
    case Conclude::dead:
      parts_.log.error("telling_given_up", fields);
      break;
  }
  if (const auto kept = parts_.store.finish(attempt); !kept) {
    parts_.log.warn("outbox_waits", {{"why", kept.error().message}});
  }
}

// The decision may no longer be the latest: it is found by folding the history.
Result<Conclusion> Outbox::conclusion(const Due& due, const WriteBack& promise) {
  LOCKGATE_TRY(const std::vector<Event> history, parts_.store.history(due.prototype));
  Prototype now{.id = due.prototype};
  std::map<CheckId, const Check*> checks;
  for (const Event& event : history) {
    if (const auto* checked = std::get_if<Checked>(&event.what)) {
      checks[checked->check.id] = &checked->check;
    }
    LOCKGATE_TRY(workflow::Step step, workflow::decide(now, event));
    now = std::move(step.next);
    if (now.decision && now.decision->id == promise.decision) break;
  }
  if (!now.decision || now.decision->id != promise.decision) {
    return fail(Errc::internal, "the history holds no decision " + promise.decision.text);
  }
  Conclusion conclusion{.message = due.id,
                        .about = now.about,
                        .number = now.number,
                        .decision = *now.decision,
                        .findings = {},
                        .conditions = {},
                        .prototype_url = parts_.public_url + "/p/" + display_number(now.number)};
  if (const auto check = checks.find(now.decision->check); check != checks.end()) {
    conclusion.findings = check->second->findings;
  }
  for (const Condition& condition : now.decision->conditions) {
    if (condition.text.empty()) {
      conclusion.conditions.push_back(condition.say);
      continue;
    }
    LOCKGATE_TRY(const std::vector<Text> words, parts_.store.texts({condition.text}));
    conclusion.conditions.push_back(words.empty() ? "(erased)" : words.front().text);
  }
  return conclusion;
}

}  // namespace lockgate::gate
