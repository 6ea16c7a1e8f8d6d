#include <algorithm>
#include <stdexcept>

#include "plugin/record/digest.hpp"
#include "plugin/record/json_codec.hpp"
#include "plugin/store/migrate.hpp"
#include "plugin/store/soci_database.hpp"

namespace lockgate::store {
namespace {

constexpr int kNumbersAtOnce = 16;
constexpr std::size_t kLargestGroup = 512;

using soci::into;
using soci::use;

std::string padded(std::int64_t number) {
  std::string digits = std::to_string(number);
  return std::string(digits.size() < 12 ? 12 - digits.size() : 0, '0') + digits;
}

bool insert_delivery(soci::session& session, const StoredDelivery& delivery) {
  const std::string received = to_text(delivery.received_at);
  const long long version = delivery.version;
  const int status = static_cast<int>(delivery.status);
  int one = 0;
  session << "INSERT INTO deliveries (source, id, body_hash, body, received_at, prototype, version,"
             " status, answer) VALUES (:source, :id, :hash, :body, :received, :prototype, :version,"
             " :status, :answer) ON CONFLICT (source, id) DO NOTHING RETURNING 1",
      use(delivery.source.text), use(delivery.id), use(delivery.body_hash), use(delivery.body),
      use(received), use(delivery.prototype.text), use(version), use(status), use(delivery.answer),
      into(one);
  return session.got_data();
}

bool save_state(soci::session& session, const Prototype& next, std::int64_t before) {
  const std::string state = record::to_json(next);
  const std::string updated = to_text(next.updated_at);
  const long long version = next.version;
  const long long number = next.number;
  const long long expected = before;
  int one = 0;
  if (before == 0) {
    session << "INSERT INTO prototypes (id, version, number, updated_at, state) VALUES (:id,"
               " :version, :number, :updated, :state) ON CONFLICT (id) DO NOTHING RETURNING 1",
        use(next.id.text), use(version), use(number), use(updated), use(state), into(one);
  } else {
    session << "UPDATE prototypes SET version = :version, updated_at = :updated, state = :state"
               " WHERE id = :id AND version = :expected RETURNING 1",
        use(version), use(updated), use(state), use(next.id.text), use(expected), into(one);
  }
  return session.got_data();
}

void insert_history(soci::session& session, const Commit& commit, std::int64_t before) {
  for (std::size_t i = 0; i < commit.events.size(); ++i) {
    const long long version = before + static_cast<std::int64_t>(i) + 1;
    const std::string event = record::to_json(commit.events[i]);
    session << "INSERT INTO history (prototype, version, event) VALUES (:prototype, :version,"
               " :event)",
        use(commit.next.id.text), use(version), use(event);
  }
}

void insert_effects(soci::session& session, const Commit& commit) {
  const std::string never;
  const long long version = commit.next.version;
  for (std::size_t i = 0; i < commit.effects.size(); ++i) {
    const std::string effect = record::to_json(commit.effects[i]);
    const std::string id =
        "out_" + record::sha256_hex(commit.next.id.text + ' ' + std::to_string(version) + ' ' +
                                    std::to_string(i))
                     .substr(0, 26);
    const auto* wake = std::get_if<WakeAt>(&commit.effects[i]);
    const auto* telling = std::get_if<WriteBack>(&commit.effects[i]);
    const std::string due = to_text(wake ? wake->at : commit.next.updated_at);
    const std::string decision = telling ? telling->decision.text : never;
    const std::string source = telling ? commit.next.about.source.text : never;
    session << "INSERT INTO outbox (id, prototype, version, source, decision, effect, state,"
               " due_at, claimed_until, attempts, status, why) VALUES (:id, :prototype, :version,"
               " :source, :decision, :effect, 'waiting', :due, '', 0, 0, '')",
        use(id), use(commit.next.id.text), use(version), use(source), use(decision), use(effect),
        use(due);
  }
}

void save_open_seats(soci::session& session, const Prototype& next, std::int64_t before) {
  if (before > 0)
    session << "DELETE FROM open_seats WHERE prototype = :prototype", use(next.id.text);
  for (const Ballot& ballot : next.ballots) {
    if (ballot.state != BallotState::open && ballot.state != BallotState::paused) continue;
    const std::string closes = to_text(ballot.terms.closes_at);
    for (const Seat& seat : ballot.terms.seats) {
      session << "INSERT INTO open_seats (prototype, ballot, member, closes_at) VALUES"
                 " (:prototype, :ballot, :member, :closes) ON CONFLICT DO NOTHING",
          use(next.id.text), use(ballot.id.text), use(seat.member.text), use(closes);
    }
  }
}

// What is due and not leased, oldest first.
std::vector<std::string> due_ids(soci::session& session, const std::string& due, int most,
                                 const std::vector<SourceId>& except) {
  std::string sql =
      "SELECT id FROM outbox WHERE state = 'waiting' AND due_at <= :due AND claimed_until <= :free";
  for (std::size_t i = 0; i < except.size(); ++i) sql += " AND source <> :s" + std::to_string(i);
  std::string id;
  soci::statement rows(session);
  rows.exchange(use(due));
  rows.exchange(use(due));
  for (const SourceId& source : except) rows.exchange(use(source.text));
  rows.exchange(use(most));
  rows.exchange(into(id));
  rows.alloc();
  rows.prepare(sql + " ORDER BY due_at, id LIMIT :most");
  rows.define_and_bind();
  rows.execute();
  std::vector<std::string> ids;
  while (rows.fetch()) ids.push_back(id);
  return ids;
}

void conclude(soci::session& session, const Attempt& attempt) {
  const std::string state = attempt.conclude == Conclude::delivered ? "delivered"
                            : attempt.conclude == Conclude::dead    ? "dead"
                                                                    : "waiting";
  const std::string next = to_text(attempt.conclude == Conclude::again ? attempt.next : attempt.at);
  session << "UPDATE outbox SET state = :state, due_at = :next, claimed_until = '',"
             " attempts = attempts + 1, status = :status, why = :why"
             " WHERE id = :id AND state = 'waiting'",
      use(state), use(next), use(attempt.status), use(attempt.why), use(attempt.id);
}

// One commit inside a transaction.  Anything but `yes` must be undone.
Committed write_commit(soci::session& session, const Commit& commit) {
  if (commit.delivery && !insert_delivery(session, *commit.delivery)) return Committed::duplicate;
  const auto before = commit.next.version - static_cast<std::int64_t>(commit.events.size());
  if (!commit.events.empty()) {
    if (!save_state(session, commit.next, before)) return Committed::stale;
    insert_history(session, commit, before);
    insert_effects(session, commit);
    save_open_seats(session, commit.next, before);
  }
  insert_texts(session, commit.texts);
  for (std::size_t i = 0; i < commit.entries.size(); ++i) {
    insert_entry(session,
                 to_text(commit.next.updated_at) + ' ' + commit.next.id.text + ' ' +
                     padded(commit.next.version) + ' ' + padded(static_cast<std::int64_t>(i)),
                 commit.entries[i]);
  }
  return Committed::yes;
}

}  // namespace

void insert_texts(soci::session& session, const std::vector<Text>& texts) {
  for (const Text& text : texts)
    session << "INSERT INTO texts (id, salt, text) VALUES (:id, :salt, :text)"
               " ON CONFLICT (id) DO NOTHING",
        use(text.id.text), use(text.salt), use(text.text);
}

void insert_entry(soci::session& session, const std::string& id, const Entry& entry) {
  session << "INSERT INTO entries (id, place, kind, body, leaf_hash) VALUES (:id, NULL, :kind,"
             " :body, '')",
      use(id), use(entry.kind), use(entry.body);
}

UtcTime stored_time(const std::string& text) {
  const auto time = time_from_text(text);
  if (!time) throw std::runtime_error("a stored time is not a time");
  return *time;
}

Result<std::unique_ptr<Database>> open(const std::string& url, const Options& options) {
  LOCKGATE_TRY(const Address address, address_from(url));
  LOCKGATE_TRY(auto session, connect(address));
  LOCKGATE_CHECK(migrate(*session, address.kind));
  if (address.kind == Kind::postgresql) session.reset();
  return std::unique_ptr<Database>(
      std::make_unique<SociDatabase>(address, options, std::move(session)));
}

SociDatabase::SociDatabase(Address address, Options options, std::unique_ptr<soci::session> writing)
    : address_(std::move(address)), options_(options), writing_(std::move(writing)) {
  if (address_.kind == Kind::sqlite) writer_ = std::thread([this] { write_groups(); });
}

SociDatabase::~SociDatabase() {
  {
    const std::scoped_lock lock(queue_mutex_);
    stopping_ = true;
  }
  queued_.notify_all();
  if (writer_.joinable()) writer_.join();
  if (next_number_ > last_number_) return;
  // Gives the unused numbers back, unless somebody took more; if that fails they are lost.
  (void)write([&](soci::session& session) -> Result<void> {
    const long long used = next_number_ - 1;
    const long long taken = last_number_;
    session << "UPDATE counters SET value = :used WHERE name = 'prototype' AND value = :taken",
        use(used), use(taken);
    return {};
  });
}

Result<std::unique_ptr<soci::session>> SociDatabase::lease() {
  {
    std::unique_lock lock(pool_mutex_);
    returned_.wait(lock, [&] { return out_ < std::max(1, options_.sessions); });
    ++out_;
    if (!idle_.empty()) {
      auto session = std::move(idle_.back());
      idle_.pop_back();
      return session;
    }
  }
  auto session = connect(address_);
  if (!session) give_back(nullptr);
  return session;
}

void SociDatabase::give_back(std::unique_ptr<soci::session> session) {
  {
    const std::scoped_lock lock(pool_mutex_);
    --out_;
    if (session) idle_.push_back(std::move(session));
  }
  returned_.notify_one();
}

Result<void> SociDatabase::reopen() {
  if (writing_) return {};
  LOCKGATE_TRY(writing_, connect(address_));
  return {};
}

void SociDatabase::commit(Commit commit, CommitDone done) {
  if (address_.kind == Kind::postgresql) {
    Committed outcome = Committed::yes;
    auto result = write([&](soci::session& session) -> Result<Committed> {
      session << "SAVEPOINT one";
      outcome = write_commit(session, commit);
      if (outcome != Committed::yes) session << "ROLLBACK TO SAVEPOINT one";
      return outcome;
    });
    done(std::move(result));
    return;
  }
  {
    const std::scoped_lock lock(queue_mutex_);
    if (!stopping_ && queue_.size() < options_.waiting) {
      queue_.push_back({std::move(commit), std::move(done)});
      queued_.notify_one();
      return;
    }
  }
  done(fail(Errc::unavailable, "too many decisions are waiting to be written; try again later"));
}

void SociDatabase::write_groups() {
  while (true) {
    std::vector<Waiting> group;
    {
      std::unique_lock lock(queue_mutex_);
      queued_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      while (!queue_.empty() && group.size() < kLargestGroup) {
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
      }
    }
    write_group(std::move(group));
  }
}

void SociDatabase::write_group(std::vector<Waiting> group) {
  std::vector<Result<Committed>> results;
  auto written = write([&](soci::session& session) -> Result<void> {
    for (const Waiting& waiting : group) {
      session << "SAVEPOINT one";
      try {
        const Committed outcome = write_commit(session, waiting.commit);
        if (outcome != Committed::yes) session << "ROLLBACK TO SAVEPOINT one";
        results.emplace_back(outcome);
      } catch (const std::exception& thrown) {
        Error error = error_of(thrown);
        if (error.code == Errc::unavailable) throw;  // the whole group fails
        session << "ROLLBACK TO SAVEPOINT one";
        results.emplace_back(tl::unexpected<Error>(std::move(error)));
      }
      session << "RELEASE SAVEPOINT one";
    }
    return {};
  });
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (written) {
      group[i].done(std::move(results[i]));
    } else {
      group[i].done(tl::unexpected<Error>(Error{Errc::unavailable, written.error().message}));
    }
  }
}

