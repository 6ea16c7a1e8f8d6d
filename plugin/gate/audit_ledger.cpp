#include "plugin/gate/audit_ledger.hpp"

#include <array>
#include <deque>
#include <string>
#include <utility>

#include <boost/json.hpp>

#include "plugin/record/tree.hpp"

namespace lockgate::gate {
namespace {

namespace json = boost::json;

constexpr int kPage = 500;

constexpr std::array<std::string_view, 8> kOfEvents{
    "check",         "vote",          "deadline",        "lesson",
    "ballot_opened", "ballot_closed", "ballot_extended", "decision"};

std::string number(std::int64_t value) { return std::to_string(value); }

// The text of a member of an entry; empty if it has none.
std::string text_of(const json::object& entry, std::string_view name) {
  const json::value* value = entry.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

// Sorts an entry by its kind.
class Contents {
 public:
  explicit Contents(AuditFindings& findings) : findings_(findings) {}

  void take(const StoredEntry& entry) {
    const std::int64_t index = entry.place.value_or(-1);
    json::error_code error;
    const json::value parsed = json::parse(entry.body, error);
    const json::object* body = error ? nullptr : parsed.if_object();
    const std::string type = body == nullptr ? std::string() : text_of(*body, "type");
    if (type.empty() || type != entry.kind) {
      findings_.fault(
          index, entry_name(entry.place) + " is not what a `" + entry.kind + "` entry looks like");
    }
    if (type == "rule_set") {
      contents_.rule_sets.emplace(entry.body, index);
    } else if (type == "member") {
      take_member(entry, *body);
    } else if (std::find(kOfEvents.begin(), kOfEvents.end(), type) != kOfEvents.end()) {
      ++contents_.of_events;
    } else if (type == entry.kind) {
      findings_.fault(index,
                      entry_name(entry.place) + " is of a kind that Lockgate does not write");
    }
  }

  LedgerContents take_all() { return std::move(contents_); }

 private:
  void take_member(const StoredEntry& entry, const json::object& body) {
    const auto at = time_from_text(text_of(body, "at"));
    if (!at) {
      return findings_.fault(entry.place.value_or(-1), entry_name(entry.place) + " has no time");
    }
    auto& latest = contents_.members[text_of(body, "member")];
    if (!latest.body.empty() && latest.at > *at) return;
    latest = {*at, entry.body, entry.place.value_or(-1)};
  }

  AuditFindings& findings_;
  LedgerContents contents_;
};

// Appends the entries in order and stops at each checkpoint.
class LedgerAudit {
 public:
  LedgerAudit(Archive& archive, const record::VerifierKey& key,
              const std::optional<record::Checkpoint>& earlier, AuditFindings& findings)
      : archive_(archive), key_(key), earlier_(earlier), findings_(findings), contents_(findings) {}

  Result<LedgerContents> run() {
    LOCKGATE_TRY(const LedgerHead head, archive_.ledger_head());
    LOCKGATE_CHECK(compare());
    for (std::int64_t last = -1;;) {
      LOCKGATE_TRY(const std::vector<StoredEntry> page, archive_.placed_entries(last, kPage));
      if (page.empty()) break;
      for (const StoredEntry& entry : page) {
        LOCKGATE_CHECK(append(entry));
      }
      last = page.back().place.value_or(last + 1);
    }
    LOCKGATE_CHECK(compare_head(head));
    LOCKGATE_CHECK(take_pending());
    return contents_.take_all();
  }

 private:
  Result<void> append(const StoredEntry& entry) {
    ++findings_.report.entries;
    contents_.take(entry);
    const std::int64_t index = entry.place.value_or(-1);
    const record::Hash leaf = record::leaf_hash(entry.body);
    if (record::to_hex(leaf) != entry.leaf_hash) {
      findings_.fault(index, "entry " + number(index) + " differs from its leaf hash");
    }
    if (index != frontier_.size() && !gap_) {
      gap_ = true;
      findings_.fault(frontier_.size(), "entry " + number(frontier_.size()) +
                                            " is missing: the next is entry " + number(index));
    }
    if (gap_) return {};  // no root after a gap can be right
    frontier_.append(leaf);
    return compare();
  }

  // The checkpoints over exactly as many entries as there are now.
  Result<void> compare() {
    const std::int64_t size = frontier_.size();
    if (earlier_ && earlier_->size == size && earlier_->root != frontier_.root()) {
      findings_.fault("the first " + number(size) +
                      " entries are not those of the checkpoint kept outside");
    }
    for (;;) {
      LOCKGATE_TRY(const LedgerHead* next, next_checkpoint());
      if (next == nullptr || next->size > size) return {};
      compare_with(*next);
      checkpoints_.pop_front();
    }
  }

  void compare_with(const LedgerHead& head) {
    ++findings_.report.checkpoints;
    last_checkpoint_ = head.checkpoint;
    const std::int64_t size = frontier_.size();
    const std::string name = "the checkpoint over " + number(head.size) + " entries";
    const auto checkpoint = record::open_checkpoint(head.checkpoint, key_);
    if (!checkpoint) return findings_.fault(name + " is not signed with the ledger's key");
    if (checkpoint->origin != key_.name || checkpoint->size != head.size) {
      return findings_.fault(name + " is that of another ledger or size");
    }
    if (checkpoint->root != frontier_.root()) {
      if (!differs_) {
        findings_.fault("one of the entries from " + number(agreed_) + " to " + number(size - 1) +
                        " is not what the checkpoint over " + number(size) +
                        " entries was signed for");
      }
      differs_ = true;
      return;
    }
    agreed_ = size;
    if (head.frontier != frontier_.to_text()) {
      findings_.fault("the frontier kept with " + name + " is not that of its entries");
    }
  }

  Result<void> compare_head(const LedgerHead& head) {
    const std::int64_t size = frontier_.size();
    if (!gap_ && size != head.size) {
      findings_.fault(std::min(size, head.size), "the ledger's head names " + number(head.size) +
                                                     " entries, but there are " + number(size));
    }
    if (!gap_ && !differs_ && size == head.size && size > 0 &&
        head.frontier != frontier_.to_text()) {
      findings_.fault("the frontier of the ledger's head is not that of its entries");
    }
    bool first = true;
    for (;;) {
      LOCKGATE_TRY(const LedgerHead* next, next_checkpoint());
      if (next == nullptr) break;
      ++findings_.report.checkpoints;
      last_checkpoint_ = next->checkpoint;
      if (!gap_ && first) {
        findings_.fault(size, "a checkpoint names " + number(next->size) +
                                  " entries, but there are " + number(size));
      }
      first = false;
      checkpoints_.pop_front();
    }
    if (last_checkpoint_ != head.checkpoint) {
      findings_.fault("the ledger's head is not its last checkpoint");
    }
    if (earlier_ && !gap_ && earlier_->size > size) {
      findings_.fault(size, "the checkpoint kept outside names " + number(earlier_->size) +
                                " entries, but there are " + number(size) +
                                ": this may be an old backup");
    }
    return {};
  }

  Result<void> take_pending() {
    for (std::string last;;) {
      LOCKGATE_TRY(const std::vector<StoredEntry> page, archive_.pending_entries(last, kPage));
      if (page.empty()) return {};
      for (const StoredEntry& entry : page) contents_.take(entry);
      findings_.report.pending += static_cast<std::int64_t>(page.size());
      last = page.back().id;
    }
  }

  // nullptr after the last.
  Result<const LedgerHead*> next_checkpoint() {
    if (checkpoints_.empty() && !read_all_) {
      LOCKGATE_TRY(std::vector<LedgerHead> page, archive_.checkpoints(last_read_, kPage));
      read_all_ = page.empty();
      if (!read_all_) last_read_ = page.back().size;
      checkpoints_.assign(std::make_move_iterator(page.begin()),
                          std::make_move_iterator(page.end()));
    }
    return checkpoints_.empty() ? nullptr : &checkpoints_.front();
  }

  Archive& archive_;
  const record::VerifierKey& key_;
  const std::optional<record::Checkpoint>& earlier_;
  AuditFindings& findings_;
  Contents contents_;
  record::Frontier frontier_;
  std::deque<LedgerHead> checkpoints_;  // read, not yet compared
  std::int64_t last_read_ = -1;         // the size of the last that was read
  bool read_all_ = false;
  std::string last_checkpoint_;
  std::int64_t agreed_ = 0;  // the size of the last checkpoint that is right
  bool gap_ = false;
  bool differs_ = false;
};

}  // namespace

Result<LedgerContents> audit_ledger(Archive& archive, const record::VerifierKey& key,
                                    const std::optional<record::Checkpoint>& earlier,
                                    AuditFindings& findings) {
  return LedgerAudit(archive, key, earlier, findings).run();
}

}  // namespace lockgate::gate
