#include "plugin/store/connection.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "plugin/store/soci_error.hpp"

namespace lockgate::store {

// Debian's SOCI hides the type information that dynamic_cast needs.
Rows::~Rows() {
  soci::details::statement_backend* const backend = statement_.get_backend();
  switch (kind_) {
    case Kind::sqlite:
      sqlite_api::sqlite3_reset(static_cast<soci::sqlite3_statement_backend*>(backend)->stmt_);
      break;
    case Kind::postgresql:
      static_cast<soci::postgresql_statement_backend*>(backend)->result_.reset();
      break;
  }
  statement_.bind_clean_up();
}

Connection::Connection(Kind kind, std::unique_ptr<soci::session> session)
    : kind_(kind), session_(std::move(session)) {}

soci::statement& Connection::prepared(std::string_view sql) {
  const auto found = prepared_.find(sql);
  if (found != prepared_.end()) return found->second;
  soci::statement statement(*session_);
  statement.alloc();
  statement.prepare(std::string(sql));
  return prepared_.emplace(sql, statement).first->second;
}

void Connection::run_script(std::string_view script) {
  while (true) {
    const auto end = script.find(';');
    if (end == std::string_view::npos) return;
    *session_ << std::string(script.substr(0, end));
    script.remove_prefix(end + 1);
  }
}

void Connection::begin() { run(kind_ == Kind::sqlite ? "BEGIN IMMEDIATE" : "BEGIN"); }

void Connection::commit() { run("COMMIT"); }

void Connection::rollback() { run("ROLLBACK"); }

bool Connection::lost(const std::exception& thrown) const {
  return kind_ == Kind::postgresql && (!session_->is_connected() || disconnecting(thrown));
}

}  // namespace lockgate::store
