// Whose prototype it is: names that a case system gives -> members and ids.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "lockgate/prototype.hpp"
#include "lockgate/store.hpp"

namespace lockgate::gate {

// "prt_" and 128 bits of the hash of source and case key: the same case has the
// same prototype, whichever process meets it first.
PrototypeId prototype_id(const CaseRef& about);

// The members whose login or one of whose aliases is among `names`, compared
// without ASCII case and without the space around them.  Fails as the stores do.
Result<std::vector<MemberId>> own_members(std::span<const std::string> names, BoardStore& board,
                                          Store& store);

}  // namespace lockgate::gate
