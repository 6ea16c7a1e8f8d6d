#include "plugin/gate/round.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "plugin/record/commitment.hpp"
#include "plugin/record/entries.hpp"
#include "plugin/workflow/decide.hpp"

namespace lockgate::gate {

TextId Round::keep(std::string_view text) {
  if (text.empty()) return {};
  texts_.push_back(record::make_text(random_, std::string(text)));
  return texts_.back().id;
}

Result<std::vector<Text>> Round::texts(const std::vector<TextId>& ids, Store& store) const {
  std::vector<Text> found;
  std::vector<TextId> elsewhere;
  for (const TextId& id : ids) {
    const auto text =
        std::find_if(texts_.begin(), texts_.end(), [&](const Text& each) { return each.id == id; });
    if (text != texts_.end()) {
      found.push_back(*text);
    } else if (!id.empty()) {
      elsewhere.push_back(id);
    }
  }
  if (elsewhere.empty()) return found;
  LOCKGATE_TRY(std::vector<Text> stored, store.texts(elsewhere));
  found.insert(found.end(), std::make_move_iterator(stored.begin()),
               std::make_move_iterator(stored.end()));
  return found;
}

Result<bool> Round::apply(Event event) {
  LOCKGATE_TRY(workflow::Step step, workflow::decide(now_, event));
  for (Entry& entry : record::entries_for(now_, event, step.next)) {
    entries_.push_back(std::move(entry));
  }
  effects_.insert(effects_.end(), std::make_move_iterator(step.effects.begin()),
                  std::make_move_iterator(step.effects.end()));
  events_.push_back(std::move(event));
  now_ = std::move(step.next);
  return step.ask_decide;
}

Commit Round::commit(std::optional<StoredDelivery> delivery) && {
  return Commit{.next = std::move(now_),
                .events = std::move(events_),
                .effects = std::move(effects_),
                .entries = std::move(entries_),
                .texts = std::move(texts_),
                .delivery = std::move(delivery)};
}

}  // namespace lockgate::gate
