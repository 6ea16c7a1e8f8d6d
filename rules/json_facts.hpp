// Facts as JSON text.

#pragma once

#include <memory>
#include <string_view>

#include "rules/facts.hpp"

namespace lockgate::rules {

constexpr std::size_t kMostJsonBytes = 1 << 20;
constexpr std::size_t kDeepestJson = 64;

// Reads facts for one vocabulary, which outlives it.  Keeps its memory between calls:
// one for each thread.
class JsonFacts {
 public:
  explicit JsonFacts(const Vocabulary& vocabulary);
  ~JsonFacts();

  // One object: {"people": {"participants": 40}} or {"people.participants": 40}.
  // Errc::unreadable if it is not JSON in UTF-8, larger than kMostJsonBytes or deeper than
  // kDeepestJson; Errc::invalid with every problem and its pointer, as read_facts.
  Result<Facts> read(std::string_view json, bool strict = false);

  // The same for the values alone, without what was given; false if anything is wrong.
  // `values`, by slot, may hold those of the call before: their memory is used again.
  bool read_values(std::string_view json, std::vector<cel::Value>& values);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace lockgate::rules
