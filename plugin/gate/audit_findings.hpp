// What an audit has found so far.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "lockgate/time.hpp"
#include "plugin/gate/audit.hpp"

namespace lockgate::gate {

// For one thread.
class AuditFindings {
 public:
  AuditReport report;

  // A fault of no single entry.
  void fault(std::string what);
  // The first fault of an entry counts; more of the same entry add nothing.
  void fault(std::int64_t index, std::string what);

  // The bad entries first, by index.
  AuditReport take();

 private:
  void keep(Fault fault);

  std::set<std::int64_t> bad_;
};

// What the ledger holds beside the entries of events.  As many as there are rule
// sets and accounts.
struct LedgerContents {
  struct MemberEntry {
    UtcTime at;
    std::string body;
    std::int64_t index = -1;  // -1: pending
  };
  std::int64_t of_events = 0;                     // entries, pending ones included
  std::map<std::string, std::int64_t> rule_sets;  // body -> index
  std::map<std::string, MemberEntry> members;     // login -> the latest entry
};

// Hashes of the rule sets that are kept.
struct KeptRuleSets {
  std::set<std::string> all;
  std::set<std::string> sound;  // whose files are those that judged
};

// "entry 17", or what to call one that has no place.
std::string entry_name(const std::optional<std::int64_t>& place);

}  // namespace lockgate::gate
