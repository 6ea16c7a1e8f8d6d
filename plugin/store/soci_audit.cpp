// Archive over one connection and one transaction that only reads.

#include "lockgate/archive.hpp"

#include "plugin/store/soci_database.hpp"

namespace lockgate::store {
namespace {

using soci::into;
using soci::use;

std::optional<std::int64_t> place_of(std::int64_t stored) {
  return stored < 0 ? std::nullopt : std::optional(stored);
}

int limit(std::size_t most) { return static_cast<int>(most); }

class SociArchive final : public Archive {
 public:
  explicit SociArchive(Pool::Lease lease) : lease_(std::move(lease)), connection_(*lease_) {}

  ~SociArchive() override {
    try {
      if (!broken_) connection_.rollback();
    } catch (const std::exception& thrown) {
      lease_.spoil(thrown);
    }
  }

  // Both databases fix what is seen with the first row that is read.
  Result<void> begin() {
    return guarded([&]() -> Result<void> {
      connection_.run(connection_.kind() == Kind::sqlite
                          ? "BEGIN"
                          : "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      std::int64_t size = 0;
      connection_.run("SELECT size FROM ledger WHERE id = 1", into(size));
      return {};
    });
  }

  Result<RecordSize> size() override {
    return guarded([&]() -> Result<RecordSize> {
      RecordSize size;
      connection_.run("SELECT COUNT(*) FROM prototypes", into(size.prototypes));
      connection_.run("SELECT COUNT(*) FROM history", into(size.events));
      connection_.run("SELECT COUNT(*) FROM entries", into(size.entries));
      connection_.run("SELECT COUNT(*) FROM outbox", into(size.promises));
      connection_.run("SELECT COUNT(*) FROM deliveries WHERE prototype <> ''",
                      into(size.deliveries));
      return size;
    });
  }

  Result<std::vector<StoredState>> states(const PrototypeId& after, std::size_t most) override {
    StoredState one;
    return page(one,
                "SELECT id, version, number, updated_at, state FROM prototypes WHERE id > :after"
                " ORDER BY id LIMIT :most",
                use(after.text), use(limit(most)), into(one.id.text), into(one.version),
                into(one.number), into(one.updated_at), into(one.state));
  }

  Result<StoredState> state_numbered(std::int64_t number) override {
    StoredState one;
    LOCKGATE_TRY(auto found, page(one,
                                  "SELECT id, version, number, updated_at, state FROM prototypes"
                                  " WHERE number = :number",
                                  use(number), into(one.id.text), into(one.version),
                                  into(one.number), into(one.updated_at), into(one.state)));
    if (found.empty()) return fail(Errc::not_found, "there is no such prototype");
    return std::move(found.front());
  }

  Result<std::vector<StoredEvent>> events(const PrototypeId& prototype, std::int64_t after,
                                          std::size_t most) override {
    StoredEvent one;
    return page(one,
                "SELECT version, event FROM history WHERE number = (SELECT number FROM prototypes"
                " WHERE id = :id) AND prototype = :prototype AND version > :after"
                " ORDER BY version LIMIT :most",
                use(prototype.text), use(prototype.text), use(after), use(limit(most)),
                into(one.version), into(one.event));
  }

  Result<std::vector<StoredEntry>> entries_of(const PrototypeId& prototype, UtcTime at) override {
    // As CommitRows names them: moment, prototype, version and index, padded.
    const std::string begin = to_text(at) + ' ' + prototype.text + ' ';
    const std::string first = begin + "000000000000 000000000000";
    const std::string last = begin + "999999999999 999999999999";
    return entries(
        "SELECT id, COALESCE(place, -1), kind, body, leaf_hash FROM entries"
        " WHERE id >= :first AND id <= :last ORDER BY id",
        use(first), use(last));
  }

  Result<std::vector<StoredPromise>> promises(const PrototypeId& prototype) override {
    StoredPromise one;
    return page(one,
                "SELECT id, source, decision, effect FROM outbox WHERE number = (SELECT number"
                " FROM prototypes WHERE id = :id) AND prototype = :prototype"
                " ORDER BY version, id",
                use(prototype.text), use(prototype.text), into(one.id), into(one.source.text),
                into(one.decision.text), into(one.effect));
  }

  Result<LedgerHead> ledger_head() override {
    LedgerHead one;
    LOCKGATE_TRY(auto found, page(one, "SELECT size, frontier, checkpoint FROM ledger WHERE id = 1",
                                  into(one.size), into(one.frontier), into(one.checkpoint)));
    if (found.empty()) return fail(Errc::internal, "the ledger's head is missing");
    return std::move(found.front());
  }

  Result<std::vector<LedgerHead>> checkpoints(std::int64_t after, std::size_t most) override {
    LedgerHead one;
    return page(one,
                "SELECT size, frontier, checkpoint FROM checkpoints WHERE size > :after"
                " ORDER BY size LIMIT :most",
                use(after), use(limit(most)), into(one.size), into(one.frontier),
                into(one.checkpoint));
  }

  Result<std::vector<StoredEntry>> placed_entries(std::int64_t after, std::size_t most) override {
    return entries(
        "SELECT id, COALESCE(place, -1), kind, body, leaf_hash FROM entries WHERE place > :after"
        " ORDER BY place LIMIT :most",
        use(after), use(limit(most)));
  }

  Result<std::vector<StoredEntry>> pending_entries(const std::string& after,
                                                   std::size_t most) override {
    return entries(
        "SELECT id, COALESCE(place, -1), kind, body, leaf_hash FROM entries WHERE place IS NULL"
        " AND id > :after ORDER BY id LIMIT :most",
        use(after), use(limit(most)));
  }

  Result<std::vector<Text>> texts(const TextId& after, std::size_t most) override {
    Text one;
    return page(one, "SELECT id, salt, text FROM texts WHERE id > :after ORDER BY id LIMIT :most",
                use(after.text), use(limit(most)), into(one.id.text), into(one.salt),
                into(one.text));
  }

  Result<std::vector<Text>> texts(const std::vector<TextId>& ids) override {
    std::vector<Text> found;
    for (const TextId& id : ids) {
      Text one;
      LOCKGATE_TRY(auto row, page(one, "SELECT id, salt, text FROM texts WHERE id = :id",
                                  use(id.text), into(one.id.text), into(one.salt), into(one.text)));
      if (!row.empty()) found.push_back(std::move(row.front()));
    }
    return found;
  }

  Result<std::vector<StoredDelivery>> deliveries(const SourceId& source, const std::string& after,
                                                 std::size_t most) override {
    return deliveries_by(
        "SELECT source, id, body_hash, body, received_at, prototype, version, status, answer"
        " FROM deliveries WHERE source > :source OR (source = :same AND id > :after)"
        " ORDER BY source, id LIMIT :most",
        use(source.text), use(source.text), use(after), use(limit(most)));
  }

  Result<StoredDelivery> delivery(const SourceId& source, const std::string& id) override {
    LOCKGATE_TRY(auto found,
                 deliveries_by(
                     "SELECT source, id, body_hash, '', received_at, prototype, version, status, ''"
                     " FROM deliveries WHERE source = :source AND id = :id",
                     use(source.text), use(id)));
    if (found.empty()) return fail(Errc::not_found, "there is no such delivery");
    return std::move(found.front());
  }

  Result<std::vector<StoredRuleSet>> rule_sets() override {
    StoredRuleSet one;
    return page(one, "SELECT hash, at FROM rule_sets ORDER BY at, hash", into(one.hash),
                into(one.at));
  }

  Result<std::vector<std::pair<std::string, std::string>>> rule_files(
      const std::string& hash) override {
    std::pair<std::string, std::string> one;
    return page(one, "SELECT path, bytes FROM rule_files WHERE rule_set = :hash ORDER BY path",
                use(hash), into(one.first), into(one.second));
  }

  Result<std::vector<Member>> members() override {
    return guarded([&]() -> Result<std::vector<Member>> { return members_of(connection_); });
  }

 private:
  template <class Work>
  std::invoke_result_t<Work&> guarded(Work work) {
    if (broken_) return fail(Errc::unavailable, "the connection that the audit reads with is lost");
    try {
      return work();
    } catch (const std::exception& thrown) {
      broken_ = true;
      lease_.spoil(thrown);
      return tl::unexpected<Error>(error_of(thrown));
    }
  }

  // The rows of `sql`, each of which goes into `one`.
  template <class Row, class... Variables>
  Result<std::vector<Row>> page(Row& one, std::string_view sql, const Variables&... variables) {
    return guarded([&]() -> Result<std::vector<Row>> {
      std::vector<Row> found;
      Rows rows = connection_.query(sql, variables...);
      while (rows.next()) found.push_back(one);
      return found;
    });
  }

  template <class... Variables>
  Result<std::vector<StoredEntry>> entries(std::string_view sql, const Variables&... variables) {
    return guarded([&]() -> Result<std::vector<StoredEntry>> {
      std::vector<StoredEntry> found;
      StoredEntry one;
      std::int64_t place = 0;
      Rows rows = connection_.query(sql, variables..., into(one.id), into(place), into(one.kind),
                                    into(one.body), into(one.leaf_hash));
      while (rows.next()) {
        one.place = place_of(place);
        found.push_back(one);
      }
      return found;
    });
  }

  template <class... Variables>
  Result<std::vector<StoredDelivery>> deliveries_by(std::string_view sql,
                                                    const Variables&... variables) {
    return guarded([&]() -> Result<std::vector<StoredDelivery>> {
      std::vector<StoredDelivery> found;
      StoredDelivery one;
      std::string received;
      int status = 0;
      Rows rows = connection_.query(sql, variables..., into(one.source.text), into(one.id),
                                    into(one.body_hash), into(one.body), into(received),
                                    into(one.prototype.text), into(one.version), into(status),
                                    into(one.answer));
      while (rows.next()) {
        one.received_at = stored_time(received);
        one.status = static_cast<unsigned>(status);
        found.push_back(one);
      }
      return found;
    });
  }

  Pool::Lease lease_;
  Connection& connection_;
  bool broken_ = false;
};

}  // namespace

Result<std::unique_ptr<Archive>> SociDatabase::archive() {
  LOCKGATE_TRY(Pool::Lease lease, pool_.lease());
  auto archive = std::make_unique<SociArchive>(std::move(lease));
  LOCKGATE_CHECK(archive->begin());
  return archive;
}

}  // namespace lockgate::store
