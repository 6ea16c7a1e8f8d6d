#include "rules/table_column.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "rules/cel/functions.hpp"
#include "rules/table_example.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

constexpr std::int64_t kExactInDouble = std::int64_t{1} << 53;

bool is_before(const cel::Value& a, const cel::Value& b) {
  return cel::compare(a, b) == cel::Order::less;
}

bool is_same(const cel::Value& a, const cel::Value& b) {
  return cel::compare(a, b) == cel::Order::same;
}

bool is_of(ColumnKind column, const cel::Value& value) {
  switch (value.kind()) {
    case cel::Kind::boolean:
      return column == ColumnKind::boolean;
    case cel::Kind::integer:
    case cel::Kind::uinteger:
      return column == ColumnKind::number;
    case cel::Kind::real:
      return column == ColumnKind::number && !std::isnan(value.as_double());
    case cel::Kind::string:
      return column == ColumnKind::text;
    case cel::Kind::timestamp:
      return column == ColumnKind::time;
    case cel::Kind::duration:
      return column == ColumnKind::duration;
    default:
      return false;
  }
}

// The number as a double if nothing is lost.
std::optional<double> exact(const cel::Value& value) {
  if (value.is(cel::Kind::real)) return value.as_double();
  if (value.is(cel::Kind::integer) && value.as_int() <= kExactInDouble &&
      value.as_int() >= -kExactInDouble) {
    return static_cast<double>(value.as_int());
  }
  return std::nullopt;
}

// How many of the sorted keys are less than x; without a branch that could be guessed wrong.
std::size_t count_less(std::span<const double> keys, double x) {
  if (keys.empty()) return 0;
  const double* base = keys.data();
  std::size_t left = keys.size();
  while (left > 1) {
    const std::size_t half = left / 2;
    base += base[half - 1] < x ? half : 0;
    left -= half;
  }
  return static_cast<std::size_t>(base - keys.data()) + (*base < x ? 1 : 0);
}

}  // namespace

Column::Column(Domain domain, std::span<const Cell* const> cells) : domain_(std::move(domain)) {
  if (domain_.kind == ColumnKind::boolean) {
    examples_ = {cel::Value::boolean(false), cel::Value::boolean(true)};
  } else if (domain_.kind == ColumnKind::text) {
    cut_words(cells);
  } else {
    cut_line(cells);
  }
}

void Column::cut_words(std::span<const Cell* const> cells) {
  const auto add = [this](std::string_view word, bool exists) {
    const auto number = static_cast<std::uint32_t>(examples_.size());
    if (!words_.emplace(word, number).second) return;
    examples_.push_back(exists ? cel::Value::string(std::string(word)) : cel::Value::null());
  };
  for (const std::string& word : domain_.words) add(word, true);
  const bool open = domain_.words.empty();
  for (const Cell* cell : cells) {
    for (const Range& range : cell->ranges) add(range.low->value.as_string(), open);
  }
  std::string other = "something else";
  for (int i = 2; words_.contains(other); ++i) other = "something else " + std::to_string(i);
  examples_.push_back(open ? cel::Value::string(other) : cel::Value::null());
}

void Column::cut_line(std::span<const Cell* const> cells) {
  for (const Cell* cell : cells) {
    for (const Range& range : cell->ranges) {
      if (range.low) bounds_.push_back(range.low->value);
      if (range.high) bounds_.push_back(range.high->value);
    }
  }
  if (domain_.kind == ColumnKind::number) {
    if (domain_.min) bounds_.push_back(cel::Value::real(*domain_.min));
    if (domain_.max) bounds_.push_back(cel::Value::real(*domain_.max));
  }
  std::sort(bounds_.begin(), bounds_.end(), is_before);
  bounds_.erase(std::unique(bounds_.begin(), bounds_.end(), is_same), bounds_.end());
  for (const cel::Value& bound : bounds_) {
    const auto key = exact(bound);
    if (!key) break;
    keys_.push_back(*key);
  }
  if (keys_.size() != bounds_.size()) keys_.clear();
  for (std::size_t k = 0; k <= bounds_.size(); ++k) {
    examples_.push_back(example_between(domain_, k > 0 ? &bounds_[k - 1] : nullptr,
                                        k < bounds_.size() ? &bounds_[k] : nullptr));
    if (k < bounds_.size()) examples_.push_back(example_at(domain_, bounds_[k]));
  }
}

std::optional<std::uint32_t> Column::place_of(const cel::Value& value) const {
  const auto found = std::lower_bound(bounds_.begin(), bounds_.end(), value, is_before);
  const auto k = static_cast<std::uint32_t>(found - bounds_.begin());
  return 2 * k + (found != bounds_.end() && is_same(*found, value) ? 1 : 0);
}

std::optional<std::uint32_t> Column::piece_of(const cel::Value& value) const {
  if (!is_of(domain_.kind, value)) return std::nullopt;
  if (domain_.kind == ColumnKind::boolean) return value.as_bool() ? 1 : 0;
  if (domain_.kind == ColumnKind::text) {
    const std::string_view text = value.as_string();
    const auto found = words_.find(text);
    return found == words_.end() ? size() - 1 : found->second;
  }
  const auto key = keys_.empty() ? std::nullopt : exact(value);
  if (!key) return place_of(value);
  const std::size_t k = count_less(keys_, *key);
  return static_cast<std::uint32_t>(2 * k + (k < keys_.size() && keys_[k] == *key ? 1 : 0));
}

Pieces Column::accepted_by(const Range& range) const {
  if (!is_ordered()) {
    const std::uint32_t piece = *piece_of(range.low->value);
    return {piece, piece};
  }
  Pieces pieces{0, size() - 1};
  if (range.low) pieces.first = *place_of(range.low->value) + (range.low->inclusive ? 0 : 1);
  if (range.high) {
    const std::uint32_t place = *place_of(range.high->value);
    pieces.last = range.high->inclusive ? place : place - 1;  // a bound is never piece 0
  }
  return pieces;
}

std::vector<Pieces> Column::accepted_by(const Cell& cell) const {
  if (cell.accepts_anything()) return {{0, size() - 1}};
  std::vector<Pieces> all;
  for (const Range& range : cell.ranges) {
    const Pieces pieces = accepted_by(range);
    if (pieces.first <= pieces.last) all.push_back(pieces);
  }
  std::sort(all.begin(), all.end(),
            [](const Pieces& a, const Pieces& b) { return a.first < b.first; });
  std::vector<Pieces> joined;
  for (const Pieces& each : all) {
    if (!joined.empty() && each.first <= joined.back().last + 1) {
      joined.back().last = std::max(joined.back().last, each.last);
    } else {
      joined.push_back(each);
    }
  }
  if (!cell.negated) return joined;
  std::vector<Pieces> rest;
  std::uint32_t next = 0;
  for (const Pieces& each : joined) {
    if (each.first > next) rest.push_back({next, each.first - 1});
    next = each.last + 1;
  }
  if (next < size()) rest.push_back({next, size() - 1});
  return rest;
}

std::string in_words(const Domain& domain, const cel::Value& value) {
  if (domain.kind == ColumnKind::text) {
    const std::string_view text = value.as_string();
    return ticked(text);
  }
  std::string text = cel::to_text(value);
  if (domain.kind == ColumnKind::time && text.ends_with("T00:00:00Z")) text.resize(10);
  return text;
}

}  // namespace lockgate::rules
