#include "lockgate/ids.hpp"

#include <array>

namespace lockgate {

std::string new_id(std::string_view prefix, Random& random) {
  constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  std::array<std::byte, 16> bytes;
  random.fill(bytes);
  std::string id(prefix);
  id += '_';
  unsigned buffer = 0;
  int bits = 0;
  for (const std::byte byte : bytes) {
    buffer = buffer << 8 | std::to_integer<unsigned>(byte);
    bits += 8;
    for (; bits >= 5; bits -= 5) id += kAlphabet[buffer >> (bits - 5) & 31];
  }
  id += kAlphabet[buffer << (5 - bits) & 31];
  return id;
}

}  // namespace lockgate
