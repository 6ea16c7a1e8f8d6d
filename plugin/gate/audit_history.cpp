#include "plugin/gate/audit_history.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "plugin/gate/replay.hpp"
#include "plugin/record/entries.hpp"
#include "plugin/record/json_codec.hpp"
#include "plugin/workflow/decide.hpp"

namespace lockgate::gate {
namespace {

constexpr std::size_t kPage = 100;

// The texts that an event commits to, those of sealed facts included.
std::vector<TextId> texts_of(const Event& event) {
  std::vector<TextId> ids;
  if (const auto* checked = std::get_if<Checked>(&event.what)) {
    ids = sealed_texts(checked->check);
    ids.push_back(checked->title);
    ids.push_back(checked->proposer);
    ids.insert(ids.end(), checked->editors.begin(), checked->editors.end());
  } else if (const auto* cast = std::get_if<VoteCast>(&event.what)) {
    ids = cast->vote.conditions;
    ids.push_back(cast->vote.reasons);
    ids.push_back(cast->vote.note);
  } else if (const auto* written = std::get_if<LessonWritten>(&event.what)) {
    ids = {written->lesson.expected, written->lesson.happened, written->lesson.next};
  }
  std::erase_if(ids, [](const TextId& id) { return id.empty(); });
  return ids;
}

// One prototype, from its first event to its state.
class HistoryAudit {
 public:
  HistoryAudit(Archive& archive, const KeptRuleSets& rule_sets, Replayer& replayer,
               AuditFindings& findings, HistoryTotals& totals, const StoredState& stored)
      : archive_(archive),
        rule_sets_(rule_sets),
        replayer_(replayer),
        findings_(findings),
        totals_(totals),
        stored_(stored),
        name_(display_number(stored.number)) {
    now_.id = stored.id;
  }

  Result<void> run() {
    for (std::int64_t last = 0;;) {
      LOCKGATE_TRY(const std::vector<StoredEvent> page, archive_.events(stored_.id, last, kPage));
      for (const StoredEvent& event : page) {
        ++findings_.report.events;
        if (broken_) continue;
        LOCKGATE_CHECK(take(event));
      }
      if (page.size() < kPage) break;
      last = page.back().version;
    }
    LOCKGATE_CHECK(compare_entries());
    if (broken_) return {};
    if (must_ask_) broken("gate `decide` was not asked after every ballot had carried");
    compare_state();
    return compare_promises();
  }

 private:
  // No later event can be judged.
  void broken(const std::string& what) {
    findings_.fault(name_ + ": " + what);
    broken_ = true;
  }

  std::string event_name() const { return "event " + std::to_string(now_.version); }

  Result<void> take(const StoredEvent& stored) {
    if (stored.version != now_.version + 1) {
      broken("event " + std::to_string(now_.version + 1) + " is missing");
      return {};
    }
    const std::string name = "event " + std::to_string(stored.version);
    const Result<Event> event = record::event_from_json(stored.event);
    if (!event || record::to_json(*event) != stored.event) {
      broken(name + " is not as Lockgate writes it");
      return {};
    }
    if (!derived_.empty() && event->at != moment_) {
      LOCKGATE_CHECK(compare_entries());
    }
    moment_ = event->at;

    const auto* checked = std::get_if<Checked>(&event->what);
    const bool asked = checked != nullptr && checked->delivery.empty();
    if (asked != must_ask_) {
      broken(name + (asked ? " asks gate `decide`, although not every ballot had carried"
                           : " comes where gate `decide` had to be asked"));
      return {};
    }
    if (event->at < now_.updated_at) findings_.fault(name_ + ": " + name + " goes back in time");
    Result<workflow::Step> step = workflow::decide(now_, *event);
    if (!step) {
      broken(name + " does not follow from those before it: " + step.error().message);
      return {};
    }
    const std::size_t first = derived_.size();
    for (Entry& entry : record::entries_for(now_, *event, step->next)) {
      derived_.push_back({std::move(entry), name});
    }
    for (const Effect& effect : step->effects) promised_.push_back(record::to_json(effect));
    must_ask_ = step->ask_decide;
    const std::int64_t checks = now_.checks;
    now_ = std::move(step->next);
    LOCKGATE_CHECK(look_up_texts(*event));
    if (checked != nullptr) {
      if (checked->check.number != checks + 1) {
        findings_.fault(name_ + ": " + name + " holds check " +
                        std::to_string(checked->check.number) + " where " +
                        std::to_string(checks + 1) + " comes next");
      }
      LOCKGATE_CHECK(replay(checked->check, first));
      if (!asked) {
        LOCKGATE_CHECK(compare_delivery(*checked));
      }
    }
    return {};
  }

  // Those that are gone; each once.
  Result<void> look_up_texts(const Event& event) {
    std::vector<TextId> ids = texts_of(event);
    std::erase_if(ids, [&](const TextId& id) { return !known_texts_.insert(id).second; });
    LOCKGATE_TRY(const std::vector<Text> there, archive_.texts(ids));
    findings_.report.erased += static_cast<std::int64_t>(ids.size() - there.size());
    return {};
  }

  // `entry`: the check's own, in derived_.
  Result<void> replay(const Check& check, std::size_t entry) {
    if (rule_sets_.all.count(check.rule_set) == 0) {
      findings_.fault(name_ + ": " + event_name() + " was judged by a rule set that is not kept");
    }
    if (rule_sets_.sound.count(check.rule_set) == 0) {
      ++findings_.report.skipped;
      return {};
    }
    LOCKGATE_TRY(const std::vector<Text> texts, archive_.texts(sealed_texts(check)));
    LOCKGATE_TRY(const Replay result, replayer_.replay(check, texts));
    switch (result) {
      case Replay::same:
        ++findings_.report.replayed;
        return {};
      case Replay::differs:
        differing_.push_back(entry);
        return {};
      case Replay::another_engine:
        ++totals_.another_engine;
        break;
      case Replay::erased:
        ++totals_.erased_checks;
        break;
      case Replay::no_rules:
        ++totals_.unreadable_rules;
        break;
    }
    ++findings_.report.skipped;
    return {};
  }

