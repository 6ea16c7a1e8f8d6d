#include "plugin/gate/outbox.hpp"

#include <pthread.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "plugin/gate/retry.hpp"
#include "plugin/gate/telling.hpp"

namespace lockgate::gate {
namespace {

using namespace std::chrono_literals;

constexpr auto kLease = 2min;
// What is left of a lease must be enough for an attempt.
constexpr auto kLongestAttempt = 20s;
constexpr auto kLongestNap = 1s;
constexpr auto kGather = 20ms;  // promises come in bursts
constexpr auto kSoon = 5s;      // until what is a matter of our own is tried again
constexpr int kClaimAtOnce = 32;
constexpr int kMostHeld = 16;  // by a source, before others are claimed in its place

constexpr std::string_view kGone =
    "the receiver answered 410 Gone: it is told nothing more until Lockgate is started again";

double unit_random(Random& random) {
  std::array<std::byte, 4> bytes;
  random.fill(bytes);
  std::uint32_t number = 0;
  for (const std::byte byte : bytes) number = number << 8 | std::to_integer<std::uint32_t>(byte);
  return number / 4294967296.0;
}

Attempt attempt_of(const Due& due, UtcTime at) {
  return {.id = due.id,
          .conclude = Conclude::delivered,
          .next = {},
          .status = 0,
          .why = {},
          .at = at,
          .until = due.until};
}

void again_soon(Attempt& attempt, std::string why) {
  attempt.conclude = Conclude::again;
  attempt.next = attempt.at + kSoon;
  attempt.why = std::move(why);
}

}  // namespace

Outbox::Outbox(Parts parts) : parts_(std::move(parts)) {
  // By its contract an adapter builds no request only where no callback is configured.
  for (const Source& source : parts_.sources) {
    if (source.adapter->write_back(Conclusion{}, parts_.clock.now()).empty()) {
      silent_.insert(source.id);
    }
  }
}

Outbox::~Outbox() {
  for (std::jthread& thread : threads_) thread.request_stop();
}

void Outbox::start(int threads) {
  const int told = static_cast<int>(parts_.sources.size() - silent_.size());
  const int workers = std::max(threads, told + 1);  // one is left for deadlines
  lane_ = std::max(1, (workers - 1) / std::max(1, told));
  threads_.emplace_back([this](const std::stop_token& stop) {
    pthread_setname_np(pthread_self(), "outbox");
    look(stop);
  });
  for (int i = 0; i < workers; ++i) {
    threads_.emplace_back([this](const std::stop_token& stop) {
      pthread_setname_np(pthread_self(), "sender");
      work(stop);
    });
  }
}

void Outbox::notify() {
  {
    const std::lock_guard lock(mutex_);
    notified_ = true;
  }
  changed_.notify_one();
}

int Outbox::run_due() {
  const int claimed = claim();
  while (const auto due = [this] {
    const std::lock_guard lock(mutex_);
    return next_startable();
  }()) {
    carry_out(*due);
  }
  return claimed;
}

void Outbox::look(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    int claimed = 0;
    try {
      claimed = claim();
    } catch (const std::exception&) {
      parts_.log.error("outbox_failed", {{"why", "an exception while looking for what is due"}});
    }
    if (claimed == kClaimAtOnce) continue;
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, stop, kLongestNap, [this] { return notified_; })) {
      changed_.wait_for(lock, stop, kGather, [] { return false; });
    }
    notified_ = false;
  }
}

void Outbox::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::optional<Due> due;
    {
      std::unique_lock lock(mutex_);
      held_more_.wait(lock, stop, [&] { return (due = next_startable()).has_value(); });
    }
    if (due) carry_out(*due);
  }
}

// Leases what is due; concludes at once what there is nobody to tell about.
int Outbox::claim() {
  std::vector<SourceId> busy;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [source, count] : holding_) {
      if (count >= kMostHeld) busy.push_back(source);
    }
    passed_over_ = !busy.empty();
  }
  const UtcTime now = parts_.clock.now();
  auto claimed = parts_.store.claim_due(now, now + kLease, kClaimAtOnce, busy);
  if (!claimed) {
    parts_.log.warn("outbox_waits", {{"why", claimed.error().message}});
    return 0;
  }
  std::vector<Attempt> concluded;
  for (Due& due : *claimed) {
    if (auto untold = why_untold(due, now)) {
      if (untold->conclude == Conclude::dead) log_telling(due, *untold);
      concluded.push_back(*std::move(untold));
      continue;
    }
    const std::lock_guard lock(mutex_);
    ++holding_[due.source];
    held_.push_back(std::move(due));
    held_more_.notify_one();
  }
  if (!concluded.empty()) conclude(concluded);
  return static_cast<int>(claimed->size());
}

// Under mutex_.  The oldest promise whose source has a thread to spare; counted
// as begun.  A lease that is nearly over is left for whoever claims it next.
std::optional<Due> Outbox::next_startable() {
  const UtcTime now = parts_.clock.now();
  for (auto each = held_.begin(); each != held_.end();) {
    if (now + kLongestAttempt > each->until) {
      --holding_[each->source];
      each = held_.erase(each);
      continue;
    }
    int& sending = sending_[each->source];
    if (each->source.empty() || sending < lane_) {
      ++sending;
      --holding_[each->source];
      Due due = std::move(*each);
      held_.erase(each);
      return due;
    }
    ++each;
  }
  return std::nullopt;
}

