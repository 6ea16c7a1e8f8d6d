// The raw SQLite ceiling: how many units of four rows one writer makes durable
// per second, in groups of so many units per transaction, without any Lockgate.
//
//   bench_sqlite FOLDER UNITS_PER_TRANSACTION SECONDS
//
// A unit is what one delivery needs at the least: the message (2 KiB, a unique
// id), a decision (512 B), a ledger entry (512 B) and a promise (512 B).

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using Seconds = std::chrono::duration<double>;
using SteadyClock = std::chrono::steady_clock;

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "bench_sqlite: %s\n", what.c_str());
  std::exit(1);
}

class Database {
 public:
  explicit Database(const std::filesystem::path& file) {
    if (sqlite3_open(file.c_str(), &handle_) != SQLITE_OK) give_up("cannot open " + file.string());
  }
  ~Database() {
    for (sqlite3_stmt* each : statements_) sqlite3_finalize(each);
    sqlite3_close(handle_);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const char* sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
      give_up(std::string(sql) + ": " + sqlite3_errmsg(handle_));
    }
  }

  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr) != SQLITE_OK) {
      give_up(std::string(sql) + ": " + sqlite3_errmsg(handle_));
    }
    statements_.push_back(statement);
    return statement;
  }

  // Binds the text and the blob to ?1 and ?2, and runs the statement.
  void insert(sqlite3_stmt* statement, const std::string& text, const std::string& blob) {
    sqlite3_bind_text(statement, 1, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, blob.data(), static_cast<int>(blob.size()), SQLITE_STATIC);
    if (sqlite3_step(statement) != SQLITE_DONE) give_up(sqlite3_errmsg(handle_));
    sqlite3_reset(statement);
  }

 private:
  sqlite3* handle_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;
};

constexpr const char* kTables = R"(
pragma journal_mode = wal;
pragma synchronous = full;
create table event(seq integer primary key, id text not null unique, body blob, ts integer);
create table dec(seq integer primary key, event_id text not null, outcome text, reasons text);
create table ledger(seq integer primary key, prev text, payload blob);
create table outbox(id integer primary key, event_id text, state int, due int, body blob);
create index outbox_due on outbox(state, due);
)";

constexpr std::array<const char*, 4> kInserts = {
    "insert into event(id, body, ts) values (?1, ?2, 1)",
    "insert into dec(event_id, outcome, reasons) values (?1, 'allow', ?2)",
    "insert into ledger(prev, payload) values (?1, ?2)",
    "insert into outbox(event_id, state, due, body) values (?1, 0, 1, ?2)",
};

std::string unit_id(unsigned long number) {
  std::array<char, 48> text;
  std::snprintf(text.data(), text.size(), "%08lx-%08lx-msg-%012lx",
                (number * 2654435761UL) & 0xffffffffUL, number, number);
  return text.data();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) give_up("usage: bench_sqlite FOLDER UNITS_PER_TRANSACTION SECONDS");
  const std::filesystem::path file = std::filesystem::path(argv[1]) / "raw.db";
  const int group = std::atoi(argv[2]);
  const Seconds wanted(std::atof(argv[3]));
  if (group < 1 || wanted.count() <= 0) give_up("a group and a time are above 0");
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);

  Database database(file);
  database.run(kTables);
  std::array<sqlite3_stmt*, kInserts.size()> inserts;
  std::transform(kInserts.begin(), kInserts.end(), inserts.begin(),
                 [&](const char* sql) { return database.prepare(sql); });
  const std::string body(2048, 'j');
  const std::string rest(512, 'r');

  unsigned long units = 0;
  std::vector<double> milliseconds;
  const auto begun = SteadyClock::now();
  Seconds passed{};
  while (passed < wanted) {
    const auto before = SteadyClock::now();
    database.run("begin immediate");
    for (int i = 0; i < group; ++i) {
      const std::string id = unit_id(units++);
      for (std::size_t k = 0; k < inserts.size(); ++k) {
        database.insert(inserts[k], id, k == 0 ? body : rest);
      }
    }
    database.run("commit");
    const auto now = SteadyClock::now();
    milliseconds.push_back(Seconds(now - before).count() * 1000);
    passed = now - begun;
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  std::printf("%.0f units/s, p50 %.2f ms, p99 %.2f ms\n",
              static_cast<double>(units) / passed.count(), milliseconds[milliseconds.size() / 2],
              milliseconds[milliseconds.size() * 99 / 100]);
}
