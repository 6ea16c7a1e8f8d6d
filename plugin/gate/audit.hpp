// Is the record what was signed, and does it follow from itself?

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lockgate/store.hpp"
#include "plugin/record/note.hpp"

namespace lockgate::gate {

struct Fault {
  std::int64_t index = -1;  // of the bad entry; -1 if no single one can be named
  std::string what;         // "entry 17 differs from its leaf hash"
};

struct AuditReport {
  std::int64_t entries = 0;      // with a place in the ledger
  std::int64_t checkpoints = 0;  // signed
  std::int64_t pending = 0;      // entries that have no place yet
  std::int64_t prototypes = 0;
  std::int64_t events = 0;
  std::int64_t deliveries = 0;
  std::int64_t texts = 0;
  std::int64_t erased = 0;    // texts that the record commits to and that are gone
  std::int64_t replayed = 0;  // checks that were recomputed and came out the same
  std::int64_t skipped = 0;   // checks that could not be recomputed
  std::int64_t rule_sets = 0;
  std::vector<Fault> faults;               // the first bad entry first; 100 at most
  std::int64_t more_faults = 0;            // beyond those
  std::vector<std::string> not_ruled_out;  // what this audit cannot tell
};

// Derives all of it again, as it is at one moment:
// - every entry in the ledger against its leaf hash and its place, every
//   checkpoint's signature, root and frontier;
// - every event of every history through workflow::decide: it must lead to the
//   stored state, make the stored entries byte for byte and the stored promises,
//   and be the one its delivery points to;
// - every check from the facts it kept and the rule set it names, where the
//   engine is this one and no text it needs was erased;
// - every text against the commitment to it, every kept body, rule set and
//   account against its hash or entry.
// `earlier`: a checkpoint kept outside the database, of which the ledger must be
// an extension.  Takes memory for a page of each table, whatever their size.
// Fails as the store does; Errc::invalid if `earlier` is not signed with `key`.
Result<AuditReport> verify(Store& store, const record::VerifierKey& key,
                           const std::optional<std::string>& earlier = std::nullopt);

}  // namespace lockgate::gate
