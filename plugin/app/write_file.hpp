// Files written whole or not at all.

#pragma once

#include <filesystem>
#include <string_view>

#include "lockgate/result.hpp"

namespace lockgate::app {

// Puts `bytes` in the place of what a file that is there holds, in one step: whoever
// reads it meanwhile, and whoever finds it after a failure, sees one or the other
// whole.  Its mode stays, and a link still points to it.  Errc::unavailable if it
// cannot be written; then it is as it was.  The message does not name the file.
Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace lockgate::app
