// The shell around the pure core: load, evaluate, decide, commit.  It decides
// nothing itself.

#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "lockgate/adapter.hpp"
#include "lockgate/log.hpp"
#include "lockgate/store.hpp"
#include "plugin/gate/council.hpp"
#include "plugin/gate/current.hpp"

namespace lockgate::rules {
class RuleSet;
}

namespace lockgate::gate {

// What a member filled in on the page.
struct VoteForm {
  BallotId ballot;
  CheckId seen;  // the check whose findings the page showed
  Choice choice = Choice::not_voting;
  std::string reasons;
  std::string note;
  std::vector<std::string> conditions;
  bool not_mine = false;
};

struct LessonForm {
  LessonResult result = LessonResult::could_not_tell;
  std::string expected;
  std::string happened;
  std::string next;
};

// A configured case system.
struct Source {
  SourceId id;
  std::string organisation;
  std::shared_ptr<const Adapter> adapter;
  bool allow_private = false;  // its callback may be on a loopback or private address
  std::vector<std::chrono::seconds> retry = {};  // waits between attempts; empty: the standard ones
  bool strict = false;  // the default of a fact that is always asked for does not count
};

// Safe to use from many threads at once.
class Gatekeeper {
 public:
  virtual ~Gatekeeper() = default;

  // Answers a delivery whose source is known.  `done` is called once, from any
  // thread, after the record is durable, or with a failure and nothing kept:
  // those of the adapter; Errc::invalid for the facts; Errc::conflict if the
  // message came before with another body, or the prototype is closed.
  // Errc::unavailable may also mean that it is not known whether it was kept:
  // the same message again finds out.
  virtual void receive(const Source& source, Delivery delivery,
                       std::function<void(Result<Reply>)> done) = 0;

  // From a worker thread; returns once the record is durable.
  // Errc::not_found, Errc::forbidden (no vote here, or the member's own
  // prototype), Errc::conflict (closed, voted already, or the findings changed
  // since `seen`), Errc::invalid with problems whose pointer is the form field
  // (`/choice`, `/reasons`, `/conditions`, `/not_mine`).
  virtual Result<Prototype> vote(const PrototypeId& prototype, const MemberId& member,
                                 const VoteForm& form) = 0;

  // Closes a decided prototype.  Errc::not_found, Errc::conflict (not decided,
  // or closed already), Errc::invalid with problems as above.
  virtual Result<Prototype> write_lesson(const PrototypeId& prototype, const MemberId& member,
                                         const LessonForm& form) = 0;

  // The time of a ballot is over.  Nothing happens if the ballot is over too or
  // was extended; Errc::unavailable if the time has not come.
  virtual Result<void> time_out(const PrototypeId& prototype, const BallotId& ballot) = 0;
};

// What the gatekeeper borrows; all of it must outlive the gatekeeper.
struct GatekeeperParts {
  Store& store;
  BoardStore& board;
  const Current<rules::RuleSet>& rules;
  const Council& council;
  std::string public_url;
  const Clock& clock;
  Random& random;
  Log& log;
  // Runs a job on a worker thread; false if there is no room.
  std::function<bool(std::function<void()>)> post;
  std::function<void()> promised;  // an effect was stored
  std::function<void()> recorded;  // an entry waits for its place
};

std::unique_ptr<Gatekeeper> make_gatekeeper(GatekeeperParts parts);

}  // namespace lockgate::gate
