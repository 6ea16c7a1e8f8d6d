#include "plugin/gate/audit_tables.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "plugin/record/commitment.hpp"
#include "plugin/record/digest.hpp"
#include "plugin/record/entries.hpp"
#include "plugin/record/json_codec.hpp"
#include "rules/content_hash.hpp"

namespace lockgate::gate {
namespace {

constexpr int kPage = 500;
constexpr int kDeliveryPage = 50;  // each may have a body of 256 KiB

Result<std::optional<Event>> event_at(Archive& archive, const PrototypeId& prototype,
                                      std::int64_t version) {
  LOCKGATE_TRY(const std::vector<StoredEvent> found, archive.events(prototype, version - 1, 1));
  if (found.empty() || found.front().version != version) return std::optional<Event>();
  auto event = record::event_from_json(found.front().event);
  return event ? std::optional<Event>(*std::move(event)) : std::nullopt;
}

Result<void> audit_pointer(Archive& archive, const StoredDelivery& delivery,
                           AuditFindings& findings) {
  if (delivery.prototype.empty()) return {};
  LOCKGATE_TRY(const auto event, event_at(archive, delivery.prototype, delivery.version));
  const auto* checked = event ? std::get_if<Checked>(&event->what) : nullptr;
  if (checked == nullptr || checked->delivery != delivery.id ||
      checked->about.source != delivery.source) {
    findings.fault("the delivery " + delivery.id + " of " + delivery.source.text +
                   " points to an event that is not its own");
  }
  return {};
}

// Whether an event accounts for the entry: it is among those written with it.
Result<bool> is_accounted_for(Archive& archive, const StoredEntry& entry) {
  boost::json::error_code error;
  const boost::json::value parsed = boost::json::parse(entry.body, error);
  const auto* body = error ? nullptr : parsed.if_object();
  const auto* prototype = body == nullptr ? nullptr : body->if_contains("prototype");
  const auto* version = body == nullptr ? nullptr : body->if_contains("version");
  if (prototype == nullptr) return true;  // of another kind, compared elsewhere
  if (!prototype->is_string() || version == nullptr || !version->is_int64()) return false;
  const auto number = number_from_display(prototype->as_string());
  if (!number) return false;
  const auto state = archive.state_numbered(*number);
  if (!state) {
    if (state.error().code != Errc::not_found) return tl::unexpected(state.error());
    return false;
  }
  LOCKGATE_TRY(const auto event, event_at(archive, state->id, version->as_int64()));
  if (!event) return false;
  LOCKGATE_TRY(const std::vector<StoredEntry> own, archive.entries_of(state->id, event->at));
  return std::any_of(own.begin(), own.end(),
                     [&](const StoredEntry& each) { return each.id == entry.id; });
}

Result<void> audit_stray(Archive& archive, const StoredEntry& entry, AuditFindings& findings) {
  LOCKGATE_TRY(const bool accounted, is_accounted_for(archive, entry));
  if (!accounted) {
    findings.fault(entry.place.value_or(-1),
                   entry_name(entry.place) + " tells of nothing that happened");
  }
  return {};
}

}  // namespace

Result<void> audit_texts(Archive& archive, AuditFindings& findings) {
  for (TextId last;;) {
    LOCKGATE_TRY(const std::vector<Text> page, archive.texts(last, kPage));
    if (page.empty()) return {};
    for (const Text& text : page) {
      ++findings.report.texts;
      if (record::commitment(text.salt, text.text) != text.id) {
        findings.fault("the text " + text.id.text + " is not the one that was committed to");
      }
    }
    last = page.back().id;
  }
}

Result<void> audit_deliveries(Archive& archive, bool pointed, AuditFindings& findings) {
  SourceId source;
  for (std::string last;;) {
    LOCKGATE_TRY(const auto page, archive.deliveries(source, last, kDeliveryPage));
    if (page.empty()) return {};
    for (const StoredDelivery& delivery : page) {
      ++findings.report.deliveries;
      if (!delivery.body.empty() && record::sha256_hex(delivery.body) != delivery.body_hash) {
        findings.fault("the body of delivery " + delivery.id + " of " + delivery.source.text +
                       " is not the one that came");
      }
      if (pointed) {
        LOCKGATE_CHECK(audit_pointer(archive, delivery, findings));
      }
    }
    source = page.back().source;
    last = page.back().id;
  }
}

Result<KeptRuleSets> audit_rule_sets(Archive& archive, const LedgerContents& ledger,
                                     AuditFindings& findings) {
  std::map<std::string, std::int64_t> unclaimed = ledger.rule_sets;
  KeptRuleSets hashes;
  LOCKGATE_TRY(const std::vector<StoredRuleSet> sets, archive.rule_sets());
  for (const StoredRuleSet& set : sets) {
    ++findings.report.rule_sets;
    hashes.all.insert(set.hash);
    std::int64_t index = -1;
    const auto at = time_from_text(set.at);
    const auto entry =
        at ? unclaimed.find(record::rule_set_entry(set.hash, *at).body) : unclaimed.end();
    if (entry == unclaimed.end()) {
      findings.fault("the rule set " + set.hash + " has no entry");
    } else {
      index = entry->second;
      unclaimed.erase(entry);
    }
    LOCKGATE_TRY(auto kept, archive.rule_files(set.hash));
    std::vector<rules::SourceFile> files;
    for (auto& [path, bytes] : kept) files.push_back({std::move(path), std::move(bytes)});
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    if (rules::content_hash(files) == set.hash) {
      hashes.sound.insert(set.hash);
    } else {
      findings.fault(index, "the files of rule set " + set.hash + " are not those that judged" +
                                (index < 0 ? "" : " (entry " + std::to_string(index) + ')'));
    }
  }
  for (const auto& [body, index] : unclaimed) {
    findings.fault(index,
                   (index < 0 ? "an entry without a place" : "entry " + std::to_string(index)) +
                       " names a rule set that is not kept");
  }
  return hashes;
}

Result<void> audit_members(Archive& archive, const LedgerContents& ledger,
                           AuditFindings& findings) {
  auto unclaimed = ledger.members;
  LOCKGATE_TRY(const std::vector<Member> members, archive.members());
  for (const Member& member : members) {
    std::vector<TextId> ids = member.aliases;
    ids.push_back(member.name);
    std::erase_if(ids, [](const TextId& id) { return id.empty(); });
    LOCKGATE_TRY(const std::vector<Text> there, archive.texts(ids));
    findings.report.erased += static_cast<std::int64_t>(ids.size() - there.size());
    const auto entry = unclaimed.find(member.login.text);
    if (entry == unclaimed.end()) {
      findings.fault("the account " + member.login.text + " has no entry");
      continue;
    }
    if (record::member_entry(member, entry->second.at).body != entry->second.body) {
      const std::int64_t index = entry->second.index;
      findings.fault(index, "the account " + member.login.text + " is not what " +
                                entry_name(index < 0 ? std::nullopt : std::optional(index)) +
                                " says");
    }
    unclaimed.erase(entry);
  }
  for (const auto& [login, entry] : unclaimed) {
    findings.fault(entry.index, "the account " + login + " is gone");
  }
  return {};
}

Result<void> audit_strays(Archive& archive, AuditFindings& findings) {
  for (std::int64_t last = -1;;) {
    LOCKGATE_TRY(const std::vector<StoredEntry> page, archive.placed_entries(last, kPage));
    if (page.empty()) break;
    for (const StoredEntry& entry : page) {
      LOCKGATE_CHECK(audit_stray(archive, entry, findings));
    }
    last = page.back().place.value_or(last + 1);
  }
  for (std::string last;;) {
    LOCKGATE_TRY(const std::vector<StoredEntry> page, archive.pending_entries(last, kPage));
    if (page.empty()) return {};
    for (const StoredEntry& entry : page) {
      LOCKGATE_CHECK(audit_stray(archive, entry, findings));
    }
    last = page.back().id;
  }
}

}  // namespace lockgate::gate
