#include "adapters/signature.hpp"

#include <algorithm>

namespace lockgate::adapters {
namespace {

constexpr std::string_view kSecretPrefix = "whsec_";
constexpr std::string_view kVersion = "v1,";
constexpr std::size_t kLeastKey = 24;
constexpr std::size_t kMostKey = 64;

// Padded standard base64 of at most N bytes; nullopt for anything else.
template <std::size_t N>
std::optional<std::size_t> decode(std::string_view text, std::array<unsigned char, N>& bytes) {
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(bytes.data(), N, text.data(), text.size(), nullptr, &size, &end,
                        sodium_base64_VARIANT_ORIGINAL) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  return size;
}

void update(crypto_auth_hmacsha256_state& state, std::string_view bytes) {
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()),
                                bytes.size());
}

}  // namespace

std::optional<Secret> Secret::parse(std::string_view text) {
  if (!text.starts_with(kSecretPrefix)) return std::nullopt;
  std::array<unsigned char, kMostKey> key;
  const auto size = decode(text.substr(kSecretPrefix.size()), key);
  std::optional<Secret> secret;
  if (size && *size >= kLeastKey) {
    secret = Secret();
    crypto_auth_hmacsha256_init(&secret->keyed_, key.data(), *size);
  }
  sodium_memzero(key.data(), key.size());
  return secret;
}

Mac Secret::mac(std::string_view id, std::string_view timestamp, std::string_view body) const {
  crypto_auth_hmacsha256_state state = keyed_;
  update(state, id);
  update(state, ".");
  update(state, timestamp);
  update(state, ".");
  update(state, body);
  Mac mac;
  crypto_auth_hmacsha256_final(&state, mac.data());
  sodium_memzero(&state, sizeof state);
  return mac;
}

std::string sign(const Secret& secret, std::string_view id, std::string_view timestamp,
                 std::string_view body) {
  constexpr std::size_t kText =
      sodium_base64_ENCODED_LEN(std::tuple_size_v<Mac>, sodium_base64_VARIANT_ORIGINAL);
  const Mac mac = secret.mac(id, timestamp, body);
  char text[kText];  // ends with a zero
  sodium_bin2base64(text, sizeof text, mac.data(), mac.size(), sodium_base64_VARIANT_ORIGINAL);
  return std::string(kVersion) + text;
}

std::optional<Mac> read_signature(std::string_view entry) {
  if (!entry.starts_with(kVersion)) return std::nullopt;
  Mac mac;
  const auto size = decode(entry.substr(kVersion.size()), mac);
  if (size != mac.size()) return std::nullopt;
  return mac;
}

bool same(const Mac& a, const Mac& b) { return sodium_memcmp(a.data(), b.data(), a.size()) == 0; }

}  // namespace lockgate::adapters
