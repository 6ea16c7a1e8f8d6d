#include "plugin/store/connect.hpp"

#include <filesystem>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "plugin/store/soci_error.hpp"

namespace lockgate::store {
namespace {

using soci::into;

constexpr int kApplicationId = 0x4c4b4754;  // "LKGT"

// A server that does not answer, or a network that swallows what is sent, is
// noticed within 5 seconds.
constexpr const char* kKeywords[] = {"connect_timeout=5",     "keepalives_idle=2",
                                     "keepalives_interval=1", "keepalives_count=3",
                                     "tcp_user_timeout=5000", "fallback_application_name=lockgate"};

// What stands against the file before it is opened; empty if nothing does.
std::string fault_of(const std::filesystem::path& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) return "is a folder; name a file";
  if (file.native().find('"') != std::string::npos)
    return "has a quotation mark in its path; rename it";
  const std::filesystem::path log = file.native() + "-wal";
  if (!std::filesystem::exists(file, ignored) && std::filesystem::file_size(log, ignored) > 0 &&
      !ignored)
    return "is missing, but its write-ahead log is there and may hold decisions; put the file "
           "back beside it";
  return "";
}

std::string fault_of(int sqlite_code) {
  switch (sqlite_code) {
    case SQLITE_NOTADB:
      return "is another kind of file";
    case SQLITE_CORRUPT:
      return "is damaged; put a backup in its place";
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return "cannot be opened for writing; check that its folder is there and may be written";
    default:
      return "";
  }
}

// Empty if it is ours, or new and made ours.
std::string make_ours(Connection& connection) {
  int application = 0;
  int tables = 0;
  connection.run("PRAGMA application_id", into(application));
  connection.run("SELECT count(*) FROM sqlite_master", into(tables));
  if (application == kApplicationId) return "";
  if (application != 0 || tables != 0) return "belongs to another program";
  connection.run("PRAGMA application_id = " + std::to_string(kApplicationId));
  return "";
}

// Empty if the settings read back as they were made.
std::string make_durable(Connection& connection) {
  std::string mode;
  connection.run("PRAGMA journal_mode = wal", into(mode));
  connection.run("PRAGMA synchronous = FULL");
  connection.run("PRAGMA foreign_keys = ON");
  int number = 0;
  connection.run("PRAGMA wal_autocheckpoint = 0", into(number));
  long long bytes = 0;
  connection.run("PRAGMA journal_size_limit = 67108864", into(bytes));
  int synchronous = 0;
  connection.run("PRAGMA journal_mode", into(mode));
  connection.run("PRAGMA synchronous", into(synchronous));
  if (mode == "wal" && synchronous == 2) return "";
  return "cannot keep a write-ahead log where it is; move it to a local disk";
}

Result<std::unique_ptr<Connection>> open_sqlite(const std::string& path) {
  std::string fault = fault_of(std::filesystem::path(path));
  std::unique_ptr<Connection> connection;
  try {
    if (fault.empty()) {
      connection = std::make_unique<Connection>(
          Kind::sqlite,
          std::make_unique<soci::session>(soci::sqlite3, "db=\"" + path + "\" timeout=5"));
      fault = make_ours(*connection);
    }
    if (fault.empty()) fault = make_durable(*connection);
  } catch (const std::exception& thrown) {
    fault = fault_of(sqlite_code(thrown));
    if (fault.empty()) throw;
  }
  if (!fault.empty()) return fail(Errc::invalid, "the database `" + path + "` " + fault);
  return connection;
}

Result<std::unique_ptr<Connection>> open_postgresql(const std::string& text) {
  auto connection = std::make_unique<Connection>(
      Kind::postgresql, std::make_unique<soci::session>(soci::postgresql, text));
  std::string set;
  std::string fsync;
  std::string commit;
  connection->run(
      "SELECT set_config('statement_timeout', '5s', false) || set_config('lock_timeout', '3s',"
      " false) || set_config('idle_in_transaction_session_timeout', '10s', false) ||"
      " set_config('client_min_messages', 'warning', false), current_setting('fsync'),"
      " current_setting('synchronous_commit')",
      into(set), into(fsync), into(commit));
  for (const auto& [setting, value] : {std::pair("fsync", fsync), {"synchronous_commit", commit}}) {
    if (value == "off")
      return fail(Errc::invalid, std::string("PostgreSQL runs with `") + setting +
                                     " = off`: a crash would lose decisions; set it to `on`");
  }
  return connection;
}

}  // namespace

Result<Address> address_from(const std::string& url) {
  constexpr std::string_view kSqlite = "sqlite:";
  constexpr std::string_view kPostgres = "postgresql://";
  if (url.starts_with(kSqlite) && url.size() > kSqlite.size())
    return Address{Kind::sqlite, url.substr(kSqlite.size())};
  if (!url.starts_with(kPostgres))
    return fail(Errc::invalid,
                "the database address must begin with `sqlite:` or `postgresql://`; see `database` "
                "in lockgate.toml");
  const std::string rest = url.substr(kPostgres.size());
  const auto equals = rest.find('=');
  const bool keywords = equals != std::string::npos && rest.find_first_of("/?@:") > equals;
  std::string text = keywords ? rest : url;
  char joint = keywords ? ' ' : rest.find('?') == std::string::npos ? '?' : '&';
  for (const char* const keyword : kKeywords) {
    text += joint + std::string(keyword);
    if (joint == '?') joint = '&';
  }
  return Address{Kind::postgresql, std::move(text)};
}

Result<std::unique_ptr<Connection>> connect(const Address& address) {
  try {
    return address.kind == Kind::sqlite ? open_sqlite(address.text) : open_postgresql(address.text);
  } catch (const std::exception& thrown) {
    return tl::unexpected<Error>(error_of(thrown));
  }
}

}  // namespace lockgate::store
