#include "plugin/record/note.hpp"

#include <gtest/gtest.h>

namespace lockgate::record {
namespace {

class FixedRandom final : public Random {
 public:
  explicit FixedRandom(unsigned char seed) : seed_(seed) {}
  void fill(std::span<std::byte> bytes) override {
    for (std::byte& byte : bytes) byte = std::byte{seed_};
  }

 private:
  unsigned char seed_;
};

SigningKey key(unsigned char seed = 7) {
  FixedRandom random(seed);
  return SigningKey::generate("lockgate.example/council", random);
}

Checkpoint checkpoint() {
  return {.origin = "lockgate.example/council", .size = 42, .root = sha256("root")};
}

TEST(Note, ACheckpointIsOpenedByTheKeyThatSignedIt) {
  const std::string note = sign_checkpoint(checkpoint(), key());
  const auto opened = open_checkpoint(note, key().verifier());
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->origin, "lockgate.example/council");
  EXPECT_EQ(opened->size, 42);
  EXPECT_EQ(opened->root, sha256("root"));
}

TEST(Note, HasTheFormThatC2spSpecifies) {
  const std::string note = sign_checkpoint(checkpoint(), key());
  EXPECT_TRUE(note.starts_with("lockgate.example/council\n42\n")) << note;
  EXPECT_NE(note.find("\n\n\xe2\x80\x94 lockgate.example/council "), std::string::npos) << note;
  EXPECT_TRUE(note.ends_with("=\n") || note.ends_with("\n")) << note;
}

TEST(Note, AnyChangedByteIsRefused) {
  const std::string note = sign_checkpoint(checkpoint(), key());
  for (std::size_t i = 0; i + 1 < note.size(); ++i) {
    std::string changed = note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    const auto opened = open_checkpoint(changed, key().verifier());
    EXPECT_FALSE(opened) << "byte " << i;
  }
}

TEST(Note, AnotherKeyOfTheSameNameIsRefused) {
  const std::string note = sign_checkpoint(checkpoint(), key(7));
  EXPECT_FALSE(open_checkpoint(note, key(8).verifier()));
}

TEST(Note, KeysKeepTheirTextForms) {
  const auto again = SigningKey::from_text(key().to_text());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->verifier().to_text(), key().verifier().to_text());
  const auto verifier = VerifierKey::from_text(key().verifier().to_text());
  ASSERT_TRUE(verifier);
  EXPECT_EQ(verifier->key, key().verifier().key);
  EXPECT_FALSE(SigningKey::from_text("LOCKGATE-LEDGER-KEY x short"));
  EXPECT_FALSE(VerifierKey::from_text("a+00000000+AAAA"));
}

}  // namespace
}  // namespace lockgate::record
