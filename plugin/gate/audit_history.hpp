// The part of an audit that folds every history once more.

#pragma once

#include <cstdint>

#include "lockgate/archive.hpp"
#include "plugin/gate/audit_findings.hpp"

namespace lockgate::gate {

// What the histories lead to, to be held against the other tables.
struct HistoryTotals {
  std::int64_t entries = 0;         // stored entries that an event accounts for
  std::int64_t promises = 0;        // likewise
  std::int64_t deliveries = 0;      // likewise
  std::int64_t another_engine = 0;  // checks that were not recomputed, and why
  std::int64_t erased_checks = 0;
  std::int64_t unreadable_rules = 0;
};

// Every event of every prototype through workflow::decide; the state, entries,
// promises and deliveries that come of it; every check recomputed whose rule set
// is sound.  Fails as the archive does.
Result<HistoryTotals> audit_histories(Archive& archive, const KeptRuleSets& rule_sets,
                                      AuditFindings& findings);

}  // namespace lockgate::gate
