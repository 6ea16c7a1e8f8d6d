#include "plugin/record/commitment.hpp"

#include <array>

#include "plugin/record/digest.hpp"

namespace lockgate::record {

TextId commitment(std::string_view salt, std::string_view text) {
  std::string bytes = "lockgate text\n";
  bytes.append(salt).append("\n").append(text);
  const Hash hash = sha256(bytes);
  return {to_base64url({reinterpret_cast<const char*>(hash.data()), hash.size()})};
}

Text make_text(Random& random, std::string text) {
  std::array<std::byte, 16> bytes;
  random.fill(bytes);
  std::string salt = to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  TextId id = commitment(salt, text);
  return {.id = std::move(id), .salt = std::move(salt), .text = std::move(text)};
}

}  // namespace lockgate::record
