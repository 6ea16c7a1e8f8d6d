// Which keys people write first.

#pragma once

#include <optional>
#include <vector>

#include "rules/keys.hpp"
#include "rules/toml_parts.hpp"

namespace lockgate::rules {

// The kind of table that `[[rule]]` and its like begin; none for other headers.
std::optional<FilePart> part_of(const WrittenLine& header);

// The lines of such a table in the order of its keys; unknown keys come last, as
// they stand.  A comment goes with the key below it.  One with a blank line below
// it stays where it is, and no key passes it; other blank lines are dropped.
std::vector<WrittenLine> in_order(std::vector<WrittenLine> body, FilePart part);

}  // namespace lockgate::rules
