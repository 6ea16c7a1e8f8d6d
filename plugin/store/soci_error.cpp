#include "plugin/store/soci_error.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace lockgate::store {

Error error_of(const std::exception& thrown) {
  if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&thrown)) {
    const int code = sqlite->result() & 0xff;
    const std::string number = std::to_string(code);
    switch (code) {
      case 5:
      case 6:
        return {Errc::unavailable, "the database is locked by another program"};
      case 10:
        return {Errc::unavailable, "the database's disk failed (sqlite error 10)"};
      case 13:
        return {Errc::unavailable, "the database's disk is full"};
      case 8:
      case 14:
        return {Errc::unavailable,
                "the database file cannot be opened for writing (sqlite error " + number + ")"};
      case 11:
      case 26:
        return {Errc::internal, "the database file is damaged (sqlite error " + number + ")"};
      default:
        return {Errc::internal, "the database refused a statement (sqlite error " + number + ")"};
    }
  }
  if (const auto* postgres = dynamic_cast<const soci::postgresql_soci_error*>(&thrown)) {
    const std::string state = postgres->sqlstate();
    const std::string klass = state.substr(0, 2);
    if (klass == "22" || klass == "23" || klass == "42")
      return {Errc::internal, "the database refused a statement (sqlstate " + state + ")"};
    return {Errc::unavailable,
            "the database does not answer as it should (sqlstate " + state + ")"};
  }
  if (dynamic_cast<const soci::soci_error*>(&thrown))
    return {Errc::unavailable, "the database does not answer"};
  return {Errc::internal, "the store failed"};
}

bool serialization(const std::exception& thrown) {
  const auto* postgres = dynamic_cast<const soci::postgresql_soci_error*>(&thrown);
  return postgres && (postgres->sqlstate() == "40001" || postgres->sqlstate() == "40P01");
}

}  // namespace lockgate::store
