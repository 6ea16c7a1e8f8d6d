// Where prototypes, decisions and promises are kept.  One implementation serves
// SQLite and PostgreSQL; tests have one in memory.
//
// All calls but `commit` block; make them from a worker thread.  Everything
// here is safe to use from many threads at once.  Any call may fail with
// Errc::unavailable (the database is down, locked or full: try again later) or
// Errc::internal; only other failures are listed.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lockgate/event.hpp"
#include "lockgate/ids.hpp"
#include "lockgate/prototype.hpp"
#include "lockgate/result.hpp"

namespace lockgate {

// A text that may have to be erased later.  `id` is the commitment to salt and
// text; whoever makes a Text makes the id (record/commitment).
struct Text {
  TextId id;
  std::string salt;  // 22 characters base64url: 128 random bits
  std::string text;
};

// The outside view of one event, for the ledger: canonical bytes (RFC 8785).
struct Entry {
  std::string kind;  // "check", "ballot_opened", "vote", "decision", "lesson", "rule_set", ...
  std::string body;
};

// An inbound delivery with the answer that was given to it.
struct StoredDelivery {
  SourceId source;
  std::string id;
  std::string body_hash;  // SHA-256, 64 hexadecimal digits
  std::string body;       // empty once its time is over
  UtcTime received_at;
  PrototypeId prototype;  // empty if ignored
  std::int64_t version = 0;
  unsigned status = 0;  // of the answer
  std::string answer;   // its body; empty once its time is over
};

// One or more steps of one prototype, written whole or not at all.
struct Commit {
  Prototype next;             // next.version == version before + events.size()
  std::vector<Event> events;  // in order; may be empty only if `delivery` is ignored
  std::vector<Effect> effects;
  std::vector<Entry> entries;
  std::vector<Text> texts;
  std::optional<StoredDelivery> delivery;
};

enum class Committed {
  yes,
  duplicate,  // (source, delivery id) was there before: nothing written
  stale,      // another event came first: nothing written; load and decide again
};

using CommitDone = std::function<void(Result<Committed>)>;

// A promise whose time has come, leased to the caller.
struct Due {
  std::string id;  // "out_..."; the same on every attempt
  PrototypeId prototype;
  Effect effect;
  int attempts = 0;  // before this one
  SourceId source;   // the case system to tell; empty for a deadline
  UtcTime until;     // the end of the lease
};

enum class Conclude { delivered, again, dead };

// What came of one attempt.
struct Attempt {
  std::string id;
  Conclude conclude = Conclude::again;
  UtcTime next;     // with again
  int status = 0;   // HTTP status; 0 if there was no answer
  std::string why;  // our words, for people; never the receiver's body
  UtcTime at;
  UtcTime until;  // Due's: names the lease that it was made under
};

// One unplaced entry, oldest first.
struct PendingEntry {
  std::string id;  // the store's own key
  std::string body;
};

// The ledger's head as last stored.
struct LedgerHead {
  std::int64_t size = 0;
  std::string frontier;    // record/tree's own text
  std::string checkpoint;  // the signed note; empty while size is 0
};

// The entries' places and the new head.
struct Placement {
  std::vector<std::string> leaf_hashes;  // one per entry, 64 hexadecimal digits
  LedgerHead head;
};

struct PlacedEntry {
  std::int64_t index = 0;
  std::string kind;
  std::string body;
  std::string leaf_hash;
};

class Archive;  // lockgate/archive.hpp

class Store {
 public:
  virtual ~Store() = default;

  // Errc::not_found if there is none.
  virtual Result<Prototype> load(const PrototypeId& id) = 0;
  virtual Result<Prototype> load_numbered(std::int64_t number) = 0;

  // Errc::not_found if there is none.
  virtual Result<StoredDelivery> delivery(const SourceId& source, const std::string& id) = 0;

  // All events of a prototype, oldest first; element i has version i + 1.
  virtual Result<std::vector<Event>> history(const PrototypeId& id) = 0;

  // One event.  Errc::not_found if there is none.
  virtual Result<Event> event(const PrototypeId& id, std::int64_t version) = 0;

  // Texts by id; those that were erased are left out.
  virtual Result<std::vector<Text>> texts(const std::vector<TextId>& ids) = 0;

  // The next display number.  A number that is not used is lost.
  virtual Result<std::int64_t> next_number() = 0;

  // Writes it all in one transaction and calls `done` once, from any thread,
  // when it is durable or known not to be written.  An error means *unknown*:
  // it may be there or not; look the delivery up before deciding again.
  virtual void commit(Commit commit, CommitDone done) = 0;

