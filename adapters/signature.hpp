// Standard Webhooks signatures: HMAC-SHA256 over "id.timestamp.body".

#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <sodium.h>

namespace lockgate::adapters {

using Mac = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

// A symmetric secret, ready to use.  The key itself is not kept, only HMAC's
// state after it; that is wiped in the end.
class Secret {
 public:
  // "whsec_" and standard base64, padded, of 24 to 64 bytes; nullopt otherwise.
  static std::optional<Secret> parse(std::string_view text);

  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  ~Secret() { sodium_memzero(&keyed_, sizeof keyed_); }

  // The MAC of the three with full stops between them.
  Mac mac(std::string_view id, std::string_view timestamp, std::string_view body) const;

 private:
  Secret() = default;
  crypto_auth_hmacsha256_state keyed_;
};

// The value of a webhook-signature field: "v1,<base64>".
std::string sign(const Secret& secret, std::string_view id, std::string_view timestamp,
                 std::string_view body);

// One entry of a webhook-signature field; nullopt for another version than v1
// and for what is not base64 of a MAC.
std::optional<Mac> read_signature(std::string_view entry);

// In constant time.
bool same(const Mac& a, const Mac& b);

}  // namespace lockgate::adapters
