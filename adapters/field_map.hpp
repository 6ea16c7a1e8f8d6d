// From a delivery's JSON to a submission, as a source's [map] and [facts] say.

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/json_pointer.hpp"
#include "adapters/settings.hpp"
#include "lockgate/adapter.hpp"
#include "lockgate/result.hpp"

namespace lockgate::adapters {

// Constant after construction.
class FieldMap {
 public:
  // The pointers must be sound: see problems().
  explicit FieldMap(const MapSettings& settings);

  // All but `delivery`.  Takes its parts out of `message`.  Errc::invalid, with
  // every problem there is, if the case key is missing or something has a type
  // that it cannot have.  What is mapped but absent or null is as if it were
  // not mapped, the case key apart; a fact that is null is given as null.
  Result<Submission> read(FactValue message) const;

 private:
  using Place = std::optional<JsonPointer>;
  Place case_key_, title_, gate_, proposer_, editors_, facts_;
  std::vector<std::pair<std::string, JsonPointer>> fact_;
};

}  // namespace lockgate::adapters
