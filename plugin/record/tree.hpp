// The RFC 6962 Merkle tree over the ledger's entries.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/record/digest.hpp"

namespace lockgate::record {

// SHA-256(0x00 || entry): RFC 6962 section 2.1.
Hash leaf_hash(std::string_view entry);
// SHA-256(0x01 || left || right).
Hash node_hash(const Hash& left, const Hash& right);

// What is needed to append: the roots of the complete subtrees, largest first.
class Frontier {
 public:
  std::int64_t size() const { return size_; }
  void append(const Hash& leaf);
  Hash root() const;  // of no leaves: SHA-256 of nothing

  // "SIZE HASH HASH ...": hashes in hexadecimal.  And back; nullopt if the text
  // is not one.
  std::string to_text() const;
  static std::optional<Frontier> from_text(std::string_view text);

 private:
  std::int64_t size_ = 0;
  std::vector<Hash> roots_;
};

Hash root_of(std::span<const Hash> leaves);

// The path that proves `leaves[index]` to be in the tree of all `leaves`, from
// the leaf upwards.  index < leaves.size().
std::vector<Hash> inclusion_proof(std::span<const Hash> leaves, std::size_t index);
bool check_inclusion(const Hash& leaf, std::int64_t index, std::int64_t size,
                     std::span<const Hash> proof, const Hash& root);

}  // namespace lockgate::record
