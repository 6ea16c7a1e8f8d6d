// The part of an audit that reads the ledger: entries, tree and checkpoints.

#pragma once

#include <optional>

#include "lockgate/archive.hpp"
#include "plugin/gate/audit_findings.hpp"
#include "plugin/record/note.hpp"

namespace lockgate::gate {

// Every entry against its leaf hash, its place and its kind; every checkpoint's
// signature, root and frontier; the head; `earlier`.  Gives what else is to be
// compared with other tables.  Fails as the archive does.
Result<LedgerContents> audit_ledger(Archive& archive, const record::VerifierKey& key,
                                    const std::optional<record::Checkpoint>& earlier,
                                    AuditFindings& findings);

}  // namespace lockgate::gate