Result<Prototype> SociDatabase::load(const PrototypeId& id) {
  return read([&](soci::session& session) -> Result<Prototype> {
    std::string state;
    session << "SELECT state FROM prototypes WHERE id = :id", use(id.text), into(state);
    if (!session.got_data()) return fail(Errc::not_found, "there is no such prototype");
    return record::prototype_from_json(state);
  });
}

Result<Prototype> SociDatabase::load_numbered(std::int64_t number) {
  return read([&](soci::session& session) -> Result<Prototype> {
    std::string state;
    const long long wanted = number;
    session << "SELECT state FROM prototypes WHERE number = :number", use(wanted), into(state);
    if (!session.got_data()) return fail(Errc::not_found, "there is no such prototype");
    return record::prototype_from_json(state);
  });
}

Result<StoredDelivery> SociDatabase::delivery(const SourceId& source, const std::string& id) {
  return read([&](soci::session& session) -> Result<StoredDelivery> {
    StoredDelivery found{.source = source, .id = id};
    std::string received;
    long long version = 0;
    int status = 0;
    session << "SELECT body_hash, body, received_at, prototype, version, status, answer FROM"
               " deliveries WHERE source = :source AND id = :id",
        use(source.text), use(id), into(found.body_hash), into(found.body), into(received),
        into(found.prototype.text), into(version), into(status), into(found.answer);
    if (!session.got_data()) return fail(Errc::not_found, "there is no such delivery");
    found.received_at = stored_time(received);
    found.version = version;
    found.status = static_cast<unsigned>(status);
    return found;
  });
}

