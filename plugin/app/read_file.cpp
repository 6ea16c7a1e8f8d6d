#include "plugin/app/read_file.hpp"

#include <iostream>

namespace lockgate::app {

Result<std::string> read_input(const std::string& path, std::size_t most) {
  return path == "-" ? rules::read_stream(std::cin, most) : read_file(path, most);
}

}  // namespace lockgate::app
