// Entries, their places, and the heads that were signed.

#include "plugin/store/soci_database.hpp"

namespace lockgate::store {

using soci::into;
using soci::use;

namespace {

std::vector<PendingEntry> oldest_pending(Connection& connection, int most) {
  std::vector<PendingEntry> pending;
  PendingEntry one;
  Rows rows =
      connection.query("SELECT id, body FROM entries WHERE place IS NULL ORDER BY id LIMIT :most",
                       use(most), into(one.id), into(one.body));
  while (rows.next()) pending.push_back(one);
  return pending;
}

}  // namespace

Result<std::size_t> SociDatabase::place_entries(int most, const Place& place) {
  LOCKGATE_TRY(const bool any, read([](Connection& connection) -> Result<bool> {
                 int one = 0;
                 return connection.run("SELECT 1 FROM entries WHERE place IS NULL LIMIT 1",
                                       into(one));
               }));
  if (!any) return std::size_t{0};
  return write([&](Connection& connection) -> Result<std::size_t> {
    LedgerHead head;
    // An update first: it holds the row, so that nobody else places meanwhile.
    connection.run(
        "UPDATE ledger SET size = size WHERE id = 1 RETURNING size, frontier, checkpoint",
        into(head.size), into(head.frontier), into(head.checkpoint));
    const std::vector<PendingEntry> pending = oldest_pending(connection, most);
    if (pending.empty()) return std::size_t{0};
    LOCKGATE_TRY(const Placement placement, place(head, pending));
    if (placement.leaf_hashes.size() != pending.size())
      return fail(Errc::internal, "the ledger placed another number of entries than it was given");
    std::int64_t index = head.size;
    for (std::size_t i = 0; i < pending.size(); ++i, ++index)
      connection.run("UPDATE entries SET place = :place, leaf_hash = :leaf WHERE id = :id",
                     use(index), use(placement.leaf_hashes[i]), use(pending[i].id));
    const LedgerHead& next = placement.head;
    connection.run(
        "UPDATE ledger SET size = :size, frontier = :frontier, checkpoint = :checkpoint"
        " WHERE id = 1",
        use(next.size), use(next.frontier), use(next.checkpoint));
    connection.run(
        "INSERT INTO checkpoints (size, frontier, checkpoint) VALUES (:size, :frontier,"
        " :checkpoint)",
        use(next.size), use(next.frontier), use(next.checkpoint));
    return pending.size();
  });
}

Result<LedgerHead> SociDatabase::ledger_head() {
  return read([&](Connection& connection) -> Result<LedgerHead> {
    LedgerHead head;
    connection.run("SELECT size, frontier, checkpoint FROM ledger WHERE id = 1", into(head.size),
                   into(head.frontier), into(head.checkpoint));
    return head;
  });
}

Result<std::vector<PlacedEntry>> SociDatabase::placed_entries(std::int64_t from, int most) {
  return read([&](Connection& connection) -> Result<std::vector<PlacedEntry>> {
    std::vector<PlacedEntry> entries;
    PlacedEntry one;
    Rows rows = connection.query(
        "SELECT place, kind, body, leaf_hash FROM entries WHERE place >= :first ORDER BY place"
        " LIMIT :most",
        use(from), use(most), into(one.index), into(one.kind), into(one.body), into(one.leaf_hash));
    while (rows.next()) entries.push_back(one);
    return entries;
  });
}

Result<std::vector<LedgerHead>> SociDatabase::checkpoints() {
  return read([&](Connection& connection) -> Result<std::vector<LedgerHead>> {
    std::vector<LedgerHead> heads;
    LedgerHead one;
    Rows rows = connection.query("SELECT size, frontier, checkpoint FROM checkpoints ORDER BY size",
                                 into(one.size), into(one.frontier), into(one.checkpoint));
    while (rows.next()) heads.push_back(one);
    return heads;
  });
}

Result<std::int64_t> SociDatabase::pending_entries() {
  return read([&](Connection& connection) -> Result<std::int64_t> {
    std::int64_t count = 0;
    connection.run("SELECT COUNT(*) FROM entries WHERE place IS NULL", into(count));
    return count;
  });
}

}  // namespace lockgate::store
