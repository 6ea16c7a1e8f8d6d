// Brings the tables up to date.

#pragma once

#include "lockgate/result.hpp"
#include "plugin/store/connection.hpp"

namespace lockgate::store {

// In one transaction; others that start at the same time wait.  Errc::invalid
// if the schema is newer than this program.
Result<void> migrate(Connection& connection);

}  // namespace lockgate::store
