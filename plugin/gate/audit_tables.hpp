// The part of an audit that reads what stands beside ledger and histories:
// texts, deliveries, rule sets, accounts.

#pragma once

#include "lockgate/archive.hpp"
#include "plugin/gate/audit_findings.hpp"

namespace lockgate::gate {

// All fail as the archive does.

// Every text against its commitment.
Result<void> audit_texts(Archive& archive, AuditFindings& findings);

// Every body that is still kept against its hash.  `pointed`: whether each
// delivery must be shown to point to an event, because some do not.
Result<void> audit_deliveries(Archive& archive, bool pointed, AuditFindings& findings);

// Every rule set's files against its hash and its entry.
Result<KeptRuleSets> audit_rule_sets(Archive& archive, const LedgerContents& ledger,
                                     AuditFindings& findings);

// Every account against its latest entry.
Result<void> audit_members(Archive& archive, const LedgerContents& ledger, AuditFindings& findings);

// Names the entries that no event accounts for.
Result<void> audit_strays(Archive& archive, AuditFindings& findings);

}  // namespace lockgate::gate