Result<std::vector<Event>> SociDatabase::history(const PrototypeId& id) {
  return read([&](soci::session& session) -> Result<std::vector<Event>> {
    std::vector<Event> events;
    std::string text;
    soci::statement rows =
        (session.prepare << "SELECT event FROM history WHERE prototype = :id ORDER BY version",
         use(id.text), into(text));
    rows.execute();
    while (rows.fetch()) {
      LOCKGATE_TRY(events.emplace_back(), record::event_from_json(text));
    }
    return events;
  });
}

Result<Event> SociDatabase::event(const PrototypeId& id, std::int64_t version) {
  return read([&](soci::session& session) -> Result<Event> {
    std::string text;
    const long long wanted = version;
    session << "SELECT event FROM history WHERE prototype = :id AND version = :version",
        use(id.text), use(wanted), into(text);
    if (!session.got_data()) return fail(Errc::not_found, "there is no such event");
    return record::event_from_json(text);
  });
}

Result<std::vector<Text>> SociDatabase::texts(const std::vector<TextId>& ids) {
  return read([&](soci::session& session) -> Result<std::vector<Text>> {
    std::vector<Text> found;
    for (const TextId& id : ids) {
      Text text{.id = id};
      session << "SELECT salt, text FROM texts WHERE id = :id", use(id.text), into(text.salt),
          into(text.text);
      if (session.got_data()) found.push_back(std::move(text));
    }
    return found;
  });
}

