// Files that people wrote, or the standard input, read whole.

#pragma once

#include <cstddef>
#include <string>

#include "rules/read_file.hpp"

namespace lockgate::app {

using rules::kLargestFile;
using rules::read_file;

// As rules::read_file; "-" is standard input.
Result<std::string> read_input(const std::string& path, std::size_t most = kLargestFile);

}  // namespace lockgate::app
