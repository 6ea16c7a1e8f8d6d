// What a case system is told about a decision, read back from the record.

#pragma once

#include <string>

#include "lockgate/adapter.hpp"
#include "lockgate/result.hpp"
#include "lockgate/store.hpp"

namespace lockgate::gate {

// The decision that `promise` is about, whether or not it is still the latest:
// the history is folded up to it.  `due` gives the message's id.  Errc::internal
// if the history holds no such decision; else fails as the store does.
Result<Conclusion> conclusion_of(const Due& due, const WriteBack& promise, Store& store,
                                 const std::string& public_url);

}  // namespace lockgate::gate
