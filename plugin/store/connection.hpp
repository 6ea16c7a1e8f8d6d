// One connection with the database, and the statements that it has prepared.

#pragma once

#include <exception>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <soci/soci.h>

namespace lockgate::store {

enum class Kind { sqlite, postgresql };

// The rows of one statement.  It must end before the statement runs again.
class Rows {
 public:
  Rows(Kind kind, soci::statement& statement) : kind_(kind), statement_(statement) {}
  ~Rows();  // lets go of the variables and of what the statement locks
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  // Puts the next row into the variables named with `into`; false after the
  // last.  The first call runs the statement.
  bool next() { return begun_ ? statement_.fetch() : (begun_ = true, statement_.execute(true)); }

  // How many rows it inserted, updated or deleted.
  long long changed() { return statement_.get_affected_rows(); }

 private:
  const Kind kind_;
  soci::statement& statement_;
  bool begun_ = false;
};

// For one thread at a time.  Everything throws what SOCI throws.
class Connection {
 public:
  Connection(Kind kind, std::unique_ptr<soci::session> session);

  Kind kind() const { return kind_; }

  // `sql` with the variables that it uses, in order, and those that a row goes
  // into.  All of them must outlive the rows.
  template <class... Variables>
  Rows query(std::string_view sql, const Variables&... variables) {
    soci::statement& statement = prepared(sql);
    (statement.exchange(variables), ...);
    statement.define_and_bind();
    return {kind_, statement};
  }

  // Runs `sql`, which gives one row at most.  True if it gave one.
  template <class... Variables>
  bool run(std::string_view sql, const Variables&... variables) {
    return query(sql, variables...).next();
  }

  // Runs `sql`, which changes rows.  Gives how many.
  template <class... Variables>
  long long change(std::string_view sql, const Variables&... variables) {
    Rows rows = query(sql, variables...);
    rows.next();
    return rows.changed();
  }

  // Runs each statement of `script`, separated by semicolons.
  void run_script(std::string_view script);

  void begin();  // for writing
  void commit();
  void rollback();

  // The connection is gone, or `thrown` says that it is about to be: another
  // one may do better.  Never true of SQLite.
  bool lost(const std::exception& thrown) const;

  // The statement of `sql` without variables, for what `query` cannot say.
  soci::statement& prepared(std::string_view sql);

  soci::session& session() { return *session_; }

 private:
  const Kind kind_;
  std::unique_ptr<soci::session> session_;
  std::map<std::string, soci::statement, std::less<>> prepared_;  // by their text
};

}  // namespace lockgate::store
