// Does the ledger still say what was signed?

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lockgate/store.hpp"
#include "plugin/record/note.hpp"

namespace lockgate::gate {

struct Fault {
  std::int64_t index = -1;  // of the first bad entry; -1 if no single one can be named
  std::string what;         // "entry 17 differs from its leaf"
};

struct AuditReport {
  std::int64_t entries = 0;
  std::int64_t checkpoints = 0;
  std::int64_t pending = 0;                // entries that have no place yet
  std::vector<Fault> faults;               // empty: nothing was changed
  std::vector<std::string> not_ruled_out;  // what this audit cannot tell
};

// Reads all placed entries and checkpoints: every entry against its leaf, every
// index, every checkpoint's signature and root.  `earlier`: a checkpoint kept
// outside the database, against which the ledger must be an extension.  Fails
// as the store does; Errc::invalid if `earlier` is not signed with `key`.
Result<AuditReport> verify(Store& store, const record::VerifierKey& key,
                           const std::optional<std::string>& earlier = std::nullopt);

}  // namespace lockgate::gate
