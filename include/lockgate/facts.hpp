// A fact as it was given: JSON's values without a JSON library.

#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "lockgate/ids.hpp"

namespace lockgate {

struct FactValue;
using FactList = std::vector<FactValue>;
using FactMap = std::vector<std::pair<std::string, FactValue>>;  // in the order given, no key twice

// Integers keep their exact value: int64 where it fits, else uint64; a number
// written with a fraction or an exponent is a double (always finite).
struct FactValue : std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double,
                                std::string, FactList, FactMap> {
  using variant::variant;
};

// What a delivery says about one fact, or about a whole tree of them.
struct GivenFact {
  std::string path;     // dotted name in the vocabulary; empty: `value` is a tree of facts
  std::string pointer;  // RFC 6901, where it stood in what was sent
  FactValue value;      // std::monostate is JSON null
};

// A fact as a check keeps it.  Where the vocabulary marks the fact `sensitive`,
// `text` is set and `value` is null: the text holds the value as JSON.
struct KeptFact {
  std::string path;
  FactValue value;
  TextId text = {};
  friend bool operator==(const KeptFact&, const KeptFact&) = default;
};

}  // namespace lockgate
