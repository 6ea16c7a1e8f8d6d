// A whole Lockgate but for the network: a database in a folder of its own, a
// clock that is moved by hand, two boards, two case systems, eight rules.

#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "plugin/gate/audit.hpp"
#include "plugin/gate/gatekeeper.hpp"
#include "plugin/gate/outbox.hpp"
#include "plugin/gate/sequencer.hpp"
#include "plugin/net/workers.hpp"
#include "plugin/store/database.hpp"
#include "rules/rule_set.hpp"
#include "tests/support/captured_log.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/support/test_database.hpp"

namespace lockgate::test {

// The rules that the house judges by; see house.cpp.
std::shared_ptr<const rules::RuleSet> house_rules();

struct Message {
  std::string id;
  std::string key = "CASE-1";
  std::string facts = "{}";
  std::string more = {};  // further members: ",\"proposer\":\"ann\""
  std::string secret = "right";
  std::string body() const { return R"({"case":")" + key + R"(","facts":)" + facts + more + "}"; }
};

class House {
 public:
  explicit House(TestDatabase::Kind kind = TestDatabase::Kind::sqlite);
  ~House();

  // Sends it and waits for the answer.
  Result<Reply> deliver(const Message& message, const std::string& source = "casework");
  Result<Reply> deliver_at(gate::Gatekeeper& gatekeeper, const Message& message,
                           const std::string& source = "casework");
  Prototype prototype(const std::string& key = "CASE-1", const std::string& source = "casework");
  // A message that is referred to the panel: ann (required), bo and cy, quorum two.
  Prototype refer(const std::string& more = {});
  // Of the first open ballot in which the member has a seat.
  Result<Prototype> vote(const std::string& member, Choice choice,
                         const std::string& key = "CASE-1");
  Result<Prototype> vote_at(gate::Gatekeeper& gatekeeper, const std::string& member, Choice choice,
                            const std::string& key = "CASE-1");

  gate::Source& source(const std::string& id);
  // A second process over the same database: its own store and gatekeeper.
  struct Second {
    std::unique_ptr<store::Database> database;
    std::unique_ptr<gate::Gatekeeper> gatekeeper;
  };
  Second second();
  // Closes and opens the database, and makes the rest anew.
  void restart();

  // Places all entries and gives the signed checkpoint.
  std::string place();
  gate::AuditReport audit(const std::optional<std::string>& earlier = std::nullopt);

  // What `send` was asked to send, and what it answers (200 if not told).
  struct Hit {
    std::string message;
    std::string at;
    std::string url;
    std::string body;
  };
  std::vector<Hit> hits();
  std::function<gate::Sent(const OutboundRequest&)> answer;  // set before the outbox runs
  std::unique_ptr<gate::Outbox> outbox();

  TempFolder folder;
  TestDatabase place_of_database;
  FakeClock clock;
  FakeRandom random;
  CapturedLog log;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<FaultyStore> store;
  gate::Current<rules::RuleSet> rules;
  gate::Council council;
  std::vector<gate::Source> sources;  // "casework", "highways"; "quiet" has no callback
  std::unique_ptr<net::Workers> workers;
  std::unique_ptr<gate::Gatekeeper> gatekeeper;
  record::SigningKey key;

 private:
  void open();
  std::unique_ptr<gate::Gatekeeper> make(Store& store, BoardStore& board);

  std::mutex mutex_;
  std::vector<Hit> hits_;
};

}  // namespace lockgate::test
