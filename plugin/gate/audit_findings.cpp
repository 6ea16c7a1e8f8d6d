#include "plugin/gate/audit_findings.hpp"

#include <algorithm>
#include <utility>

namespace lockgate::gate {
namespace {

constexpr std::size_t kMostFaults = 100;

}  // namespace

void AuditFindings::fault(std::string what) { keep({-1, std::move(what)}); }

void AuditFindings::fault(std::int64_t index, std::string what) {
  if (index >= 0 && bad_.size() < 10 * kMostFaults && !bad_.insert(index).second) return;
  keep({index, std::move(what)});
}

void AuditFindings::keep(Fault fault) {
  if (report.faults.size() < kMostFaults) {
    report.faults.push_back(std::move(fault));
  } else {
    ++report.more_faults;
  }
}

AuditReport AuditFindings::take() {
  std::stable_sort(report.faults.begin(), report.faults.end(), [](const Fault& a, const Fault& b) {
    // As unsigned numbers, -1 comes last.
    return static_cast<std::uint64_t>(a.index) < static_cast<std::uint64_t>(b.index);
  });
  return std::move(report);
}

std::string entry_name(const std::optional<std::int64_t>& place) {
  return place ? "entry " + std::to_string(*place) : "an entry without a place";
}

}  // namespace lockgate::gate
