#include "plugin/store/soci_error.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace lockgate::store {
namespace {

// Empty if PostgreSQL did not throw it.
std::string sqlstate(const std::exception& thrown) {
  const auto* postgres = dynamic_cast<const soci::postgresql_soci_error*>(&thrown);
  return postgres ? postgres->sqlstate() : "";
}

Error sqlite_error(int code) {
  const std::string number = " (sqlite error " + std::to_string(code) + ")";
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Errc::unavailable, "the database is locked by another program"};
    case SQLITE_IOERR:
      return {Errc::unavailable, "the database's disk failed" + number};
    case SQLITE_FULL:
      return {Errc::unavailable, "the database's disk is full"};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return {Errc::unavailable, "the database file cannot be opened for writing" + number};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {Errc::internal, "the database file is damaged" + number};
    default:
      return {Errc::internal, "the database refused a statement" + number};
  }
}

Error postgres_error(const std::string& state) {
  if (state == "55P03") return {Errc::unavailable, "the database is locked by another program"};
  if (state == "57014") return {Errc::unavailable, "the database took too long"};
  if (state == "53100") return {Errc::unavailable, "the database's disk is full"};
  if (state.starts_with("22") || state.starts_with("23") || state.starts_with("42"))
    return {Errc::internal, "the database refused a statement (sqlstate " + state + ")"};
  return {Errc::unavailable, "the database does not answer as it should (sqlstate " + state + ")"};
}

}  // namespace

int sqlite_code(const std::exception& thrown) {
  const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&thrown);
  return sqlite ? sqlite->result() & 0xff : 0;
}

Error error_of(const std::exception& thrown) {
  if (const int code = sqlite_code(thrown)) return sqlite_error(code);
  const std::string state = sqlstate(thrown);
  if (state.find_first_not_of(' ') != std::string::npos) return postgres_error(state);
  if (dynamic_cast<const soci::soci_error*>(&thrown))
    return {Errc::unavailable, "the database does not answer"};
  return {Errc::internal, "the store failed"};
}

bool serialization(const std::exception& thrown) {
  const std::string state = sqlstate(thrown);
  return state == "40001" || state == "40P01";
}

bool disconnecting(const std::exception& thrown) {
  const std::string state = sqlstate(thrown);
  return state.starts_with("57P") || state.starts_with("08");
}

}  // namespace lockgate::store
