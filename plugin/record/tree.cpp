#include "plugin/record/tree.hpp"

#include <bit>
#include <charconv>

namespace lockgate::record {
namespace {

std::string_view view(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// The largest power of two below `size`; size > 1.
std::size_t split(std::size_t size) { return std::bit_floor(size - 1); }

}  // namespace

Hash leaf_hash(std::string_view entry) {
  std::string bytes(1, '\0');
  bytes += entry;
  return sha256(bytes);
}

Hash node_hash(const Hash& left, const Hash& right) {
  std::string bytes(1, '\1');
  bytes.append(view(left)).append(view(right));
  return sha256(bytes);
}

void Frontier::append(const Hash& leaf) {
  roots_.push_back(leaf);
  for (std::int64_t size = size_; size & 1; size >>= 1) {
    const Hash right = roots_.back();
    roots_.pop_back();
    roots_.back() = node_hash(roots_.back(), right);
  }
  ++size_;
}

Hash Frontier::root() const {
  if (roots_.empty()) return sha256("");
  Hash root = roots_.back();
  for (auto left = roots_.rbegin() + 1; left != roots_.rend(); ++left) {
    root = node_hash(*left, root);
  }
  return root;
}

std::string Frontier::to_text() const {
  std::string text = std::to_string(size_);
  for (const Hash& hash : roots_) text += ' ' + to_hex(hash);
  return text;
}

std::optional<Frontier> Frontier::from_text(std::string_view text) {
  Frontier frontier;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), frontier.size_);
  if (error != std::errc() || frontier.size_ < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  while (!text.empty()) {
    const auto hash =
        text.size() < 65 || text.front() != ' ' ? std::nullopt : hash_from_hex(text.substr(1, 64));
    if (!hash) return std::nullopt;
    frontier.roots_.push_back(*hash);
    text.remove_prefix(65);
  }
  const auto size = static_cast<std::uint64_t>(frontier.size_);
  if (frontier.roots_.size() != static_cast<std::size_t>(std::popcount(size))) {
    return std::nullopt;
  }
  return frontier;
}

Hash root_of(std::span<const Hash> leaves) {
  Frontier frontier;
  for (const Hash& leaf : leaves) frontier.append(leaf);
  return frontier.root();
}

std::vector<Hash> inclusion_proof(std::span<const Hash> leaves, std::size_t index) {
  if (leaves.size() <= 1) return {};
  const std::size_t left = split(leaves.size());
  std::vector<Hash> proof;
  if (index < left) {
    proof = inclusion_proof(leaves.first(left), index);
    proof.push_back(root_of(leaves.subspan(left)));
  } else {
    proof = inclusion_proof(leaves.subspan(left), index - left);
    proof.push_back(root_of(leaves.first(left)));
  }
  return proof;
}

// RFC 9162 section 2.1.3.2.
bool check_inclusion(const Hash& leaf, std::int64_t index, std::int64_t size,
                     std::span<const Hash> proof, const Hash& root) {
  if (index < 0 || index >= size) return false;
  auto fn = static_cast<std::uint64_t>(index);
  auto sn = static_cast<std::uint64_t>(size - 1);
  Hash hash = leaf;
  for (const Hash& step : proof) {
    if (sn == 0) return false;
    if ((fn & 1) || fn == sn) {
      hash = node_hash(step, hash);
      while (!(fn & 1) && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      hash = node_hash(hash, step);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && hash == root;
}

}  // namespace lockgate::record
