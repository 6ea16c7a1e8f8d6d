// The store alone: how many decisions it makes durable per second when so many
// wait for it at once, without HTTP, rules or JSON from outside.
//
//   bench_commit DATABASE WAITING SECONDS
//
// DATABASE is an address as in lockgate.toml, of a database that may be written to.
// Each decision is looked up, loaded and committed as the gatekeeper does it: the
// smallest delivery that a source can send, approved at once.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "plugin/store/database.hpp"

namespace {

using namespace lockgate;
using Seconds = std::chrono::duration<double>;
using SteadyClock = std::chrono::steady_clock;

constexpr int kWorkers = 8;

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "bench_commit: %s\n", what.c_str());
  std::exit(1);
}

// 64 digits that differ in their first ones, as hashes do.
std::string hash_of(std::uint64_t number) {
  char text[65];
  std::snprintf(text, sizeof text, "%016lx%048lx", number * 0x9E3779B97F4A7C15UL, number);
  return text;
}

Commit decision(const std::string& run, std::uint64_t unit, std::int64_t number, UtcTime at) {
  const std::string hash = hash_of(unit);
  Commit commit;
  Prototype& next = commit.next;
  next.id = {"prt_" + hash.substr(0, 26) + run};
  next.number = number;
  next.about = {SourceId{"casework"}, "CASE-" + run + std::to_string(unit)};
  next.title = {hash};
  next.proposer = {hash_of(~unit)};
  next.updated_at = at;

  Checked checked;
  Check& check = checked.check;
  check.id = {"chk_" + hash.substr(0, 26)};
  check.number = 1;
  check.verdict = Verdict::approve;
  check.facts = {{"data.personal", false},
                 {"gov.route", std::string("officer")},
                 {"money.budget_approved", true},
                 {"money.cost_gbp", std::int64_t{400}},
                 {"people.adults_at_risk", false},
                 {"people.children", false},
                 {"people.participants", std::int64_t{30}},
                 {"tech.ai", false}};
  check.rule_set = hash_of(1);
  check.engine = "lockgate 0.1.0";
  check.at = at;
  checked.delivery = "msg_" + run + hash.substr(0, 20);
  checked.number = number;
  checked.about = next.about;
  checked.title = next.title;
  checked.proposer = next.proposer;
  checked.decision = {"dec_" + hash.substr(0, 26)};

  next.version = 1;
  next.stage = Stage::decided;
  next.checks = 1;
  next.check = CheckRef{check.id, 1, 1, Gate::submit, Verdict::approve, check.rule_set, {}};
  next.decision = Decision{.id = checked.decision,
                           .outcome = DecisionOutcome::approved,
                           .check = check.id,
                           .verdict = Verdict::approve,
                           .authority = {"rules"},
                           .rule_set = check.rule_set,
                           .at = at};
  commit.entries = {{"check", std::string(520, 'c')}, {"decision", std::string(420, 'd')}};
  commit.texts = {{next.title, std::string(22, 's'), "Later opening hours"},
                  {next.proposer, std::string(22, 's'), "sam.osei@example.gov.uk"}};
  commit.effects = {WriteBack{checked.decision}};
  commit.delivery = StoredDelivery{.source = next.about.source,
                                   .id = checked.delivery,
                                   .body_hash = hash,
                                   .body = std::string(2048, 'b'),
                                   .received_at = at,
                                   .prototype = next.id,
                                   .version = 1,
                                   .status = 200,
                                   .answer = std::string(600, 'a')};
  commit.events = {Event{at, std::move(checked)}};
  return commit;
}

// Lets so many through that have not been given back.
class Slots {
 public:
  explicit Slots(int free) : free_(free) {}
  void take() {
    std::unique_lock lock(mutex_);
    given_back_.wait(lock, [&] { return free_ > 0; });
    --free_;
  }
  void give_back() {
    const std::scoped_lock lock(mutex_);
    ++free_;
    given_back_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable given_back_;
  int free_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) give_up("usage: bench_commit DATABASE WAITING SECONDS");
  const int waiting = std::atoi(argv[2]);
  const Seconds wanted(std::atof(argv[3]));
  if (waiting < 1 || wanted.count() <= 0) give_up("the number and the time are above 0");
  auto opened = store::open(argv[1], {.sessions = kWorkers});
  if (!opened) give_up(opened.error().message);
  store::Database& database = **opened;

  const UtcTime started =
      std::chrono::time_point_cast<UtcTime::duration>(std::chrono::system_clock::now());
  const std::string run = std::to_string(started.time_since_epoch().count() % 1000000);
  const auto begun = SteadyClock::now();
  Slots slots(waiting);
  std::atomic<std::uint64_t> units = 0;
  std::atomic<std::uint64_t> written = 0;
  std::atomic<std::uint64_t> failed = 0;
  std::vector<std::thread> workers;
  for (int i = 0; i < kWorkers; ++i) {
    workers.emplace_back([&] {
      while (SteadyClock::now() - begun < wanted) {
        slots.take();
        const std::uint64_t unit = ++units;
        const auto number = database.next_number();
        if (!number) give_up(number.error().message);
        Commit commit = decision(run, unit, *number, started + std::chrono::microseconds(unit));
        if (database.delivery(commit.delivery->source, commit.delivery->id).has_value() ||
            database.load(commit.next.id).has_value())
          give_up("the unit was there before");
        database.commit(std::move(commit), [&](Result<Committed> result) {
          ++(result && *result == Committed::yes ? written : failed);
          slots.give_back();
        });
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  for (int i = 0; i < waiting; ++i) slots.take();
  const Seconds passed = SteadyClock::now() - begun;
  std::printf("%.0f decisions/s, %lu written, %lu failed\n",
              static_cast<double>(written) / passed.count(), written.load(), failed.load());
}
