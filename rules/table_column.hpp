// One input of a decision table: the values that it can take, cut into pieces
// wherever one of its cells begins or ends.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/cel/value.hpp"

namespace lockgate::rules {

enum class ColumnKind : std::uint8_t { boolean, number, text, time, duration };

// How close together the values of a column lie.
enum class Grain : std::uint8_t { whole, pence, real, day, nanosecond };

// Which values an input can have.
struct Domain {
  ColumnKind kind = ColumnKind::number;
  Grain grain = Grain::real;            // of numbers, times and durations
  std::vector<std::string> words = {};  // text: all that there are; empty: any text
  std::optional<double> min = {};       // of numbers
  std::optional<double> max = {};
  // It takes each of these values whatever the other inputs are: a fact.  False
  // for what is computed.
  bool independent = true;
};

struct Bound {
  cel::Value value;
  bool inclusive = true;
};

// What lies between two bounds; a single value is both of them.
struct Range {
  std::optional<Bound> low = {};
  std::optional<Bound> high = {};
};

// What a row wants of one input: one of the ranges (or none, if `negated`).
// Without ranges: anything.
struct Cell {
  std::vector<Range> ranges = {};
  bool negated = false;
  bool accepts_anything() const { return ranges.empty(); }
};

struct Pieces {  // a run of them, both ends included
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  friend bool operator==(const Pieces&, const Pieces&) = default;
};

// Immutable.  Every cell that it was made with accepts a piece wholly or not at all.
class Column {
 public:
  Column(Domain domain, std::span<const Cell* const> cells);

  const Domain& domain() const { return domain_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(examples_.size()); }
  // Where a value belongs; nullopt for one of another kind, or not a number.
  // Allocates nothing.
  std::optional<std::uint32_t> piece_of(const cel::Value& value) const;
  // What a cell accepts, ascending, with space between; one of those it was made with.
  std::vector<Pieces> accepted_by(const Cell& cell) const;
  // A value in the piece, null if the domain has none there.
  const cel::Value& example(std::uint32_t piece) const { return examples_[piece]; }
  bool exists(std::uint32_t piece) const { return !examples_[piece].is(cel::Kind::null); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  bool is_ordered() const {
    return domain_.kind != ColumnKind::boolean && domain_.kind != ColumnKind::text;
  }
  void cut_words(std::span<const Cell* const> cells);
  void cut_line(std::span<const Cell* const> cells);
  std::optional<std::uint32_t> place_of(const cel::Value& value) const;
  Pieces accepted_by(const Range& range) const;  // first > last: nothing

  Domain domain_;
  std::vector<cel::Value> examples_;  // by piece
  // Text: a piece for each word, then one for every other text.
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> words_;
  // Else: bound k is piece 2k+1, what lies below it (and above the last) 2k.
  std::vector<cel::Value> bounds_;
  std::vector<double> keys_;  // the same, if all of them are doubles exactly
};

// How a value is shown to people: `draft`, 12.5, 2026-11-23.
std::string in_words(const Domain& domain, const cel::Value& value);

}  // namespace lockgate::rules
