// SHA-256, in the text forms that Lockgate uses.

#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace lockgate::record {

using Hash = std::array<unsigned char, 32>;

Hash sha256(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);

std::string to_hex(const Hash& hash);                      // 64 lower-case digits
std::optional<Hash> hash_from_hex(std::string_view text);  // nullopt for anything else

std::string to_base64(std::string_view bytes);  // standard alphabet, padded
std::optional<std::string> from_base64(std::string_view text);
std::string to_base64url(std::string_view bytes);  // URL alphabet, not padded

}  // namespace lockgate::record