Result<std::int64_t> SociDatabase::next_number() {
  const std::scoped_lock lock(number_mutex_);
  if (next_number_ > last_number_) {
    const auto taken = write([&](soci::session& session) -> Result<std::int64_t> {
      long long last = 0;
      const int block = kNumbersAtOnce;
      session << "UPDATE counters SET value = value + :block WHERE name = 'prototype'"
                 " RETURNING value",
          use(block), into(last);
      return std::int64_t{last};
    });
    if (!taken) return taken;
    last_number_ = *taken;
    next_number_ = *taken - kNumbersAtOnce + 1;
  }
  return next_number_++;
}

Result<std::vector<Due>> SociDatabase::claim_due(UtcTime now, UtcTime until, int most,
                                                 const std::vector<SourceId>& except) {
  return write([&](soci::session& session) -> Result<std::vector<Due>> {
    const std::string due = to_text(now);
    const std::string lease_end = to_text(until);
    const std::vector<std::string> ids = due_ids(session, due, most, except);
    std::vector<Due> claimed;
    for (const std::string& id : ids) {
      Due one{.id = id};
      std::string effect;
      session << "UPDATE outbox SET claimed_until = :until WHERE id = :id AND state = 'waiting'"
                 " AND claimed_until <= :free RETURNING prototype, effect, attempts, source",
          use(lease_end), use(id), use(due), into(one.prototype.text), into(effect),
          into(one.attempts), into(one.source.text);
      if (!session.got_data()) continue;  // another process was first
      LOCKGATE_TRY(one.effect, record::effect_from_json(effect));
      claimed.push_back(std::move(one));
    }
    return claimed;
  });
}

Result<void> SociDatabase::finish(const Attempt& attempt) { return finish_all({attempt}); }

Result<void> SociDatabase::finish_all(const std::vector<Attempt>& attempts) {
  return write([&](soci::session& session) -> Result<void> {
    for (const Attempt& attempt : attempts) conclude(session, attempt);
    return {};
  });
}

Result<std::optional<UtcTime>> SociDatabase::next_due() {
  return read([&](soci::session& session) -> Result<std::optional<UtcTime>> {
    std::string due;
    session << "SELECT COALESCE(MIN(CASE WHEN claimed_until > due_at THEN claimed_until ELSE"
               " due_at END), '') FROM outbox WHERE state = 'waiting'",
        into(due);
    if (due.empty()) return std::optional<UtcTime>();
    return std::optional<UtcTime>(stored_time(due));
  });
}

