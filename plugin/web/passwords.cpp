#include "plugin/web/passwords.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include <sodium.h>

#include "plugin/web/common_passwords.hpp"

namespace lockgate::web {
namespace {

// OWASP's smallest setting for argon2id; libsodium's parallelism is 1.
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = std::size_t{19} << 20;

// The hash of random bytes that nobody kept.
constexpr const char* kNobodys =
    "$argon2id$v=19$m=19456,t=2,p=1$1967q8Vga0N4RtA9ROjQ8Q$"
    "q3oEpVk0YiZ1UO14CgfqBVWm5dlCchdrHPPVERkfzVs";

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80); }

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

// "Liverpool2024!" -> "liverpool": people add digits and marks at the ends.
std::string_view stem_of(std::string_view lower) {
  while (!lower.empty() && !is_letter(lower.back())) lower.remove_suffix(1);
  while (!lower.empty() && !is_letter(lower.front())) lower.remove_prefix(1);
  return lower;
}

// "aaaaaaaa", "12121212", "23456789", "hgfedcba".
bool is_monotonous(std::string_view text) {
  if (std::set<char>(text.begin(), text.end()).size() <= 2) return true;
  for (const int step : {1, -1}) {
    const auto breaks = std::adjacent_find(text.begin(), text.end(),
                                           [&](char one, char next) { return next - one != step; });
    if (breaks == text.end()) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> refusal_of(std::string_view password, std::string_view login) {
  const std::size_t length = characters(password);
  if (length == 0) return "Enter a password";
  if (length < 8) return "Password must be 8 characters or more";
  if (length > 128) return "Password must be 128 characters or fewer";
  const std::string lower = lower_case(password);
  if (is_common_password(lower) || is_common_password(stem_of(lower)) || is_monotonous(lower) ||
      (!login.empty() && stem_of(lower) == stem_of(login))) {
    return "Choose a password that is harder to guess, like three words that have nothing to do "
           "with each other";
  }
  return std::nullopt;
}

// One of the few that may hash now.
class Passwords::Turn {
 public:
  explicit Turn(Passwords& passwords) : passwords_(passwords) {
    std::unique_lock lock(passwords_.mutex_);
    if (passwords_.running_ >= passwords_.limits_.at_once &&
        passwords_.waiting_ >= passwords_.limits_.waiting) {
      return;
    }
    ++passwords_.waiting_;
    passwords_.ended_.wait(lock, [&] { return passwords_.running_ < passwords_.limits_.at_once; });
    --passwords_.waiting_;
    ++passwords_.running_;
    has_it_ = true;
  }
  ~Turn() {
    if (!has_it_) return;
    {
      const std::lock_guard lock(passwords_.mutex_);
      --passwords_.running_;
    }
    passwords_.ended_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  explicit operator bool() const { return has_it_; }

 private:
  Passwords& passwords_;
  bool has_it_ = false;
};

Passwords::Passwords() : Passwords(Limits{}) {}

Passwords::Passwords(Limits limits) : limits_(limits) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium could not be initialised");
}

Result<std::string> Passwords::hash(std::string_view password) {
  const Turn turn(*this);
  if (!turn) return fail(Errc::unavailable, "too many passwords are being checked");
  std::array<char, crypto_pwhash_STRBYTES> encoded{};
  if (crypto_pwhash_str(encoded.data(), password.data(), password.size(), kPasses, kMemory) != 0) {
    return fail(Errc::unavailable, "there is no memory to hash a password");
  }
  return std::string(encoded.data());
}

Result<bool> Passwords::is_right(const std::string& encoded, std::string_view password) {
  const Turn turn(*this);
  if (!turn) return fail(Errc::unavailable, "too many passwords are being checked");
  const char* const against = encoded.empty() ? kNobodys : encoded.c_str();
  const bool right = crypto_pwhash_str_verify(against, password.data(), password.size()) == 0;
  return right && !encoded.empty();
}

}  // namespace lockgate::web
