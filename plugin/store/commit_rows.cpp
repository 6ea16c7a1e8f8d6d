#include "plugin/store/commit_rows.hpp"

#include <cstdio>

#include "plugin/record/digest.hpp"
#include "plugin/record/json_codec.hpp"

namespace lockgate::store {
namespace {

using soci::use;

// Grows with the moment, so that new promises come last in their table.
std::string promise_id(UtcTime at, const std::string& name) {
  char moment[14];
  std::snprintf(moment, sizeof moment, "%013llx",
                static_cast<unsigned long long>(at.time_since_epoch().count()));
  return std::string("out_") + moment + record::sha256_hex(name).substr(0, 13);
}

std::string padded(std::int64_t number) {
  std::string digits = std::to_string(number);
  return std::string(digits.size() < 12 ? 12 - digits.size() : 0, '0') + digits;
}

}  // namespace

CommitRows::CommitRows(Commit commit)
    : prototype_(commit.next.id.text),
      number_(commit.next.number),
      version_(commit.next.version),
      before_(version_ - static_cast<std::int64_t>(commit.events.size())),
      updated_(to_text(commit.next.updated_at)),
      entries_(std::move(commit.entries)),
      texts_(std::move(commit.texts)),
      delivery_(std::move(commit.delivery)) {
  if (delivery_) received_ = to_text(delivery_->received_at);
  if (commit.events.empty()) return;
  state_ = record::to_json(commit.next);
  for (const Event& event : commit.events) events_.push_back(record::to_json(event));
  for (const Effect& effect : commit.effects) {
    const auto* wake = std::get_if<WakeAt>(&effect);
    const auto* telling = std::get_if<WriteBack>(&effect);
    const std::string name =
        prototype_ + ' ' + std::to_string(version_) + ' ' + std::to_string(promises_.size());
    promises_.push_back({.id = promise_id(commit.next.updated_at, name),
                         .source = telling ? commit.next.about.source.text : "",
                         .decision = telling ? telling->decision.text : "",
                         .effect = record::to_json(effect),
                         .due = wake ? to_text(wake->at) : updated_});
  }
  for (const Ballot& ballot : commit.next.ballots) {
    if (ballot.state != BallotState::open && ballot.state != BallotState::paused) continue;
    const std::string closes = to_text(ballot.terms.closes_at);
    for (const Seat& seat : ballot.terms.seats)
      seats_.push_back({ballot.id.text, seat.member.text, closes});
  }
}

Committed CommitRows::write(Connection& connection) const {
  if (delivery_ && !insert_delivery(connection)) return Committed::duplicate;
  if (!events_.empty()) {
    if (!save_state(connection)) {
      if (delivery_)
        connection.run("DELETE FROM deliveries WHERE source = :source AND id = :id",
                       use(delivery_->source.text), use(delivery_->id));
      return Committed::stale;
    }
    for (std::size_t i = 0; i < events_.size(); ++i)
      connection.run(
          "INSERT INTO history (number, version, prototype, event) VALUES (:number, :version,"
          " :prototype, :event)",
          use(number_), use(before_ + static_cast<std::int64_t>(i) + 1), use(prototype_),
          use(events_[i]));
    insert_promises(connection);
    save_open_seats(connection);
  }
  insert_texts(connection, texts_);
  const std::string entry = updated_ + ' ' + prototype_ + ' ' + padded(version_) + ' ';
  for (std::size_t i = 0; i < entries_.size(); ++i)
    insert_entry(connection, entry + padded(static_cast<std::int64_t>(i)), entries_[i]);
  return Committed::yes;
}

// False if it is there already.
bool CommitRows::insert_delivery(Connection& connection) const {
  return connection.change(
             "INSERT INTO deliveries (source, id, body_hash, body, received_at, prototype,"
             " version, status, answer) VALUES (:source, :id, :hash, :body, :received, :prototype,"
             " :version, :status, :answer) ON CONFLICT (source, id) DO NOTHING",
             use(delivery_->source.text), use(delivery_->id), use(delivery_->body_hash),
             use(delivery_->body), use(received_), use(delivery_->prototype.text),
             use(delivery_->version), use(static_cast<int>(delivery_->status)),
             use(delivery_->answer)) == 1;
}

// False if another event came first.
bool CommitRows::save_state(Connection& connection) const {
  if (before_ == 0)
    return connection.change(
               "INSERT INTO prototypes (id, version, number, updated_at, state) VALUES (:id,"
               " :version, :number, :updated, :state) ON CONFLICT (id) DO NOTHING",
               use(prototype_), use(version_), use(number_), use(updated_), use(state_)) == 1;
  return connection.change(
             "UPDATE prototypes SET version = :version, updated_at = :updated, state = :state"
             " WHERE id = :id AND version = :expected",
             use(version_), use(updated_), use(state_), use(prototype_), use(before_)) == 1;
}

void CommitRows::insert_promises(Connection& connection) const {
  for (const Promise& promise : promises_)
    connection.run(
        "INSERT INTO outbox (id, prototype, number, version, source, decision, effect, state,"
        " due_at, claimed_until, attempts, status, why) VALUES (:id, :prototype, :number,"
        " :version, :source, :decision, :effect, 'waiting', :due, '', 0, 0, '')",
        use(promise.id), use(prototype_), use(number_), use(version_), use(promise.source),
        use(promise.decision), use(promise.effect), use(promise.due));
}

void CommitRows::save_open_seats(Connection& connection) const {
  if (before_ > 0)
    connection.run("DELETE FROM open_seats WHERE prototype = :prototype", use(prototype_));
  for (const OpenSeat& seat : seats_)
    connection.run(
        "INSERT INTO open_seats (prototype, ballot, member, closes_at) VALUES (:prototype,"
        " :ballot, :member, :closes) ON CONFLICT DO NOTHING",
        use(prototype_), use(seat.ballot), use(seat.member), use(seat.closes));
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
