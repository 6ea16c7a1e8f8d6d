// Sessions with the database, opened with the settings that durability needs.

#pragma once

#include <memory>
#include <string>

#include <soci/soci.h>

#include "lockgate/result.hpp"

namespace lockgate::store {

enum class Kind { sqlite, postgresql };

struct Address {
  Kind kind = Kind::sqlite;
  std::string text;  // the path, or what libpq takes
};

// Errc::invalid for an address we do not understand.
Result<Address> address_from(const std::string& url);

// Errc::invalid if it is not ours or its settings could lose a promise;
// Errc::unavailable if it does not answer.
Result<std::unique_ptr<soci::session>> connect(const Address& address);

}  // namespace lockgate::store
