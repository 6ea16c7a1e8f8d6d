#include "plugin/store/commit_rows.hpp"

#include "plugin/record/digest.hpp"
#include "plugin/record/json_codec.hpp"

namespace lockgate::store {
namespace {

using soci::into;
using soci::use;

std::string padded(std::int64_t number) {
  std::string digits = std::to_string(number);
  return std::string(digits.size() < 12 ? 12 - digits.size() : 0, '0') + digits;
}

}  // namespace

CommitRows::CommitRows(Commit commit)
    : commit_(std::move(commit)),
      before_(commit_.next.version - static_cast<std::int64_t>(commit_.events.size())),
      updated_(to_text(commit_.next.updated_at)) {
  if (commit_.delivery) received_ = to_text(commit_.delivery->received_at);
  if (commit_.events.empty()) return;
  state_ = record::to_json(commit_.next);
  for (const Event& event : commit_.events) events_.push_back(record::to_json(event));
  const std::string version = std::to_string(commit_.next.version);
  for (const Effect& effect : commit_.effects) {
    const auto* wake = std::get_if<WakeAt>(&effect);
    const auto* telling = std::get_if<WriteBack>(&effect);
    const std::string name =
        commit_.next.id.text + ' ' + version + ' ' + std::to_string(promises_.size());
    promises_.push_back({.id = "out_" + record::sha256_hex(name).substr(0, 26),
                         .source = telling ? commit_.next.about.source.text : "",
                         .decision = telling ? telling->decision.text : "",
                         .effect = record::to_json(effect),
                         .due = wake ? to_text(wake->at) : updated_});
  }
  for (const Ballot& ballot : commit_.next.ballots) {
    if (ballot.state != BallotState::open && ballot.state != BallotState::paused) continue;
    const std::string closes = to_text(ballot.terms.closes_at);
    for (const Seat& seat : ballot.terms.seats)
      seats_.push_back({ballot.id.text, seat.member.text, closes});
  }
}

Committed CommitRows::write(Connection& connection) const {
  if (commit_.delivery && !insert_delivery(connection)) return Committed::duplicate;
  const std::string& prototype = commit_.next.id.text;
  if (!events_.empty()) {
    if (!save_state(connection)) {
      if (commit_.delivery)
        connection.run("DELETE FROM deliveries WHERE source = :source AND id = :id",
                       use(commit_.delivery->source.text), use(commit_.delivery->id));
      return Committed::stale;
    }
    for (std::size_t i = 0; i < events_.size(); ++i)
      connection.run(
          "INSERT INTO history (prototype, version, event) VALUES (:prototype, :version, :event)",
          use(prototype), use(before_ + static_cast<std::int64_t>(i) + 1), use(events_[i]));
    for (const Promise& promise : promises_)
      connection.run(
          "INSERT INTO outbox (id, prototype, version, source, decision, effect, state, due_at,"
          " claimed_until, attempts, status, why) VALUES (:id, :prototype, :version, :source,"
          " :decision, :effect, 'waiting', :due, '', 0, 0, '')",
          use(promise.id), use(prototype), use(commit_.next.version), use(promise.source),
          use(promise.decision), use(promise.effect), use(promise.due));
    if (before_ > 0)
      connection.run("DELETE FROM open_seats WHERE prototype = :prototype", use(prototype));
    for (const OpenSeat& seat : seats_)
      connection.run(
          "INSERT INTO open_seats (prototype, ballot, member, closes_at) VALUES (:prototype,"
          " :ballot, :member, :closes) ON CONFLICT DO NOTHING",
          use(prototype), use(seat.ballot), use(seat.member), use(seat.closes));
  }
  insert_texts(connection, commit_.texts);
  const std::string entry = updated_ + ' ' + prototype + ' ' + padded(commit_.next.version) + ' ';
  for (std::size_t i = 0; i < commit_.entries.size(); ++i)
    insert_entry(connection, entry + padded(static_cast<std::int64_t>(i)), commit_.entries[i]);
  return Committed::yes;
}

// False if it is there already.
bool CommitRows::insert_delivery(Connection& connection) const {
  const StoredDelivery& delivery = *commit_.delivery;
  int one = 0;
  return connection.run(
      "INSERT INTO deliveries (source, id, body_hash, body, received_at, prototype, version,"
      " status, answer) VALUES (:source, :id, :hash, :body, :received, :prototype, :version,"
      " :status, :answer) ON CONFLICT (source, id) DO NOTHING RETURNING 1",
      use(delivery.source.text), use(delivery.id), use(delivery.body_hash), use(delivery.body),
      use(received_), use(delivery.prototype.text), use(delivery.version),
      use(static_cast<int>(delivery.status)), use(delivery.answer), into(one));
}

// False if another event came first.
bool CommitRows::save_state(Connection& connection) const {
  const Prototype& next = commit_.next;
  int one = 0;
  if (before_ == 0)
    return connection.run(
        "INSERT INTO prototypes (id, version, number, updated_at, state) VALUES (:id, :version,"
        " :number, :updated, :state) ON CONFLICT (id) DO NOTHING RETURNING 1",
        use(next.id.text), use(next.version), use(next.number), use(updated_), use(state_),
        into(one));
  return connection.run(
      "UPDATE prototypes SET version = :version, updated_at = :updated, state = :state"
      " WHERE id = :id AND version = :expected RETURNING 1",
      use(next.version), use(updated_), use(state_), use(next.id.text), use(before_), into(one));
}

void insert_texts(Connection& connection, const std::vector<Text>& texts) {
  for (const Text& text : texts)
    connection.run(
        "INSERT INTO texts (id, salt, text) VALUES (:id, :salt, :text) ON CONFLICT (id) DO NOTHING",
        use(text.id.text), use(text.salt), use(text.text));
}

void insert_entry(Connection& connection, const std::string& id, const Entry& entry) {
  connection.run(
      "INSERT INTO entries (id, place, kind, body, leaf_hash) VALUES (:id, NULL, :kind, :body, '')",
      use(id), use(entry.kind), use(entry.body));
}

}  // namespace lockgate::store
