#include "plugin/record/note.hpp"

#include <charconv>
#include <cstring>

#include <sodium.h>

namespace lockgate::record {
namespace {

constexpr char kEd25519 = 1;  // signed-note: signature type
constexpr std::string_view kKeyFile = "LOCKGATE-LEDGER-KEY ";
constexpr std::string_view kDash = "\xe2\x80\x94";  // em dash, U+2014

template <std::size_t N>
std::string_view view(const std::array<unsigned char, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}

// The first four bytes of SHA-256(name || "\n" || type || key).
std::string key_hash(const VerifierKey& key) {
  std::string bytes = key.name + '\n' + kEd25519;
  bytes += view(key.key);
  return std::string(view(sha256(bytes)).substr(0, 4));
}

bool is_name(std::string_view name) {
  return !name.empty() && name.find_first_of(" +\n\t") == std::string_view::npos;
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

}  // namespace

std::string VerifierKey::to_text() const {
  std::string hex;
  for (const char c : key_hash(*this)) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return name + '+' + hex + '+' + to_base64(std::string(1, kEd25519) + std::string(view(key)));
}

Result<VerifierKey> VerifierKey::from_text(std::string_view text) {
  const std::size_t first = text.find('+');
  const std::size_t second = first == text.npos ? first : text.find('+', first + 1);
  VerifierKey key;
  if (second != text.npos) {
    const auto bytes = from_base64(text.substr(second + 1));
    if (bytes && bytes->size() == 33 && bytes->front() == kEd25519) {
      key.name = text.substr(0, first);
      std::memcpy(key.key.data(), bytes->data() + 1, 32);
      if (is_name(key.name) && key.to_text() == text) return key;
    }
  }
  return fail(Errc::invalid, "this is not a verifier key NAME+HASH+KEY");
}

SigningKey SigningKey::generate(std::string name, Random& random) {
  SigningKey key;
  key.name_ = std::move(name);
  random.fill(std::as_writable_bytes(std::span(key.seed_)));
  return key;
}

std::string SigningKey::to_text() const {
  return std::string(kKeyFile) + name_ + ' ' + to_base64(view(seed_)) + '\n';
}

Result<SigningKey> SigningKey::from_text(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.starts_with(kKeyFile)) {
    text.remove_prefix(kKeyFile.size());
    const std::size_t space = text.find(' ');
    const auto seed = space == text.npos ? std::nullopt : from_base64(text.substr(space + 1));
    SigningKey key;
    if (seed && seed->size() == key.seed_.size() && is_name(text.substr(0, space))) {
      key.name_ = text.substr(0, space);
      std::memcpy(key.seed_.data(), seed->data(), seed->size());
      return key;
    }
  }
  return fail(Errc::invalid, "this is not a ledger key");
}

VerifierKey SigningKey::verifier() const {
  VerifierKey verifier{.name = name_};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret;
  crypto_sign_seed_keypair(verifier.key.data(), secret.data(), seed_.data());
  sodium_memzero(secret.data(), secret.size());
  return verifier;
}

std::string SigningKey::sign(std::string_view body) const {
  VerifierKey verifier{.name = name_};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret;
  crypto_sign_seed_keypair(verifier.key.data(), secret.data(), seed_.data());
  std::array<unsigned char, crypto_sign_BYTES> signature;
  crypto_sign_detached(signature.data(), nullptr,
                       reinterpret_cast<const unsigned char*>(body.data()), body.size(),
                       secret.data());
  sodium_memzero(secret.data(), secret.size());
  std::string note(body);
  note += '\n';
  note.append(kDash).append(" ").append(name_).append(" ");
  note += to_base64(key_hash(verifier) + std::string(view(signature)));
  note += '\n';
  return note;
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  return key.sign(checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' +
                  to_base64(view(checkpoint.root)) + '\n');
}

Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key) {
  const auto refuse = [](std::string why) { return fail(Errc::invalid, std::move(why)); };
  const std::size_t end = note.rfind("\n\n");
  if (end == note.npos) return refuse("this is not a signed note");
  const std::string_view body = note.substr(0, end + 1);
  std::string_view signatures = note.substr(end + 2);
  bool good = false;
  while (!good && !signatures.empty()) {
    std::string_view line = take_line(signatures);
    const std::string mine = std::string(kDash) + ' ' + key.name + ' ';
    if (!line.starts_with(mine)) continue;
    const auto bytes = from_base64(line.substr(mine.size()));
    if (!bytes || bytes->size() != 4 + crypto_sign_BYTES || bytes->substr(0, 4) != key_hash(key)) {
      continue;
    }
    good = crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(bytes->data()) + 4,
                                       reinterpret_cast<const unsigned char*>(body.data()),
                                       body.size(), key.key.data()) == 0;
  }
  if (!good) return refuse("no signature of `" + key.name + "` fits this checkpoint");

  std::string_view rest = body;
  Checkpoint checkpoint;
  checkpoint.origin = take_line(rest);
  const std::string_view size = take_line(rest);
  const auto [stop, error] =
      std::from_chars(size.data(), size.data() + size.size(), checkpoint.size);
  const auto root = from_base64(take_line(rest));
  if (error != std::errc() || stop != size.data() + size.size() || checkpoint.size < 0 || !root ||
      root->size() != checkpoint.root.size()) {
    return refuse("the note is signed, but it is not a checkpoint");
  }
  std::memcpy(checkpoint.root.data(), root->data(), root->size());
  return checkpoint;
}

}  // namespace lockgate::record