Result<std::size_t> SociDatabase::place_entries(int most, const Place& place) {
  return write([&](soci::session& session) -> Result<std::size_t> {
    LedgerHead head;
    long long size = 0;
    // An update first: it holds the row, so that nobody else places meanwhile.
    session << "UPDATE ledger SET size = size WHERE id = 1 RETURNING size, frontier, checkpoint",
        into(size), into(head.frontier), into(head.checkpoint);
    head.size = size;
    std::vector<PendingEntry> pending;
    {
      PendingEntry one;
      soci::statement rows =
          (session.prepare << "SELECT id, body FROM entries WHERE place IS NULL ORDER BY id"
                              " LIMIT :most",
           use(most), into(one.id), into(one.body));
      rows.execute();
      while (rows.fetch()) pending.push_back(one);
    }
    if (pending.empty()) return std::size_t{0};
    LOCKGATE_TRY(const Placement placement, place(head, pending));
    if (placement.leaf_hashes.size() != pending.size())
      return fail(Errc::internal, "the ledger placed another number of entries than it was given");
    for (std::size_t i = 0; i < pending.size(); ++i) {
      const long long index = head.size + static_cast<std::int64_t>(i);
      session << "UPDATE entries SET place = :place, leaf_hash = :leaf WHERE id = :id", use(index),
          use(placement.leaf_hashes[i]), use(pending[i].id);
    }
    const long long next = placement.head.size;
    session << "UPDATE ledger SET size = :size, frontier = :frontier, checkpoint = :checkpoint"
               " WHERE id = 1",
        use(next), use(placement.head.frontier), use(placement.head.checkpoint);
    session << "INSERT INTO checkpoints (size, frontier, checkpoint) VALUES (:size, :frontier,"
               " :checkpoint)",
        use(next), use(placement.head.frontier), use(placement.head.checkpoint);
    return pending.size();
  });
}

Result<LedgerHead> SociDatabase::ledger_head() {
  return read([&](soci::session& session) -> Result<LedgerHead> {
    LedgerHead head;
    long long size = 0;
    session << "SELECT size, frontier, checkpoint FROM ledger WHERE id = 1", into(size),
        into(head.frontier), into(head.checkpoint);
    head.size = size;
    return head;
  });
}

Result<std::vector<PlacedEntry>> SociDatabase::placed_entries(std::int64_t from, int most) {
  return read([&](soci::session& session) -> Result<std::vector<PlacedEntry>> {
    std::vector<PlacedEntry> entries;
    PlacedEntry one;
    long long index = 0;
    const long long first = from;
    soci::statement rows =
        (session.prepare << "SELECT place, kind, body, leaf_hash FROM entries WHERE place >= :first"
                            " ORDER BY place LIMIT :most",
         use(first), use(most), into(index), into(one.kind), into(one.body), into(one.leaf_hash));
    rows.execute();
    while (rows.fetch()) {
      one.index = index;
      entries.push_back(one);
    }
    return entries;
  });
}

Result<std::vector<LedgerHead>> SociDatabase::checkpoints() {
  return read([&](soci::session& session) -> Result<std::vector<LedgerHead>> {
    std::vector<LedgerHead> heads;
    LedgerHead one;
    long long size = 0;
    soci::statement rows = (session.prepare << "SELECT size, frontier, checkpoint FROM checkpoints"
                                               " ORDER BY size",
                            into(size), into(one.frontier), into(one.checkpoint));
    rows.execute();
    while (rows.fetch()) {
      one.size = size;
      heads.push_back(one);
    }
    return heads;
  });
}

Result<std::int64_t> SociDatabase::pending_entries() {
  return read([&](soci::session& session) -> Result<std::int64_t> {
    long long count = 0;
    session << "SELECT COUNT(*) FROM entries WHERE place IS NULL", into(count);
    return std::int64_t{count};
  });
}

Result<void> SociDatabase::keep_rule_set(
    const std::string& hash, const std::vector<std::pair<std::string, std::string>>& files,
    const Entry& entry, UtcTime at) {
  return write([&](soci::session& session) -> Result<void> {
    const std::string when = to_text(at);
    int one = 0;
    session << "INSERT INTO rule_sets (hash, at) VALUES (:hash, :at) ON CONFLICT (hash) DO NOTHING"
               " RETURNING 1",
        use(hash), use(when), into(one);
    if (!session.got_data()) return {};
    for (const auto& [path, bytes] : files)
      session << "INSERT INTO rule_files (rule_set, path, bytes) VALUES (:hash, :path, :bytes)",
          use(hash), use(path), use(bytes);
    insert_entry(session, when + " rules " + hash, entry);
    return {};
  });
}

Result<void> SociDatabase::forget_bodies(UtcTime before) {
  return write([&](soci::session& session) -> Result<void> {
    const std::string limit = to_text(before);
    session << "UPDATE deliveries SET body = '', answer = '' WHERE received_at < :before AND"
               " (body <> '' OR answer <> '')",
        use(limit);
    return {};
  });
}

}  // namespace lockgate::store
