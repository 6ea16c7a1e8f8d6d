// Database over SOCI: how work gets its connection and its transaction.

#pragma once

#include <future>
#include <memory>
#include <optional>

#include <soci/soci.h>

#include "plugin/store/database.hpp"
#include "plugin/store/numbers.hpp"
#include "plugin/store/pool.hpp"
#include "plugin/store/soci_error.hpp"
#include "plugin/store/writer.hpp"

namespace lockgate::store {

class SociDatabase final : public Database {
 public:
  // `connection` is the first: SQLite's writer takes it.
  SociDatabase(const Address& address, const Options& options,
               std::unique_ptr<Connection> connection);
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
  Result<std::unique_ptr<Archive>> archive() override;

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
  // A transaction that another one undid, or whose connection was lost before
  // COMMIT, is run again; no more than this often.
  static constexpr int kAttempts = 5;

  template <class Work>
  using Outcome = std::invoke_result_t<Work&, Connection&>;  // a Result

  // `work(connection)`; again on another connection if that one was lost.
  template <class Work>
  Outcome<Work> read(Work work) {
    for (int attempt = 1;; ++attempt) {
      auto lease = pool_.lease();
      if (!lease) return tl::unexpected<Error>(std::move(lease).error());
      try {
        return work(**lease);
      } catch (const std::exception& thrown) {
        if (!lease->spoil(thrown) || attempt == kAttempts)
          return tl::unexpected<Error>(error_of(thrown));
      }
    }
  }

  // `work(connection)` in a transaction, undone if it fails.  May call it more
  // than once, each time on the state before.
  template <class Work>
  Outcome<Work> write(Work work) {
    return writer_ ? write_in_group(work) : write_alone(work);
  }

  template <class Work>
  Outcome<Work> write_in_group(Work& work) {
    std::optional<Outcome<Work>> outcome;
    const auto done = std::make_shared<std::promise<void>>();
    writer_->write(
        [&](Connection& connection) {
          connection.run("SAVEPOINT work");
          outcome = work(connection);
          if (!*outcome) connection.run("ROLLBACK TO SAVEPOINT work");
          connection.run("RELEASE SAVEPOINT work");
        },
        [&outcome, done](Result<void> written) {
          if (!written) outcome = tl::unexpected<Error>(std::move(written).error());
          done->set_value();
        });
    done->get_future().wait();
    return std::move(*outcome);
  }

  template <class Work>
  Outcome<Work> write_alone(Work& work) {
    for (int attempt = 1;; ++attempt) {
      auto lease = pool_.lease();
      if (!lease) return tl::unexpected<Error>(std::move(lease).error());
      bool committing = false;
      try {
        Connection& connection = **lease;
        connection.begin();
        auto outcome = work(connection);
        if (outcome) {
          committing = true;
          connection.commit();
        } else {
          connection.rollback();
        }
        return outcome;
      } catch (const std::exception& thrown) {
        const bool lost = lease->spoil(thrown);
        const bool undone = serialization(thrown) || (lost && !committing);
        if (!undone || attempt == kAttempts) return tl::unexpected<Error>(error_of(thrown));
      }
    }
  }

  Pool pool_;
  std::unique_ptr<Writer> writer_;  // SQLite's; null for PostgreSQL
  Numbers numbers_;
};

// All accounts, by login.
std::vector<Member> members_of(Connection& connection);

// Throws if the text is not what to_text makes of a time.
UtcTime stored_time(const std::string& text);

}  // namespace lockgate::store