  // Leases promises due at `now` until `until`, oldest first, but none to the
  // sources in `except`; none is leased twice while its lease runs, over all
  // processes.
  virtual Result<std::vector<Due>> claim_due(UtcTime now, UtcTime until, int most,
                                             const std::vector<SourceId>& except = {}) = 0;
  // What came of attempts.  A promise that somebody else leased meanwhile, or
  // concluded, stays as it is.
  virtual Result<void> finish(const Attempt& attempt) = 0;
  virtual Result<void> finish_all(const std::vector<Attempt>& attempts) = 0;
  // When the next promise falls due; nullopt if there is none.
  virtual Result<std::optional<UtcTime>> next_due() = 0;

  // Gives up to `most` pending entries their place: `place` is called with the
  // head and the entries, in one transaction that no other process can enter.
  // Gives how many were placed.
  using Place =
      std::function<Result<Placement>(const LedgerHead&, const std::vector<PendingEntry>&)>;
  virtual Result<std::size_t> place_entries(int most, const Place& place) = 0;
  virtual Result<LedgerHead> ledger_head() = 0;
  virtual Result<std::vector<PlacedEntry>> placed_entries(std::int64_t from, int most) = 0;
  // All signed checkpoints, smallest first.
  virtual Result<std::vector<LedgerHead>> checkpoints() = 0;
  virtual Result<std::int64_t> pending_entries() = 0;

  // Keeps a rule set (path, bytes) under its hash before it judges anything.
  // Storing the same again is not an error.  `entry` is written the first time.
  virtual Result<void> keep_rule_set(const std::string& hash,
                                     const std::vector<std::pair<std::string, std::string>>& files,
                                     const Entry& entry, UtcTime at) = 0;

  // Empties bodies and answers of deliveries received before `before`.
  virtual Result<void> forget_bodies(UtcTime before) = 0;

  // Everything as it is at this moment, whatever is written while it is read.
  // It holds a connection; as long as it is there, SQLite's write-ahead log only
  // grows.  It must end before the store.
  virtual Result<std::unique_ptr<Archive>> archive() = 0;
};

// `store.commit`, waited for.  Not from the thread that calls `done`.
Result<Committed> commit_and_wait(Store& store, Commit commit);

// --- What pages read and accounts need. ---

struct Member {
  MemberId login;
  TextId name;                  // shown; in the texts table
  std::vector<TextId> aliases;  // other names that case systems know them by
  std::string password;         // argon2id encoded; empty until set
  bool admin = false;
};

struct Session {
  std::string id_hash;  // SHA-256 of the cookie's value; the value itself is not stored
  MemberId member;
  std::string csrf;  // 22 characters base64url
  UtcTime created_at;
  UtcTime seen_at;
};

// A line of the list of prototypes.
struct PrototypeRow {
  std::int64_t number = 0;
  TextId title;
  Stage stage = Stage::fresh;
  Gate gate = Gate::submit;
  std::optional<Verdict> verdict;
  std::optional<DecisionOutcome> outcome;
  UtcTime updated_at;
};

class BoardStore {
 public:
  virtual ~BoardStore() = default;

  // Prototypes with a ballot on which `member` has a seat and that is open or
  // paused, soonest deadline first; at most 200.
  virtual Result<std::vector<Prototype>> with_open_ballot(const MemberId& member) = 0;

  // Newest first.
  virtual Result<std::vector<PrototypeRow>> prototypes(int most, int skip) = 0;
  virtual Result<std::int64_t> prototype_count() = 0;

  // Errc::not_found if there is none.
  virtual Result<Member> member(const MemberId& login) = 0;
  virtual Result<std::vector<Member>> members() = 0;
  // Adds or replaces; texts are written in the same transaction.
  virtual Result<void> save_member(const Member& member, const std::vector<Text>& texts,
                                   const Entry& entry, UtcTime at) = 0;
  // Sets the password and ends all sessions of the member.
  virtual Result<void> set_password(const MemberId& login, const std::string& encoded) = 0;

  virtual Result<void> add_session(const Session& session) = 0;
  // Errc::not_found if there is none.
  virtual Result<Session> session(const std::string& id_hash) = 0;
  virtual Result<void> touch_session(const std::string& id_hash, UtcTime seen_at) = 0;
  virtual Result<void> end_session(const std::string& id_hash) = 0;
  virtual Result<void> end_sessions_before(UtcTime created, UtcTime seen) = 0;

  // One-time links to set a password.  `take` gives the member and removes the
  // link; Errc::not_found if there is none or it is older than `not_before`.
  virtual Result<void> add_link(const std::string& token_hash, const MemberId& member,
                                UtcTime at) = 0;
  virtual Result<MemberId> link(const std::string& token_hash, UtcTime not_before) = 0;
  virtual Result<MemberId> take_link(const std::string& token_hash, UtcTime not_before) = 0;

  // The latest attempts to tell case systems about this prototype, newest first.
  struct Telling {
    std::string id;
    DecisionId decision;
    std::string state;  // "waiting", "delivered" or "dead"
    int attempts = 0;
    int status = 0;
    std::string why;
    UtcTime next;
  };
  virtual Result<std::vector<Telling>> tellings(const PrototypeId& prototype) = 0;
};

}  // namespace lockgate
