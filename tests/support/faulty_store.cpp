#include "tests/support/faulty_store.hpp"

namespace lockgate::test {
namespace {

tl::unexpected<Error> failed() { return fail(Errc::unavailable, "the store fails on purpose"); }

}  // namespace

void FaultyStore::fail_call(int nth, Fault fault, bool on) {
  const std::lock_guard lock(mutex_);
  calls_ = 0;
  nth_ = nth;
  fault_ = fault;
  on_ = on;
}

void FaultyStore::heal() { fail_call(0, Fault::refused); }

int FaultyStore::calls() const {
  const std::lock_guard lock(mutex_);
  return calls_;
}

FaultyStore::Turn FaultyStore::turn() {
  const std::lock_guard lock(mutex_);
  ++calls_;
  if (nth_ == 0 || calls_ < nth_ || (calls_ > nth_ && !on_)) return Turn::good;
  return fault_ == Fault::refused ? Turn::refuse : Turn::lose;
}

template <class Call>
auto FaultyStore::call(Call call) -> decltype(call()) {
  const Turn turn = this->turn();
  if (turn == Turn::refuse) return failed();
  auto result = call();
  if (turn == Turn::lose) return failed();
  return result;
}

void FaultyStore::commit(Commit commit, CommitDone done) {
  switch (turn()) {
    case Turn::refuse:
      return done(failed());
    case Turn::lose:
      return inner_.commit(std::move(commit),
                           [done = std::move(done)](Result<Committed>) { done(failed()); });
    case Turn::good:
      return inner_.commit(std::move(commit), std::move(done));
  }
}

Result<Prototype> FaultyStore::load(const PrototypeId& id) {
  return call([&] { return inner_.load(id); });
}

Result<Prototype> FaultyStore::load_numbered(std::int64_t number) {
  return call([&] { return inner_.load_numbered(number); });
}

Result<StoredDelivery> FaultyStore::delivery(const SourceId& source, const std::string& id) {
  return call([&] { return inner_.delivery(source, id); });
}

Result<std::vector<Event>> FaultyStore::history(const PrototypeId& id) {
  return call([&] { return inner_.history(id); });
}

Result<Event> FaultyStore::event(const PrototypeId& id, std::int64_t version) {
  return call([&] { return inner_.event(id, version); });
}

Result<std::vector<Text>> FaultyStore::texts(const std::vector<TextId>& ids) {
  return call([&] { return inner_.texts(ids); });
}

Result<std::int64_t> FaultyStore::next_number() {
  return call([&] { return inner_.next_number(); });
}

Result<std::vector<Due>> FaultyStore::claim_due(UtcTime now, UtcTime until, int most,
                                                const std::vector<SourceId>& except) {
  return call([&] { return inner_.claim_due(now, until, most, except); });
}

Result<void> FaultyStore::finish(const Attempt& attempt) {
  return call([&] { return inner_.finish(attempt); });
}

Result<void> FaultyStore::finish_all(const std::vector<Attempt>& attempts) {
  return call([&] { return inner_.finish_all(attempts); });
}

Result<std::optional<UtcTime>> FaultyStore::next_due() {
  return call([&] { return inner_.next_due(); });
}

Result<std::size_t> FaultyStore::place_entries(int most, const Place& place) {
  return call([&] { return inner_.place_entries(most, place); });
}

Result<LedgerHead> FaultyStore::ledger_head() {
  return call([&] { return inner_.ledger_head(); });
}

Result<std::vector<PlacedEntry>> FaultyStore::placed_entries(std::int64_t from, int most) {
  return call([&] { return inner_.placed_entries(from, most); });
}

Result<std::vector<LedgerHead>> FaultyStore::checkpoints() {
  return call([&] { return inner_.checkpoints(); });
}

Result<std::int64_t> FaultyStore::pending_entries() {
  return call([&] { return inner_.pending_entries(); });
}

Result<void> FaultyStore::keep_rule_set(
    const std::string& hash, const std::vector<std::pair<std::string, std::string>>& files,
    const Entry& entry, UtcTime at) {
  return call([&] { return inner_.keep_rule_set(hash, files, entry, at); });
}

Result<void> FaultyStore::forget_bodies(UtcTime before) {
  return call([&] { return inner_.forget_bodies(before); });
}

Result<std::unique_ptr<Archive>> FaultyStore::archive() {
  return call([&] { return inner_.archive(); });
}

}  // namespace lockgate::test
