// Files that people wrote, read whole.

#pragma once

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <string>

#include "lockgate/result.hpp"

namespace lockgate::rules {

inline constexpr std::size_t kLargestFile = 1 << 20;

// Errc::not_found if there is no such file, Errc::too_large beyond `most` bytes,
// Errc::unavailable if it cannot be read.  The message is about the file, which
// it does not name.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t most = kLargestFile);

// The same of what is open already, to its end.
Result<std::string> read_stream(std::istream& in, std::size_t most = kLargestFile);

}  // namespace lockgate::rules
