// SOCI's exceptions as our Errors.

#pragma once

#include <exception>

#include "lockgate/result.hpp"

namespace lockgate::store {

// What SOCI threw, in our words: its own quote bound values.  Errc::unavailable
// for a database that is busy, full or gone, else Errc::internal.
Error error_of(const std::exception& thrown);

// SQLite's result code without its details; 0 if it is another exception.
int sqlite_code(const std::exception& thrown);

// PostgreSQL undid the transaction because of another one: run it again.
bool serialization(const std::exception& thrown);

// PostgreSQL is closing the connection.
bool disconnecting(const std::exception& thrown);

}  // namespace lockgate::store
