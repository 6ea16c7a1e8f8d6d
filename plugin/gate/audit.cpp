#include "plugin/gate/audit.hpp"

#include "plugin/record/tree.hpp"

namespace lockgate::gate {
namespace {

constexpr int kPage = 1000;

// Walks the entries in order and stops at each checkpoint.
class Audit {
 public:
  Audit(const record::VerifierKey& key, std::vector<LedgerHead> heads,
        std::optional<record::Checkpoint> earlier)
      : key_(key), heads_(std::move(heads)), earlier_(std::move(earlier)) {
    report_.checkpoints = static_cast<std::int64_t>(heads_.size());
  }

  void take(const PlacedEntry& entry) {
    ++report_.entries;
    if (entry.index != frontier_.size() && !gap_) {
      gap_ = true;
      report_.faults.push_back({frontier_.size(), "entry " + std::to_string(frontier_.size()) +
                                                      " is missing: the next is entry " +
                                                      std::to_string(entry.index)});
    }
    if (gap_) return;  // no root after a gap can be right
    const record::Hash leaf = record::leaf_hash(entry.body);
    if (record::to_hex(leaf) != entry.leaf_hash)
      report_.faults.push_back(
          {entry.index, "entry " + std::to_string(entry.index) + " differs from its leaf"});
    frontier_.append(leaf);
    compare();
  }

  AuditReport finish(const LedgerHead& head) {
    if (!gap_ && frontier_.size() != head.size)
      report_.faults.push_back(
          {frontier_.size(), "the ledger's head names " + std::to_string(head.size) +
                                 " entries, but there are " + std::to_string(frontier_.size())});
    if (head.size > 0 && (heads_.empty() || heads_.back().checkpoint != head.checkpoint))
      report_.faults.push_back({-1, "the ledger's head is not its last checkpoint"});
    for (; next_ < heads_.size() && !gap_; ++next_)
      report_.faults.push_back(
          {frontier_.size(), "a checkpoint names " + std::to_string(heads_[next_].size) +
                                 " entries, but there are " + std::to_string(frontier_.size())});
    if (earlier_ && !gap_ && earlier_->size > frontier_.size())
      report_.faults.push_back(
          {frontier_.size(), "the checkpoint kept outside names " + std::to_string(earlier_->size) +
                                 " entries, but there are " + std::to_string(frontier_.size())});
    if (!earlier_)
      report_.not_ruled_out.push_back(
          "whoever holds the ledger's key could have written all of it anew: compare with a "
          "checkpoint kept outside this database");
    return std::move(report_);
  }

 private:
  void compare() {
    const std::int64_t size = frontier_.size();
    for (; next_ < heads_.size() && heads_[next_].size <= size; ++next_) {
      const auto checkpoint = record::open_checkpoint(heads_[next_].checkpoint, key_);
      if (!checkpoint) {
        report_.faults.push_back({-1, "the checkpoint over " + std::to_string(heads_[next_].size) +
                                          " entries is not signed with the ledger's key"});
      } else if (checkpoint->size != size || checkpoint->root != frontier_.root()) {
        if (!differs_)
          report_.faults.push_back({-1, "the entries from " + std::to_string(agreed_) + " to " +
                                            std::to_string(size - 1) +
                                            " are not those that the checkpoint over " +
                                            std::to_string(size) + " entries was signed for"});
        differs_ = true;
      } else {
        agreed_ = size;
      }
    }
    if (earlier_ && earlier_->size == size && earlier_->root != frontier_.root())
      report_.faults.push_back({-1, "the first " + std::to_string(size) +
                                        " entries are not those of the checkpoint kept outside"});
  }

  const record::VerifierKey& key_;
  std::vector<LedgerHead> heads_;
  std::optional<record::Checkpoint> earlier_;
  AuditReport report_;
  record::Frontier frontier_;
  std::size_t next_ = 0;     // of heads_
  std::int64_t agreed_ = 0;  // the size of the last checkpoint that is right
  bool gap_ = false;
  bool differs_ = false;
};

}  // namespace

Result<AuditReport> verify(Store& store, const record::VerifierKey& key,
                           const std::optional<std::string>& earlier) {
  std::optional<record::Checkpoint> kept;
  if (earlier) {
    LOCKGATE_TRY(kept, record::open_checkpoint(*earlier, key));
  }
  // The head first: what is placed meanwhile is left for the next audit.
  LOCKGATE_TRY(const LedgerHead head, store.ledger_head());
  LOCKGATE_TRY(auto heads, store.checkpoints());
  while (!heads.empty() && heads.back().size > head.size && heads.size() > 1 &&
         heads[heads.size() - 2].size >= head.size)
    heads.pop_back();
  Audit audit(key, std::move(heads), std::move(kept));
  std::int64_t from = 0;
  while (from < head.size) {
    LOCKGATE_TRY(const auto page, store.placed_entries(from, kPage));
    for (const PlacedEntry& entry : page) {
      if (entry.index < head.size) audit.take(entry);
    }
    if (page.empty()) break;
    from = page.back().index + 1;
  }
  AuditReport report = audit.finish(head);
  LOCKGATE_TRY(report.pending, store.pending_entries());
  return report;
}

}  // namespace lockgate::gate
