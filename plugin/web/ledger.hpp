// GET /ledger/...: what outsiders need to hold the record to its word.

#pragma once

#include <string>

#include "lockgate/store.hpp"
#include "plugin/net/message.hpp"

namespace lockgate::web {

// The latest checkpoint, a C2SP signed note; 404 while there is none.
net::Handler checkpoint_handler(Store& store);

// The key that checkpoints are verified with, in C2SP's form.
net::Handler verifier_key_handler(std::string verifier_key);

}  // namespace lockgate::web
