#include "plugin/store/migrate.hpp"

#include <string_view>

#include "plugin/store/soci_error.hpp"

namespace lockgate::store {

extern const char* const kInitialSchema;

namespace {

constexpr int kNewest = 1;

void run_all(soci::session& session, std::string_view script) {
  while (true) {
    const auto end = script.find(';');
    if (end == std::string_view::npos) return;
    session << std::string(script.substr(0, end));
    script.remove_prefix(end + 1);
  }
}

}  // namespace

Result<void> migrate(soci::session& session, Kind kind) {
  bool begun = false;
  try {
    session << (kind == Kind::sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
    begun = true;
    if (kind == Kind::postgresql) {
      session << "SELECT pg_advisory_xact_lock(1280002900)";
    }
    session << "CREATE TABLE IF NOT EXISTS lockgate_schema (version INTEGER PRIMARY KEY)";
    int version = 0;
    session << "SELECT COALESCE(MAX(version), 0) FROM lockgate_schema", soci::into(version);
    if (version > kNewest) {
      session << "ROLLBACK";
      return fail(Errc::invalid,
                  "the database was written by a newer Lockgate; start that version");
    }
    if (version < 1) {
      run_all(session, kInitialSchema);
      session << "INSERT INTO lockgate_schema (version) VALUES (1)";
    }
    session << "COMMIT";
    return {};
  } catch (const std::exception& thrown) {
    Error error = error_of(thrown);
    if (begun) {
      try {
        session << "ROLLBACK";
      } catch (const std::exception&) {
        // The session is thrown away; so is its transaction.
        return tl::unexpected<Error>(std::move(error));
      }
    }
    return tl::unexpected<Error>(std::move(error));
  }
}

}  // namespace lockgate::store
