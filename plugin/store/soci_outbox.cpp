// Promises: leased, concluded, listed.

#include "plugin/record/json_codec.hpp"
#include "plugin/store/soci_database.hpp"

namespace lockgate::store {

using soci::into;
using soci::use;

namespace {

// What is due and free, oldest first.
Result<std::vector<Due>> find_due(Connection& connection, const std::string& due, int most,
                                  const std::vector<SourceId>& except) {
  std::string sql =
      "SELECT id, prototype, effect, attempts, source FROM outbox WHERE state = 'waiting' AND "
      "due_at <= :due AND claimed_until <= :free";
  for (std::size_t i = 0; i < except.size(); ++i) sql += " AND source <> :s" + std::to_string(i);
  Due one;
  std::string effect;
  soci::statement& statement = connection.prepared(sql + " ORDER BY due_at, id LIMIT :most");
  statement.exchange(use(due));
  statement.exchange(use(due));
  for (const SourceId& source : except) statement.exchange(use(source.text));
  statement.exchange(use(most));
  statement.exchange(into(one.id));
  statement.exchange(into(one.prototype.text));
  statement.exchange(into(effect));
  statement.exchange(into(one.attempts));
  statement.exchange(into(one.source.text));
  statement.define_and_bind();
  Rows rows(connection.kind(), statement);
  std::vector<Due> found;
  while (rows.next()) {
    LOCKGATE_TRY(one.effect, record::effect_from_json(effect));
    found.push_back(one);
  }
  return found;
}

void conclude(Connection& connection, const Attempt& attempt) {
  const std::string state = attempt.conclude == Conclude::delivered ? "delivered"
                            : attempt.conclude == Conclude::dead    ? "dead"
                                                                    : "waiting";
  const UtcTime next = attempt.conclude == Conclude::again ? attempt.next : attempt.at;
  connection.run(
      "UPDATE outbox SET state = :state, due_at = :next, claimed_until = '',"
      " attempts = attempts + 1, status = :status, why = :why"
      " WHERE id = :id AND claimed_until = :lease",
      use(state), use(to_text(next)), use(attempt.status), use(attempt.why), use(attempt.id),
      use(to_text(attempt.until)));
}

}  // namespace

Result<std::vector<Due>> SociDatabase::claim_due(UtcTime now, UtcTime until, int most,
                                                 const std::vector<SourceId>& except) {
  const std::string due = to_text(now);
  LOCKGATE_TRY(const auto found, read([&](Connection& connection) {
                 return find_due(connection, due, most, except);
               }));
  if (found.empty()) return found;
  return write([&](Connection& connection) -> Result<std::vector<Due>> {
    std::vector<Due> claimed;
    for (const Due& one : found) {
      // Another one may have been first, and even have concluded it.
      if (connection.change(
              "UPDATE outbox SET claimed_until = :until WHERE id = :id AND state = 'waiting' AND"
              " claimed_until <= :free AND attempts = :attempts",
              use(to_text(until)), use(one.id), use(due), use(one.attempts)) == 0)
        continue;
      claimed.push_back(one);
      claimed.back().until = until;
    }
    return claimed;
  });
}

Result<void> SociDatabase::finish(const Attempt& attempt) { return finish_all({attempt}); }

Result<void> SociDatabase::finish_all(const std::vector<Attempt>& attempts) {
  return write([&](Connection& connection) -> Result<void> {
    for (const Attempt& attempt : attempts) conclude(connection, attempt);
    return {};
  });
}

Result<std::optional<UtcTime>> SociDatabase::next_due() {
  return read([&](Connection& connection) -> Result<std::optional<UtcTime>> {
    std::string due;
    connection.run(
        "SELECT COALESCE(MIN(CASE WHEN claimed_until > due_at THEN claimed_until ELSE due_at END),"
        " '') FROM outbox WHERE state = 'waiting'",
        into(due));
    if (due.empty()) return std::optional<UtcTime>();
    return std::optional<UtcTime>(stored_time(due));
  });
}

Result<std::vector<BoardStore::Telling>> SociDatabase::tellings(const PrototypeId& prototype) {
  return read([&](Connection& connection) -> Result<std::vector<Telling>> {
    std::vector<Telling> found;
    Telling one;
    std::string next;
    Rows rows = connection.query(
        "SELECT id, decision, state, attempts, status, why, due_at FROM outbox WHERE number ="
        " (SELECT number FROM prototypes WHERE id = :prototype) AND decision <> ''"
        " ORDER BY version DESC, id LIMIT 50",
        use(prototype.text), into(one.id), into(one.decision.text), into(one.state),
        into(one.attempts), into(one.status), into(one.why), into(next));
    while (rows.next()) {
      one.next = stored_time(next);
      found.push_back(one);
    }
    return found;
  });
}

}  // namespace lockgate::store
