#include "plugin/store/soci_database.hpp"

#include <stdexcept>

#include "plugin/store/commit_rows.hpp"
#include "plugin/store/migrate.hpp"

namespace lockgate::store {

using soci::into;
using soci::use;

SociDatabase::SociDatabase(const Address& address, const Options& options,
                           std::unique_ptr<Connection> connection)
    : pool_(address, options.sessions, options.patience), numbers_([this](int count) {
        return write([&](Connection& counting) -> Result<std::int64_t> {
          std::int64_t last = 0;
          counting.run(
              "UPDATE counters SET value = value + :count WHERE name = 'prototype' RETURNING value",
              use(count), into(last));
          return last;
        });
      }) {
  if (address.kind == Kind::sqlite)
    writer_ = std::make_unique<Writer>(address, std::move(connection), options.waiting);
}

SociDatabase::~SociDatabase() {
  const auto unused = numbers_.unused();
  if (!unused) return;
  // If it fails, or somebody took more since, the numbers are lost.
  (void)write([&](Connection& connection) -> Result<void> {
    connection.run("UPDATE counters SET value = :used WHERE name = 'prototype' AND value = :taken",
                   use(unused->first), use(unused->second));
    return {};
  });
}

Result<std::int64_t> SociDatabase::next_number() { return numbers_.next(); }

void SociDatabase::commit(Commit commit, CommitDone done) {
  const auto rows = std::make_shared<const CommitRows>(std::move(commit));
  if (!writer_) {
    return done(write(
        [&](Connection& connection) -> Result<Committed> { return rows->write(connection); }));
  }
  const auto outcome = std::make_shared<Committed>();
  writer_->write([rows, outcome](Connection& connection) { *outcome = rows->write(connection); },
                 [outcome, done = std::move(done)](Result<void> written) {
                   if (!written) return done(tl::unexpected<Error>(std::move(written).error()));
                   done(*outcome);
                 });
}

Result<std::unique_ptr<Database>> open(const std::string& url, const Options& options) {
  LOCKGATE_TRY(const Address address, address_from(url));
  LOCKGATE_TRY(auto connection, connect(address));
  LOCKGATE_CHECK(migrate(*connection));
  return std::make_unique<SociDatabase>(address, options, std::move(connection));
}

UtcTime stored_time(const std::string& text) {
  const auto time = time_from_text(text);
  if (!time) throw std::runtime_error("a stored time is not a time");
  return *time;
}

}  // namespace lockgate::store
