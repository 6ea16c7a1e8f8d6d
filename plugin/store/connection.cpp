#include "plugin/store/connection.hpp"

#include <filesystem>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "plugin/store/soci_error.hpp"

namespace lockgate::store {
namespace {

constexpr int kApplicationId = 0x4c4b4754;  // "LKGT"

Result<std::unique_ptr<soci::session>> open_sqlite(const std::string& path) {
  if (std::filesystem::is_directory(path))
    return fail(Errc::invalid, "the database `" + path + "` is a folder; name a file");
  if (path.find('"') != std::string::npos)
    return fail(Errc::invalid, "the database's path holds a quotation mark; rename it");
  auto session = std::make_unique<soci::session>(soci::sqlite3, "db=\"" + path + "\" timeout=5");
  int application = 0;
  int tables = 0;
  try {
    *session << "PRAGMA application_id", soci::into(application);
    *session << "SELECT count(*) FROM sqlite_master", soci::into(tables);
  } catch (const soci::sqlite3_soci_error& thrown) {
    if ((thrown.result() & 0xff) == 26)
      return fail(Errc::invalid, "the file `" + path + "` is not a database");
    throw;
  }
  if (application != kApplicationId) {
    if (application != 0 || tables != 0)
      return fail(Errc::invalid, "the file `" + path + "` is another program's database");
    *session << "PRAGMA application_id = " + std::to_string(kApplicationId);
  }
  std::string mode;
  *session << "PRAGMA journal_mode = wal", soci::into(mode);
  *session << "PRAGMA synchronous = FULL";
  *session << "PRAGMA foreign_keys = ON";
  int pages = 0;
  *session << "PRAGMA wal_autocheckpoint = 10000", soci::into(pages);
  int synchronous = 0;
  *session << "PRAGMA journal_mode", soci::into(mode);
  *session << "PRAGMA synchronous", soci::into(synchronous);
  if (mode != "wal" || synchronous != 2)
    return fail(Errc::invalid,
                "the database `" + path + "` cannot keep a write-ahead log here; use a local disk");
  return session;
}

Result<std::unique_ptr<soci::session>> open_postgresql(const std::string& text) {
  auto session = std::make_unique<soci::session>(soci::postgresql, text);
  std::string fsync;
  std::string commit;
  *session << "SELECT current_setting('fsync'), current_setting('synchronous_commit')",
      soci::into(fsync), soci::into(commit);
  if (fsync != "on")
    return fail(Errc::invalid, "PostgreSQL runs with `fsync = off`; a crash would lose decisions");
  if (commit == "off")
    return fail(Errc::invalid,
                "PostgreSQL runs with `synchronous_commit = off`; a crash would lose decisions");
  *session << "SET statement_timeout = '15s'";
  *session << "SET idle_in_transaction_session_timeout = '60s'";
  *session << "SET client_min_messages = warning";
  return session;
}

}  // namespace

Result<Address> address_from(const std::string& url) {
  constexpr std::string_view kSqlite = "sqlite:";
  constexpr std::string_view kPostgres = "postgresql://";
  if (url.starts_with(kSqlite) && url.size() > kSqlite.size())
    return Address{Kind::sqlite, url.substr(kSqlite.size())};
  if (url.starts_with(kPostgres)) {
    const std::string rest = url.substr(kPostgres.size());
    const auto equals = rest.find('=');
    if (equals != std::string::npos && rest.find_first_of("/?@:") > equals)
      return Address{Kind::postgresql, rest + " connect_timeout=5"};
    const char* const joint = rest.find('?') == std::string::npos ? "?" : "&";
    return Address{Kind::postgresql, url + joint + "connect_timeout=5"};
  }
  return fail(Errc::invalid,
              "the database address must begin with `sqlite:` or `postgresql://`; see `database` "
              "in lockgate.toml");
}

Result<std::unique_ptr<soci::session>> connect(const Address& address) {
  try {
    return address.kind == Kind::sqlite ? open_sqlite(address.text) : open_postgresql(address.text);
  } catch (const std::exception& thrown) {
    return tl::unexpected<Error>(error_of(thrown));
  }
}

}  // namespace lockgate::store
