// Signed notes and checkpoints: C2SP signed-note and tlog-checkpoint, Ed25519.

#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "lockgate/ids.hpp"
#include "lockgate/result.hpp"
#include "plugin/record/digest.hpp"

namespace lockgate::record {

// Checks; may be given to anybody.
struct VerifierKey {
  std::string name;  // the ledger's origin: no spaces, no plus sign
  std::array<unsigned char, 32> key{};

  // "NAME+HASH+KEY", as `vkey` in signed-note.
  std::string to_text() const;
  static Result<VerifierKey> from_text(std::string_view text);
};

// Signs; stays in the ledger's key file.
class SigningKey {
 public:
  static SigningKey generate(std::string name, Random& random);

  // "LOCKGATE-LEDGER-KEY NAME SEED": the whole content of a key file.
  std::string to_text() const;
  // Errc::invalid, which does not quote the text.
  static Result<SigningKey> from_text(std::string_view text);

  VerifierKey verifier() const;
  // `body` ends with a newline; gives body, an empty line and the signature line.
  std::string sign(std::string_view body) const;

 private:
  std::string name_;
  std::array<unsigned char, 32> seed_{};
};

struct Checkpoint {
  std::string origin;
  std::int64_t size = 0;
  Hash root{};
};

std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);

// The checkpoint of a note if `key` signed it.  Errc::invalid otherwise.
Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key);

}  // namespace lockgate::record
