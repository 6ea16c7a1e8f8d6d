// The composition root: who owns whom, start and stop.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lockgate/log.hpp"
#include "plugin/app/bell.hpp"
#include "plugin/app/council_folder.hpp"
#include "plugin/app/system.hpp"
#include "plugin/gate/current.hpp"
#include "plugin/gate/gatekeeper.hpp"
#include "plugin/gate/outbox.hpp"
#include "plugin/gate/sequencer.hpp"
#include "plugin/net/client.hpp"
#include "plugin/net/server.hpp"
#include "plugin/net/workers.hpp"
#include "plugin/store/database.hpp"

namespace lockgate::app {

// A running Lockgate.  Its functions are called from one thread.
class App {
 public:
  // A council without issues.  `database` instead of the configured one if it is
  // not empty.  Nothing is opened yet.
  App(CouncilFolder council, const std::string& database);
  // As stop().
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // Opens the database, keeps the rule set that is to judge, and serves.  Fails
  // as the database, the ledger's key and the server do; then only the
  // destructor may follow.
  Result<void> start();

  // "http://127.0.0.1:8080": where it listens.  After start().
  std::string address() const;

  // Puts the rules that now stand on disk into force, all or nothing.  What is
  // wrong with them is shown on stderr, and the old ones stay.
  void reload_rules();

  // Forgets what is not to be kept any longer; returns at once.
  void tidy();

  // Accepts no more, lets what is in flight be finished, keeps all of it, and
  // ends every thread.  A second call does nothing.
  void stop();

  Log& log() { return *log_; }

 private:
  Result<void> keep(const rules::RuleSet& rules);
  void tell_advice(const std::vector<rules::Issue>& advice);
  Result<std::vector<gate::Source>> make_sources() const;
  gate::Sent send(const OutboundRequest& request, const gate::Source& source) const;
  void forget();

  // In order of construction; each borrows only from those above it.
  const Config config_;
  const std::vector<rules::Issue> advice_;  // on the rules at the start
  const std::string database_url_;
  SystemClock clock_;
  SystemRandom random_;
  const std::unique_ptr<Log> log_;
  gate::Current<rules::RuleSet> rules_;
  const net::Client client_;
  Bell promised_;  // wakes the outbox
  Bell recorded_;  // wakes the sequencer
  std::vector<gate::Source> sources_;
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<net::Workers> workers_;
  std::unique_ptr<gate::Gatekeeper> gatekeeper_;
  std::unique_ptr<gate::Sequencer> sequencer_;
  std::unique_ptr<gate::Outbox> outbox_;
  std::unique_ptr<net::Server> server_;
};

}  // namespace lockgate::app
