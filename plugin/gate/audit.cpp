#include "plugin/gate/audit.hpp"

#include "lockgate/archive.hpp"
#include "plugin/gate/audit_findings.hpp"
#include "plugin/gate/audit_history.hpp"
#include "plugin/gate/audit_ledger.hpp"
#include "plugin/gate/audit_tables.hpp"

namespace lockgate::gate {
namespace {

// "1 text was", "3 texts were"
std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

void say_what_cannot_be_told(const std::optional<record::Checkpoint>& earlier,
                             const HistoryTotals& totals, AuditReport& report) {
  auto& unknown = report.not_ruled_out;
  if (!earlier) {
    unknown.push_back(
        "whoever holds the ledger's key could have written all of it anew, or put back an old "
        "backup: compare with a checkpoint kept outside this database");
  } else if (earlier->size < report.entries) {
    unknown.push_back(
        "whoever holds the ledger's key could have written anew what came after the " +
        counted(earlier->size, "entry", "entries") + " of the checkpoint kept outside");
  }
  if (report.pending > 0) {
    unknown.push_back(counted(report.pending, "entry has", "entries have") +
                      " no place in the ledger yet: until they are signed for, they could be "
                      "changed together with the rest, or removed");
  }
  if (report.erased > 0) {
    unknown.push_back(counted(report.erased, "text is", "texts are") +
                      " erased: what it was that the record commits to cannot be shown any more");
  }
  if (totals.another_engine > 0) {
    unknown.push_back(counted(totals.another_engine, "check was", "checks were") +
                      " made by another version of Lockgate and not computed again");
  }
  if (totals.erased_checks > 0) {
    unknown.push_back(counted(totals.erased_checks, "check was", "checks were") +
                      " not computed again: a fact that it used is erased");
  }
  if (totals.unreadable_rules > 0) {
    unknown.push_back(counted(totals.unreadable_rules, "check was", "checks were") +
                      " not computed again: this version of Lockgate cannot read its rules");
  }
}

}  // namespace

Result<AuditReport> verify(Store& store, const record::VerifierKey& key,
                           const std::optional<std::string>& earlier) {
  std::optional<record::Checkpoint> kept;
  if (earlier) {
    LOCKGATE_TRY(kept, record::open_checkpoint(*earlier, key));
  }
  LOCKGATE_TRY(const std::unique_ptr<Archive> archive, store.archive());
  AuditFindings findings;
  LOCKGATE_TRY(const RecordSize size, archive->size());
  LOCKGATE_TRY(const LedgerContents ledger, audit_ledger(*archive, key, kept, findings));
  LOCKGATE_TRY(const auto rule_sets, audit_rule_sets(*archive, ledger, findings));
  LOCKGATE_TRY(const HistoryTotals totals, audit_histories(*archive, rule_sets, findings));
  LOCKGATE_CHECK(audit_texts(*archive, findings));
  LOCKGATE_CHECK(audit_deliveries(*archive, totals.deliveries != size.deliveries, findings));
  LOCKGATE_CHECK(audit_members(*archive, ledger, findings));
  if (totals.entries != ledger.of_events) {
    LOCKGATE_CHECK(audit_strays(*archive, findings));
  }
  if (findings.report.events != size.events) {
    findings.fault(counted(size.events - findings.report.events, "event belongs", "events belong") +
                   " to no prototype, or could not be reached");
  }
  if (totals.promises != size.promises && findings.report.faults.empty()) {
    findings.fault(counted(size.promises - totals.promises, "promise belongs", "promises belong") +
                   " to no prototype");
  }
  say_what_cannot_be_told(kept, totals, findings.report);
  return findings.take();
}

}  // namespace lockgate::gate
