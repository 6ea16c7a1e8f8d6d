// Prototypes, deliveries, texts and rule sets.

#include "plugin/record/json_codec.hpp"
#include "plugin/store/commit_rows.hpp"
#include "plugin/store/soci_database.hpp"

namespace lockgate::store {

using soci::into;
using soci::use;

Result<Prototype> SociDatabase::load(const PrototypeId& id) {
  return read([&](Connection& connection) -> Result<Prototype> {
    std::string state;
    if (!connection.run("SELECT state FROM prototypes WHERE id = :id", use(id.text), into(state)))
      return fail(Errc::not_found, "there is no such prototype");
    return record::prototype_from_json(state);
  });
}

Result<Prototype> SociDatabase::load_numbered(std::int64_t number) {
  return read([&](Connection& connection) -> Result<Prototype> {
    std::string state;
    if (!connection.run("SELECT state FROM prototypes WHERE number = :number", use(number),
                        into(state)))
      return fail(Errc::not_found, "there is no such prototype");
    return record::prototype_from_json(state);
  });
}

Result<StoredDelivery> SociDatabase::delivery(const SourceId& source, const std::string& id) {
  return read([&](Connection& connection) -> Result<StoredDelivery> {
    StoredDelivery found{.source = source, .id = id};
    std::string received;
    int status = 0;
    if (!connection.run(
            "SELECT body_hash, body, received_at, prototype, version, status, answer FROM"
            " deliveries WHERE source = :source AND id = :id",
            use(source.text), use(id), into(found.body_hash), into(found.body), into(received),
            into(found.prototype.text), into(found.version), into(status), into(found.answer)))
      return fail(Errc::not_found, "there is no such delivery");
    found.received_at = stored_time(received);
    found.status = static_cast<unsigned>(status);
    return found;
  });
}

Result<std::vector<Event>> SociDatabase::history(const PrototypeId& id) {
  return read([&](Connection& connection) -> Result<std::vector<Event>> {
    std::vector<Event> events;
    std::string text;
    Rows rows = connection.query(
        "SELECT event FROM history WHERE number = (SELECT number FROM prototypes WHERE id = :id)"
        " ORDER BY version",
        use(id.text), into(text));
    while (rows.next()) {
      LOCKGATE_TRY(events.emplace_back(), record::event_from_json(text));
    }
    return events;
  });
}

Result<Event> SociDatabase::event(const PrototypeId& id, std::int64_t version) {
  return read([&](Connection& connection) -> Result<Event> {
    std::string text;
    if (!connection.run("SELECT event FROM history WHERE number = (SELECT number FROM prototypes "
                        "WHERE id = :id)"
                        " AND version = :version",
                        use(id.text), use(version), into(text)))
      return fail(Errc::not_found, "there is no such event");
    return record::event_from_json(text);
  });
}

Result<std::vector<Text>> SociDatabase::texts(const std::vector<TextId>& ids) {
  return read([&](Connection& connection) -> Result<std::vector<Text>> {
    std::vector<Text> found;
    for (const TextId& id : ids) {
      Text text{.id = id};
      if (connection.run("SELECT salt, text FROM texts WHERE id = :id", use(id.text),
                         into(text.salt), into(text.text)))
        found.push_back(std::move(text));
    }
    return found;
  });
}

Result<void> SociDatabase::keep_rule_set(
    const std::string& hash, const std::vector<std::pair<std::string, std::string>>& files,
    const Entry& entry, UtcTime at) {
  return write([&](Connection& connection) -> Result<void> {
    const std::string when = to_text(at);
    if (connection.change(
            "INSERT INTO rule_sets (hash, at) VALUES (:hash, :at) ON CONFLICT (hash) DO NOTHING",
            use(hash), use(when)) == 0)
      return {};
    for (const auto& [path, bytes] : files)
      connection.run("INSERT INTO rule_files (rule_set, path, bytes) VALUES (:hash, :path, :bytes)",
                     use(hash), use(path), use(bytes));
    insert_entry(connection, when + " rules " + hash, entry);
    return {};
  });
}

Result<void> SociDatabase::forget_bodies(UtcTime before) {
  return write([&](Connection& connection) -> Result<void> {
    connection.run(
        "UPDATE deliveries SET body = '', answer = '' WHERE received_at < :before AND"
        " (body <> '' OR answer <> '')",
        use(to_text(before)));
    return {};
  });
}

}  // namespace lockgate::store