  // The delivery must point back to the event.
  Result<void> compare_delivery(const Checked& checked) {
    const auto delivery = archive_.delivery(checked.about.source, checked.delivery);
    if (!delivery) {
      if (delivery.error().code != Errc::not_found) return tl::unexpected(delivery.error());
      findings_.fault(name_ + ": the delivery of " + event_name() + " is not kept");
      return {};
    }
    ++totals_.deliveries;
    if (delivery->prototype != now_.id || delivery->version != now_.version ||
        delivery->body_hash != checked.body_hash) {
      findings_.fault(name_ + ": the delivery that is kept is not the one that " + event_name() +
                      " came of");
    }
    return {};
  }

  // What the events of one moment make, against what was written with them.
  Result<void> compare_entries() {
    if (derived_.empty()) return {};
    LOCKGATE_TRY(const std::vector<StoredEntry> stored, archive_.entries_of(now_.id, moment_));
    totals_.entries += static_cast<std::int64_t>(stored.size());
    const auto place = [&](std::size_t i) {
      return i < stored.size() ? stored[i].place.value_or(-1) : -1;
    };
    for (std::size_t i = 0; i < derived_.size() && i < stored.size(); ++i) {
      if (stored[i].body == derived_[i].entry.body && stored[i].kind == derived_[i].entry.kind) {
        continue;
      }
      findings_.fault(place(i), entry_name(stored[i].place) + " is not what " + derived_[i].event +
                                    " of " + name_ + " says");
    }
    if (stored.size() < derived_.size()) {
      findings_.fault(name_ + ": " + derived_[stored.size()].event + " lacks an entry of kind `" +
                      derived_[stored.size()].entry.kind + '`');
    } else if (stored.size() > derived_.size()) {
      findings_.fault(place(derived_.size()), entry_name(stored[derived_.size()].place) +
                                                  " tells of nothing in the history of " + name_);
    }
    for (const std::size_t i : differing_) {
      findings_.fault(place(i), entry_name(i < stored.size() ? stored[i].place : std::nullopt) +
                                    ": the check of " + derived_[i].event + " of " + name_ +
                                    " is not what its rules make of its facts");
    }
    differing_.clear();
    derived_.clear();
    return {};
  }

  void compare_state() {
    if (stored_.state == record::to_json(now_) && stored_.version == now_.version &&
        stored_.number == now_.number && stored_.updated_at == to_text(now_.updated_at)) {
      return;
    }
    findings_.fault("the state of " + name_ + " is not what its history leads to");
  }

  Result<void> compare_promises() {
    LOCKGATE_TRY(const std::vector<StoredPromise> stored, archive_.promises(now_.id));
    totals_.promises += static_cast<std::int64_t>(stored.size());
    std::vector<std::string> kept;
    for (const StoredPromise& promise : stored) {
      kept.push_back(promise.effect);
      const Result<Effect> effect = record::effect_from_json(promise.effect);
      const auto* telling = effect ? std::get_if<WriteBack>(&*effect) : nullptr;
      const bool right = telling != nullptr ? promise.decision == telling->decision &&
                                                  promise.source == now_.about.source
                                            : promise.decision.empty() && promise.source.empty();
      if (!effect || !right) {
        findings_.fault(name_ + ": promise " + promise.id + " does not say what it promises");
      }
    }
    std::sort(kept.begin(), kept.end());
    std::sort(promised_.begin(), promised_.end());
    std::vector<std::string> odd;
    std::set_difference(promised_.begin(), promised_.end(), kept.begin(), kept.end(),
                        std::back_inserter(odd));
    if (!odd.empty()) findings_.fault(name_ + ": a promise is not kept: " + odd.front());
    odd.clear();
    std::set_difference(kept.begin(), kept.end(), promised_.begin(), promised_.end(),
                        std::back_inserter(odd));
    if (!odd.empty()) findings_.fault(name_ + ": nothing made this promise: " + odd.front());
    return {};
  }

  struct Derived {
    Entry entry;
    std::string event;  // "event 3"
  };

  Archive& archive_;
  const KeptRuleSets& rule_sets_;
  Replayer& replayer_;
  AuditFindings& findings_;
  HistoryTotals& totals_;
  const StoredState& stored_;
  const std::string name_;  // "PR-0231"

  Prototype now_;
  bool must_ask_ = false;  // gate `decide` comes next
  bool broken_ = false;
  UtcTime moment_{};                    // of the latest event
  std::vector<Derived> derived_;        // of the events of that moment
  std::vector<std::size_t> differing_;  // of derived_: checks that do not come out the same
  std::vector<std::string> promised_;
  std::set<TextId> known_texts_;
};

}  // namespace

Result<HistoryTotals> audit_histories(Archive& archive, const KeptRuleSets& rule_sets,
                                      AuditFindings& findings) {
  HistoryTotals totals;
  Replayer replayer(archive);
  for (PrototypeId last;;) {
    LOCKGATE_TRY(const std::vector<StoredState> page, archive.states(last, kPage));
    if (page.empty()) return totals;
    for (const StoredState& stored : page) {
      ++findings.report.prototypes;
      LOCKGATE_CHECK(HistoryAudit(archive, rule_sets, replayer, findings, totals, stored).run());
    }
    last = page.back().id;
  }
}

}  // namespace lockgate::gate
