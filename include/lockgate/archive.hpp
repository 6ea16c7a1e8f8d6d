// The whole record as it was at one moment, page by page: what an audit reads.
// Rows are given as they are stored, so that every byte of them can be checked.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lockgate/ids.hpp"
#include "lockgate/result.hpp"
#include "lockgate/store.hpp"

namespace lockgate {

struct StoredState {
  PrototypeId id;
  std::int64_t version = 0;
  std::int64_t number = 0;
  std::string updated_at;
  std::string state;  // record/json_codec
};

struct StoredEvent {
  std::int64_t version = 0;
  std::string event;  // record/json_codec
};

struct StoredEntry {
  std::string id;                     // the store's own key
  std::optional<std::int64_t> place;  // in the ledger; none: pending
  std::string kind;
  std::string body;
  std::string leaf_hash;  // empty while pending
};

struct StoredPromise {
  std::string id;
  SourceId source;
  DecisionId decision;
  std::string effect;  // record/json_codec
};

struct StoredRuleSet {
  std::string hash;
  std::string at;
};

// How many rows there are.
struct RecordSize {
  std::int64_t prototypes = 0;
  std::int64_t events = 0;
  std::int64_t entries = 0;
  std::int64_t promises = 0;
  std::int64_t deliveries = 0;  // without those that were ignored
};

// For one thread.  Every call may fail with Errc::unavailable or Errc::internal.
// A page holds up to `most` rows that come after a key, in the order of keys;
// the last one holds fewer.
class Archive {
 public:
  virtual ~Archive() = default;

  virtual Result<RecordSize> size() = 0;

  virtual Result<std::vector<StoredState>> states(const PrototypeId& after, std::size_t most) = 0;
  // Errc::not_found if there is none.
  virtual Result<StoredState> state_numbered(std::int64_t number) = 0;
  virtual Result<std::vector<StoredEvent>> events(const PrototypeId& prototype, std::int64_t after,
                                                  std::size_t most) = 0;
  // The entries that were written with the prototype's events of that moment, in order.
  virtual Result<std::vector<StoredEntry>> entries_of(const PrototypeId& prototype, UtcTime at) = 0;
  virtual Result<std::vector<StoredPromise>> promises(const PrototypeId& prototype) = 0;

  virtual Result<LedgerHead> ledger_head() = 0;
  virtual Result<std::vector<LedgerHead>> checkpoints(std::int64_t after, std::size_t most) = 0;
  virtual Result<std::vector<StoredEntry>> placed_entries(std::int64_t after, std::size_t most) = 0;
  virtual Result<std::vector<StoredEntry>> pending_entries(const std::string& after,
                                                           std::size_t most) = 0;

  virtual Result<std::vector<Text>> texts(const TextId& after, std::size_t most) = 0;
  // By id; those that were erased are left out.
  virtual Result<std::vector<Text>> texts(const std::vector<TextId>& ids) = 0;

  virtual Result<std::vector<StoredDelivery>> deliveries(const SourceId& source,
                                                         const std::string& after,
                                                         std::size_t most) = 0;
  // Without body and answer.  Errc::not_found if there is none.
  virtual Result<StoredDelivery> delivery(const SourceId& source, const std::string& id) = 0;

  virtual Result<std::vector<StoredRuleSet>> rule_sets() = 0;
  // Path and bytes, by path.
  virtual Result<std::vector<std::pair<std::string, std::string>>> rule_files(
      const std::string& hash) = 0;

  virtual Result<std::vector<Member>> members() = 0;
};

}  // namespace lockgate
