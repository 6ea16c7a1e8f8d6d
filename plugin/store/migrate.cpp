#include "plugin/store/migrate.hpp"

#include "plugin/store/soci_error.hpp"

namespace lockgate::store {

extern const char* const kInitialSchema;

namespace {

constexpr int kNewest = 1;
constexpr const char* kLock = "SELECT pg_advisory_xact_lock(1280002900)";  // a number of our own

}  // namespace

// An error leaves the transaction to the connection's end.
Result<void> migrate(Connection& connection) {
  try {
    connection.begin();
    if (connection.kind() == Kind::postgresql) {
      connection.run("SET LOCAL statement_timeout = 0");
      connection.run("SET LOCAL lock_timeout = 0");
      connection.run(kLock);
    }
    connection.run("CREATE TABLE IF NOT EXISTS lockgate_schema (version INTEGER PRIMARY KEY)");
    int version = 0;
    connection.run("SELECT COALESCE(MAX(version), 0) FROM lockgate_schema", soci::into(version));
    if (version > kNewest)
      return fail(Errc::invalid,
                  "the database was written by a newer Lockgate; start that version");
    if (version < 1) {
      connection.run_script(kInitialSchema);
      connection.run("INSERT INTO lockgate_schema (version) VALUES (1)");
    }
    connection.commit();
    return {};
  } catch (const std::exception& thrown) {
    return tl::unexpected<Error>(error_of(thrown));
  }
}

}  // namespace lockgate::store
