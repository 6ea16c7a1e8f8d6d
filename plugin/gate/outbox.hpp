// The outbox: carries out what was promised, and nothing else sends anything.
// A promise is kept at least once: it is leased, carried out, then concluded.

#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "lockgate/log.hpp"
#include "lockgate/store.hpp"
#include "lockgate/time.hpp"
#include "plugin/gate/gatekeeper.hpp"

namespace lockgate::gate {

// What the outside answered to one request; status 0 and `why` if nothing did.
struct Sent {
  int status = 0;
  std::string retry_after;  // the header's value, if any
  std::string why;          // our words
};

// Sends one request to an address of the source's configuration, and waits: 20
// seconds at most.  From many threads at once.
using Send = std::function<Sent(const OutboundRequest&, const Source&)>;

// Each source has threads of its own number, so that one that is slow to answer
// delays neither the others nor deadlines.  A source whose receiver answers 410
// Gone is told nothing more until Lockgate is started again: its promises are
// given up, which shows beside each decision and in the log.
class Outbox {
 public:
  struct Parts {
    Store& store;
    Gatekeeper& gatekeeper;
    const std::vector<Source>& sources;
    const Clock& clock;
    Random& random;
    Log& log;
    Send send;
    std::string public_url;
  };

  explicit Outbox(Parts parts);
  // Waits for the attempts in hand; their promises are concluded.
  ~Outbox();
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  // At least `threads` that carry out; more where there are that many sources.
  // Once.
  void start(int threads);
  // Something was just promised.  From any thread.
  void notify();
  // Carries out what is due now, on this thread; for tests, instead of `start`.
  // Gives how many.
  int run_due();

 private:
  void look(const std::stop_token& stop);
  void work(const std::stop_token& stop);
  int claim();
  std::optional<Due> next_startable();
  void carry_out(const Due& due);
  Attempt attempt(const Due& due);
  Attempt wake(const Due& due, const WakeAt& promise);
  Attempt tell(const Due& due, const WriteBack& promise);
  void schedule(Attempt& made, const Due& due, const Sent& sent,
                const std::vector<std::chrono::seconds>& waits);
  std::optional<Attempt> why_untold(const Due& due, UtcTime at) const;
  const Source* find(const SourceId& source) const;
  void disable(const SourceId& source);
  void conclude(const std::vector<Attempt>& attempts);
  void log_telling(const Due& due, const Attempt& attempt);

  // Constant after construction or `start`.
  const Parts parts_;
  std::set<SourceId> silent_;  // without a callback
  int lane_ = 1;               // attempts at once to one source

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;  // for `look`
  std::condition_variable_any held_more_;
  // Guarded by mutex_.
  bool notified_ = false;
  bool passed_over_ = false;         // the last claim left out a busy source
  std::deque<Due> held_;             // leased, not begun
  std::map<SourceId, int> holding_;  // of held_, by source
  std::map<SourceId, int> sending_;  // begun, by source
  std::set<SourceId> gone_;          // answered 410

  std::vector<std::jthread> threads_;  // last: they use the rest
};

}  // namespace lockgate::gate
