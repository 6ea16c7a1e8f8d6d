#include "rules/content_hash.hpp"

#include <array>
#include <cstdint>

#include <sodium.h>

namespace lockgate::rules {
namespace {

void add(crypto_hash_sha256_state& state, std::string_view bytes) {
  std::array<unsigned char, 8> length{};  // little-endian
  for (std::size_t i = 0; i < length.size(); ++i) {
    length[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(bytes.size()) >> (8 * i));
  }
  crypto_hash_sha256_update(&state, length.data(), length.size());
  crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()),
                            bytes.size());
}

}  // namespace

std::string content_hash(std::span<const SourceFile> files) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (const SourceFile& file : files) {
    add(state, file.path);
    add(state, file.bytes);
  }
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256_final(&state, hash.data());
  std::string text(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
  text.pop_back();  // the terminating zero
  return text;
}

}  // namespace lockgate::rules
