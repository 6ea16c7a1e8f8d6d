// The outside view of events: what stands in the ledger.

#pragma once

#include <vector>

#include "lockgate/event.hpp"
#include "lockgate/store.hpp"

namespace lockgate::record {

// The entries of one event, in order: what happened (check, vote, deadline,
// lesson) with the hash of the whole event, then what came of it
// (ballot_opened, ballot_extended, ballot_closed, decision).  Canonical bytes;
// every one has `type`, `prototype` (PR number), `version` and `at`.  No free
// text, no names, no facts: only commitments to them.  A pure function, so that
// an audit can derive the same bytes from the history.
std::vector<Entry> entries_for(const Prototype& before, const Event& event, const Prototype& after);

// An account was added or changed.
Entry member_entry(const Member& member, UtcTime at);

// A rule set is about to judge for the first time.
Entry rule_set_entry(const std::string& hash, UtcTime at);

}  // namespace lockgate::record
