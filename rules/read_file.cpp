#include "rules/read_file.hpp"

#include <fstream>
#include <istream>

namespace lockgate::rules {

Result<std::string> read_stream(std::istream& in, std::size_t most) {
  std::string text;
  char part[16 * 1024];
  while (in.read(part, sizeof part), in.gcount() > 0) {
    text.append(part, static_cast<std::size_t>(in.gcount()));
    if (text.size() > most) {
      return fail(Errc::too_large, "is larger than " + std::to_string(most) + " bytes");
    }
  }
  if (in.bad()) return fail(Errc::unavailable, "cannot be read");
  return text;
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t most) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    return fail(Errc::not_found, "is not there");
  }
  if (!std::filesystem::is_regular_file(status)) return fail(Errc::unavailable, "is not a file");
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(Errc::unavailable, "cannot be read");
  return read_stream(in, most);
}

}  // namespace lockgate::rules
