// Salted commitments: what stands in the record for a text that may have to be
// erased.  Without salt and text nobody can tell what it was; with them anybody
// can check that it was this.

#pragma once

#include <string>
#include <string_view>

#include "lockgate/ids.hpp"
#include "lockgate/store.hpp"

namespace lockgate::record {

// base64url(SHA-256("lockgate text\n" salt "\n" text)), 43 characters.
TextId commitment(std::string_view salt, std::string_view text);

// The text with a new salt of 128 random bits and its id.
Text make_text(Random& random, std::string text);

}  // namespace lockgate::record
