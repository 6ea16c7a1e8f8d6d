// The texts that a page shows, by id.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "lockgate/ids.hpp"
#include "lockgate/store.hpp"

namespace lockgate::web {

// What stands in place of a text that was erased.
inline constexpr const char* kErased = "(erased)";

class Texts {
 public:
  Texts() = default;
  explicit Texts(std::vector<Text> texts) {
    for (Text& text : texts) by_id_.emplace(std::move(text.id), std::move(text.text));
  }

  // Null if it is not there (any more).
  const std::string* find(const TextId& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &found->second;
  }

  // Empty for the empty id; kErased if it is not there any more.
  std::string of(const TextId& id) const {
    if (id.empty()) return {};
    const std::string* text = find(id);
    return text ? *text : kErased;
  }

 private:
  std::map<TextId, std::string> by_id_;
};

}  // namespace lockgate::web
