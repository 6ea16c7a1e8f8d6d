// A round: the events of one prototype that are to be recorded together.  Used
// by one thread.

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "lockgate/event.hpp"
#include "lockgate/ids.hpp"
#include "lockgate/result.hpp"
#include "lockgate/store.hpp"

namespace lockgate::gate {

class Round {
 public:
  Round(Prototype before, Random& random) : now_(std::move(before)), random_(random) {}

  // Puts a text aside for the texts table and gives its id; an empty text has
  // the empty id.
  TextId keep(std::string_view text);

  // Texts by id, of this round and of the store; those that were erased are
  // left out.
  Result<std::vector<Text>> texts(const std::vector<TextId>& ids, Store& store) const;

  // What workflow::decide makes of `event`.  True if Lockgate must now ask gate
  // `decide` before anything is recorded.  Fails as decide does; the round is
  // then unchanged.
  Result<bool> apply(Event event);

  const Prototype& now() const { return now_; }
  const std::vector<Event>& events() const { return events_; }
  const std::vector<Effect>& effects() const { return effects_; }

  // Everything so far, ready for the store.
  Commit commit(std::optional<StoredDelivery> delivery = std::nullopt) &&;

 private:
  Prototype now_;
  Random& random_;
  std::vector<Event> events_;
  std::vector<Effect> effects_;
  std::vector<Entry> entries_;
  std::vector<Text> texts_;
};

}  // namespace lockgate::gate
