// The outbox: carries out what was promised, and nothing else sends anything.
// A promise is kept at least once: it is leased, carried out, then concluded.

#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
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

// Sends one request to an address of the source's configuration, and waits.
using Send = std::function<Sent(const OutboundRequest&, const Source&)>;

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

  void start(int threads);
  // Something was just promised.  From any thread.
  void notify();
  // Carries out what is due now, on this thread; for tests.  Gives how many.
  int run_due();

 private:
  void work(std::stop_token stop);
  void carry_out(const Due& due);
  void tell(const Due& due, const WriteBack& promise);
  Result<Conclusion> conclusion(const Due& due, const WriteBack& promise);

  Parts parts_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool notified_ = false;              // guarded by mutex_
  std::vector<std::jthread> threads_;  // last: they use the rest
};

}  // namespace lockgate::gate