void Outbox::carry_out(const Due& due) {
  Attempt made = attempt_of(due, parts_.clock.now());
  try {
    made = attempt(due);
  } catch (const std::exception&) {
    schedule(made, due, {.status = 0, .retry_after = {}, .why = "an exception of ours"}, {});
    parts_.log.error("outbox_failed", {{"id", due.id}, {"why", made.why}});
  }
  conclude({made});
  {
    const std::lock_guard lock(mutex_);
    --sending_[due.source];
    notified_ = notified_ || passed_over_;
  }
  held_more_.notify_all();
  changed_.notify_one();
}

Attempt Outbox::attempt(const Due& due) {
  if (const auto* promise = std::get_if<WakeAt>(&due.effect)) return wake(due, *promise);
  Attempt made = tell(due, std::get<WriteBack>(due.effect));
  log_telling(due, made);
  return made;
}

Attempt Outbox::wake(const Due& due, const WakeAt& promise) {
  Attempt made = attempt_of(due, parts_.clock.now());
  if (made.at < promise.at) {  // the clock was set back
    again_soon(made, {});
    made.next = promise.at;
    return made;
  }
  const Result<void> done = parts_.gatekeeper.time_out(due.prototype, promise.ballot);
  made.at = parts_.clock.now();
  if (done) return made;
  if (done.error().code == Errc::unavailable) {
    again_soon(made, done.error().message);
    return made;
  }
  // A bug, or a damaged record: tried again for some days, and seen in the log.
  schedule(made, due, {.status = 0, .retry_after = {}, .why = done.error().message}, {});
  parts_.log.error("deadline_failed",
                   {{"id", due.id}, {"prototype", due.prototype.text}, {"why", made.why}});
  return made;
}

Attempt Outbox::tell(const Due& due, const WriteBack& promise) {
  Attempt made = attempt_of(due, parts_.clock.now());
  if (auto untold = why_untold(due, made.at)) return *std::move(untold);
  const Source& source = *find(due.source);
  const Result<Conclusion> conclusion =
      conclusion_of(due, promise, parts_.store, parts_.public_url);
  if (!conclusion) {
    if (conclusion.error().code == Errc::unavailable) {
      again_soon(made, conclusion.error().message);
    } else {
      made.conclude = Conclude::dead;
      made.why = conclusion.error().message;
    }
    return made;
  }
  for (const OutboundRequest& request : source.adapter->write_back(*conclusion, made.at)) {
    const Sent sent = parts_.send(request, source);
    schedule(made, due, sent, source.retry);
    if (sent.status == 410) {
      disable(due.source);
      made.why = kGone;
    }
    if (made.conclude != Conclude::delivered) break;
  }
  return made;
}

// What came of an attempt that ends now, and when the next one is due.
void Outbox::schedule(Attempt& made, const Due& due, const Sent& sent,
                      const std::vector<std::chrono::seconds>& waits) {
  made.at = parts_.clock.now();
  const Again again = next_attempt(due.attempts, sent.status, sent.retry_after,
                                   unit_random(parts_.random), made.at, waits);
  made.conclude = again.conclude;
  made.next = again.next;
  made.status = sent.status;
  made.why = sent.why;
}

// Where there is nobody to be told: how the promise ends without a request.
std::optional<Attempt> Outbox::why_untold(const Due& due, UtcTime at) const {
  if (!std::holds_alternative<WriteBack>(due.effect)) return std::nullopt;
  Attempt attempt = attempt_of(due, at);
  if (silent_.count(due.source) > 0) {
    attempt.why = "no callback is configured";
    return attempt;
  }
  attempt.conclude = Conclude::dead;
  const std::lock_guard lock(mutex_);
  if (find(due.source) == nullptr) {
    attempt.why = "the source is no longer configured";
  } else if (gone_.count(due.source) > 0) {
    attempt.why = kGone;
  } else {
    return std::nullopt;
  }
  return attempt;
}

const Source* Outbox::find(const SourceId& id) const {
  const auto found = std::find_if(parts_.sources.begin(), parts_.sources.end(),
                                  [&](const Source& each) { return each.id == id; });
  return found == parts_.sources.end() ? nullptr : &*found;
}

void Outbox::disable(const SourceId& source) {
  {
    const std::lock_guard lock(mutex_);
    if (!gone_.insert(source).second) return;
  }
  parts_.log.error("callback_disabled", {{"source", source.text}, {"why", kGone}});
}

void Outbox::conclude(const std::vector<Attempt>& attempts) {
  // If it cannot be written, the leases end and the promises are carried out again.
  try {
    if (const auto kept = parts_.store.finish_all(attempts); !kept) {
      parts_.log.warn("outbox_waits", {{"why", kept.error().message}});
    }
  } catch (const std::exception&) {
    parts_.log.error("outbox_failed", {{"why", "an exception while an attempt was kept"}});
  }
}

void Outbox::log_telling(const Due& due, const Attempt& attempt) {
  const std::string status = std::to_string(attempt.status);
  const Log::Fields fields = {
      {"id", due.id}, {"prototype", due.prototype.text}, {"status", status}, {"why", attempt.why}};
  switch (attempt.conclude) {
    case Conclude::delivered:
      return parts_.log.info("told_case_system", fields);
    case Conclude::again:
      return parts_.log.warn("telling_failed", fields);
    case Conclude::dead:
      return parts_.log.error("telling_given_up", fields);
  }
}

}  // namespace lockgate::gate
