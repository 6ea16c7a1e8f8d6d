// Database over SOCI: sessions, transactions and SQLite's one writer.

#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include <soci/soci.h>

#include "plugin/store/connection.hpp"
#include "plugin/store/database.hpp"
#include "plugin/store/soci_error.hpp"

namespace lockgate::store {

class SociDatabase final : public Database {
 public:
  // `writing` is SQLite's only session that writes; null for PostgreSQL.
  SociDatabase(Address address, Options options, std::unique_ptr<soci::session> writing);
  ~SociDatabase() override;

  Result<Prototype> load(const PrototypeId& id) override;
  Result<Prototype> load_numbered(std::int64_t number) override;
  Result<StoredDelivery> delivery(const SourceId& source, const std::string& id) override;
  Result<std::vector<Event>> history(const PrototypeId& id) override;
  Result<Event> event(const PrototypeId& id, std::int64_t version) override;
  Result<std::vector<Text>> texts(const std::vector<TextId>& ids) override;
  Result<std::int64_t> next_number() override;
  void commit(Commit commit, CommitDone done) override;
  Result<std::vector<Due>> claim_due(UtcTime now, UtcTime until, int most,
                                     const std::vector<SourceId>& except = {}) override;
  Result<void> finish(const Attempt& attempt) override;
  Result<void> finish_all(const std::vector<Attempt>& attempts) override;
  Result<std::optional<UtcTime>> next_due() override;
  Result<std::size_t> place_entries(int most, const Place& place) override;
  Result<LedgerHead> ledger_head() override;
  Result<std::vector<PlacedEntry>> placed_entries(std::int64_t from, int most) override;
  Result<std::vector<LedgerHead>> checkpoints() override;
  Result<std::int64_t> pending_entries() override;
  Result<void> keep_rule_set(const std::string& hash,
                             const std::vector<std::pair<std::string, std::string>>& files,
                             const Entry& entry, UtcTime at) override;
  Result<void> forget_bodies(UtcTime before) override;

  Result<std::vector<Prototype>> with_open_ballot(const MemberId& member) override;
  Result<std::vector<PrototypeRow>> prototypes(int most, int skip) override;
  Result<std::int64_t> prototype_count() override;
  Result<Member> member(const MemberId& login) override;
  Result<std::vector<Member>> members() override;
  Result<void> save_member(const Member& member, const std::vector<Text>& texts, const Entry& entry,
                           UtcTime at) override;
  Result<void> set_password(const MemberId& login, const std::string& encoded) override;
  Result<void> add_session(const Session& session) override;
  Result<Session> session(const std::string& id_hash) override;
  Result<void> touch_session(const std::string& id_hash, UtcTime seen_at) override;
  Result<void> end_session(const std::string& id_hash) override;
  Result<void> end_sessions_before(UtcTime created, UtcTime seen) override;
  Result<void> add_link(const std::string& token_hash, const MemberId& member, UtcTime at) override;
  Result<MemberId> link(const std::string& token_hash, UtcTime not_before) override;
  Result<MemberId> take_link(const std::string& token_hash, UtcTime not_before) override;
  Result<std::vector<Telling>> tellings(const PrototypeId& prototype) override;

 private:
  struct Waiting {
    Commit commit;
    CommitDone done;
  };

  Result<std::unique_ptr<soci::session>> lease();
  void give_back(std::unique_ptr<soci::session> session);
  void write_groups();                           // SQLite's writer thread
  void write_group(std::vector<Waiting> group);  // in one transaction, a savepoint each

  // `work(session)` on a leased session; a session that threw is not used again.
  template <class Work>
  auto read(Work work) -> decltype(work(std::declval<soci::session&>())) {
    auto leased = lease();
    if (!leased) return tl::unexpected<Error>(std::move(leased).error());
    try {
      auto result = work(**leased);
      give_back(std::move(*leased));
      return result;
    } catch (const std::exception& thrown) {
      give_back(nullptr);
      return tl::unexpected<Error>(error_of(thrown));
    }
  }

  // `work(session)` in a transaction, undone if it fails.
  template <class Work>
  auto transact(soci::session& session, Work& work) -> decltype(work(session)) {
    session << (address_.kind == Kind::sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
    auto result = work(session);
    session << (result ? "COMMIT" : "ROLLBACK");
    return result;
  }

  template <class Work>
  auto write(Work work) -> decltype(work(std::declval<soci::session&>())) {
    if (address_.kind == Kind::sqlite) {
      const std::scoped_lock lock(writing_mutex_);
      try {
        LOCKGATE_CHECK(reopen());
        return transact(*writing_, work);
      } catch (const std::exception& thrown) {
        writing_.reset();  // closes it, which undoes the transaction
        return tl::unexpected<Error>(error_of(thrown));
      }
    }
    for (int attempt = 1;; ++attempt) {
      auto leased = lease();
      if (!leased) return tl::unexpected<Error>(std::move(leased).error());
      try {
        auto result = transact(**leased, work);
        give_back(std::move(*leased));
        return result;
      } catch (const std::exception& thrown) {
        leased->reset();
        give_back(nullptr);
        if (!serialization(thrown) || attempt == 5) return tl::unexpected<Error>(error_of(thrown));
      }
    }
  }

  // SQLite's writing session, if it was lost.  Under writing_mutex_.
  Result<void> reopen();

  const Address address_;
  const Options options_;

  std::mutex pool_mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<soci::session>> idle_;
  int out_ = 0;

  std::mutex writing_mutex_;
  std::unique_ptr<soci::session> writing_;

  std::mutex queue_mutex_;
  std::condition_variable queued_;
  std::deque<Waiting> queue_;
  bool stopping_ = false;

  std::mutex number_mutex_;
  std::int64_t next_number_ = 0;
  std::int64_t last_number_ = -1;

  std::thread writer_;
};

// What the two halves share: rows that more than one call writes or reads.
void insert_texts(soci::session& session, const std::vector<Text>& texts);
void insert_entry(soci::session& session, const std::string& id, const Entry& entry);
UtcTime stored_time(const std::string& text);

}  // namespace lockgate::store
