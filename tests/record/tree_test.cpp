#include "plugin/record/tree.hpp"

#include <gtest/gtest.h>

#include "plugin/record/canonical.hpp"
#include "plugin/record/commitment.hpp"

namespace lockgate::record {
namespace {

std::vector<Hash> leaves(int count) {
  std::vector<Hash> hashes;
  for (int i = 0; i < count; ++i) hashes.push_back(leaf_hash("entry " + std::to_string(i)));
  return hashes;
}

// RFC 6962 section 2.1, word for word.
Hash naive_root(std::span<const Hash> hashes) {
  if (hashes.empty()) return sha256("");
  if (hashes.size() == 1) return hashes[0];
  std::size_t k = 1;
  while (k * 2 < hashes.size()) k *= 2;
  return node_hash(naive_root(hashes.first(k)), naive_root(hashes.subspan(k)));
}

TEST(Tree, HasTheKnownHashesOfNothingAndOfAnEmptyLeaf) {
  EXPECT_EQ(to_hex(Frontier().root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(leaf_hash("")),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST(Tree, GivesTheRootThatTheRfcDefines) {
  for (int size = 0; size <= 70; ++size) {
    EXPECT_EQ(root_of(leaves(size)), naive_root(leaves(size))) << size;
  }
}

TEST(Tree, KeepsItsFrontierAsText) {
  Frontier frontier;
  for (int i = 0; i < 40; ++i) {
    const auto again = Frontier::from_text(frontier.to_text());
    ASSERT_TRUE(again) << i;
    EXPECT_EQ(again->root(), frontier.root());
    EXPECT_EQ(again->size(), i);
    frontier.append(leaf_hash(std::to_string(i)));
  }
  for (const char* bad : {"", "x", "-1", "1", "2 ab", "0 ", "1 zz"}) {
    EXPECT_FALSE(Frontier::from_text(bad)) << bad;
  }
}

TEST(Tree, ProvesEveryLeafAndNothingElse) {
  for (int size = 1; size <= 20; ++size) {
    const std::vector<Hash> all = leaves(size);
    const Hash root = root_of(all);
    for (int index = 0; index < size; ++index) {
      std::vector<Hash> proof = inclusion_proof(all, static_cast<std::size_t>(index));
      EXPECT_TRUE(check_inclusion(all[static_cast<std::size_t>(index)], index, size, proof, root));
      EXPECT_FALSE(check_inclusion(leaf_hash("other"), index, size, proof, root));
      EXPECT_FALSE(
          check_inclusion(all[static_cast<std::size_t>(index)], index + 1, size, proof, root));
      proof.push_back(root);
      EXPECT_FALSE(check_inclusion(all[static_cast<std::size_t>(index)], index, size, proof, root));
    }
  }
}

TEST(Canonical, SortsMembersAndRefusesDoubles) {
  const boost::json::value value =
      boost::json::parse(R"({"b":[1,null,true],"a":{"d":"\u0007é","c":-5}})");
  EXPECT_EQ(canonical(value), "{\"a\":{\"c\":-5,\"d\":\"\\u0007é\"},\"b\":[1,null,true]}");
  EXPECT_EQ(canonical(boost::json::array{}), "[]");
  EXPECT_EQ(canonical(boost::json::object{}), "{}");
  EXPECT_THROW(canonical(boost::json::value(0.5)), std::logic_error);
}

class CountingRandom final : public Random {
 public:
  void fill(std::span<std::byte> bytes) override {
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(next_++);
  }

 private:
  int next_ = 0;
};

TEST(Commitment, FitsItsTextAloneAndDiffersEachTime) {
  CountingRandom random;
  const Text one = make_text(random, "We think it is safe.");
  const Text two = make_text(random, "We think it is safe.");
  EXPECT_NE(one.id, two.id);
  EXPECT_EQ(one.id.text.size(), 43u);
  EXPECT_EQ(commitment(one.salt, one.text), one.id);
  EXPECT_NE(commitment(one.salt, "We think it is not safe."), one.id);
  EXPECT_NE(commitment(two.salt, one.text), one.id);
}

}  // namespace
}  // namespace lockgate::record
