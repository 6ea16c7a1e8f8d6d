// A store that fails when it is told to.

#pragma once

#include <mutex>

#include "lockgate/archive.hpp"
#include "lockgate/store.hpp"

namespace lockgate::test {

// Every call goes on to `inner`, but for the one that is to fail.  Safe to use
// from many threads at once.
class FaultyStore final : public Store {
 public:
  enum class Fault {
    refused,      // nothing is done; Errc::unavailable
    answer_lost,  // it is done, and the answer is Errc::unavailable all the same
  };

  explicit FaultyStore(Store& inner) : inner_(inner) {}

  // The n-th call from now on, counted from 1, fails; with `on`, every one from then on.
  void fail_call(int nth, Fault fault, bool on = false);
  void heal();
  // Calls since the last fail_call or heal.
  int calls() const;

  Result<Prototype> load(const PrototypeId& id) override;
  Result<Prototype> load_numbered(std::int64_t number) override;
  Result<StoredDelivery> delivery(const SourceId& source, const std::string& id) override;
  Result<std::vector<Event>> history(const PrototypeId& id) override;
  Result<Event> event(const PrototypeId& id, std::int64_t version) override;
  Result<std::vector<Text>> texts(const std::vector<TextId>& ids) override;
  Result<std::int64_t> next_number() override;
  void commit(Commit commit, CommitDone done) override;
  Result<std::vector<Due>> claim_due(UtcTime now, UtcTime until, int most,
                                     const std::vector<SourceId>& except) override;
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

 private:
  enum class Turn { good, refuse, lose };
  Turn turn();
  template <class Call>
  auto call(Call call) -> decltype(call());

  Store& inner_;
  mutable std::mutex mutex_;
  int calls_ = 0;  // guarded by mutex_, as all below
  int nth_ = 0;    // 0: none is to fail
  bool on_ = false;
  Fault fault_ = Fault::refused;
};

}  // namespace lockgate::test
