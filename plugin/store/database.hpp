// The one database: SQLite or PostgreSQL, through SOCI.

#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "lockgate/result.hpp"
#include "lockgate/store.hpp"

namespace lockgate::store {

// Both seams over one database.  The destructor finishes what was handed to
// `commit` before; no other call may run then.
class Database : public Store, public BoardStore {};

struct Options {
  int sessions = 4;             // connections for reading (PostgreSQL: for everything); at least 1
  std::size_t waiting = 10000;  // what may wait for SQLite's writer
  std::chrono::milliseconds patience{5000};  // for a connection, when all are in use
};

// Opens the database and brings its tables up to date.  `url`: "sqlite:PATH",
// "postgresql://user@host/name" or "postgresql://" with libpq keywords.
// Errc::invalid for an address we do not understand, a file that is not ours, a
// newer schema or settings that could lose a promise; Errc::unavailable if the
// database does not answer.  The error never holds the address's password.
Result<std::unique_ptr<Database>> open(const std::string& url, const Options& options = {});

}  // namespace lockgate::store
