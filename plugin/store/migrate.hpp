// Brings the tables up to date.

#pragma once

#include <soci/soci.h>

#include "lockgate/result.hpp"
#include "plugin/store/connection.hpp"

namespace lockgate::store {

// In one transaction; others that start at the same time wait.  Errc::invalid
// if the schema is newer than this program.
Result<void> migrate(soci::session& session, Kind kind);

}  // namespace lockgate::store
