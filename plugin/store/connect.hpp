// Connections with the database, opened with the settings that durability needs.

#pragma once

#include <memory>
#include <string>

#include "lockgate/result.hpp"
#include "plugin/store/connection.hpp"

namespace lockgate::store {

struct Address {
  Kind kind = Kind::sqlite;
  std::string text;  // the path, or what libpq takes
};

// Errc::invalid for an address we do not understand.
Result<Address> address_from(const std::string& url);

// Errc::invalid if it is not ours, cannot be written or has settings that could
// lose a promise; Errc::unavailable if it does not answer within 5 seconds.
// SQLite checkpoints nothing by itself: the writer does.
Result<std::unique_ptr<Connection>> connect(const Address& address);

}  // namespace lockgate::store
