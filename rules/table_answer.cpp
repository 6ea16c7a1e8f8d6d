#include "rules/table_answer.hpp"

#include <algorithm>
#include <cmath>

namespace lockgate::rules {
namespace {

constexpr std::size_t kMostTries = 256;  // of values for inputs that are not known

// An unknown outweighs an error: once it is known, the error may not matter.
cel::Value heavier(const cel::Value& a, const cel::Value& b) {
  if (a.is_unknown() && b.is_unknown()) return cel::Value::merge_unknown(a, b);
  if (a.is_unknown() || b.is(cel::Kind::null)) return a;
  return b.is_unknown() || a.is(cel::Kind::null) ? b : a;
}

cel::Value sum(const cel::Value& a, const cel::Value& b) {
  const cel::Value too_large = cel::Value::error("the sum of the rows is out of range");
  if (a.is(cel::Kind::real)) {
    const double total = a.as_double() + b.as_double();
    return std::isfinite(total) ? cel::Value::real(total) : too_large;
  }
  std::int64_t total = 0;
  if (__builtin_add_overflow(a.as_int(), b.as_int(), &total)) return too_large;
  return cel::Value::integer(total);
}

std::string number(std::size_t row) { return std::to_string(row + 1); }

}  // namespace

cel::Value TableAnswer::answer(std::span<const cel::Value> inputs, std::vector<std::size_t>* rows) {
  bool known = true;
  std::array<bool, kMostInputs> misfit = {};
  for (std::size_t c = 0; c < inputs.size(); ++c) {
    const auto piece = table_.columns()[c].piece_of(inputs[c]);
    pieces_[c] = piece.value_or(TableIndex::kAnyPiece);
    misfit[c] = !piece && !inputs[c].is_unknown();
    known = known && piece;
  }
  if (known) return outcome(rows);

  const std::vector<std::size_t> open = open_columns(inputs);
  cel::Value cause;
  bool in_error = false;
  for (const std::size_t c : open) {
    in_error = in_error || misfit[c];
    const bool of_another_kind = misfit[c] && !inputs[c].is_error();
    cause = heavier(cause, of_another_kind
                               ? cel::Value::error('`' + definition_.inputs[c].text +
                                                   "` is not what the cells compare it with")
                               : inputs[c]);
  }
  if (in_error) return cause;
  for (std::size_t c = 0; c < inputs.size(); ++c) {  // no row that counts hangs on the others
    if (pieces_[c] == TableIndex::kAnyPiece) pieces_[c] = 0;
  }
  std::size_t tries = 0;
  cel::Value common = common_outcome(open, 0, tries);
  if (common.is_unknown()) return heavier(cause, common);
  if (common.is(cel::Kind::null)) return cause;
  if (open.empty() && rows) return outcome(rows);
  return common;
}

std::vector<std::size_t> TableAnswer::open_columns(std::span<const cel::Value> inputs) {
  std::array<bool, kMostInputs> hung_on = {};
  index_.each_row(pieces(), [&](std::size_t row) {
    bool certain = definition_.rows[table_.order()[row]].conditions.empty();
    for (std::size_t c = 0; c < inputs.size(); ++c) {
      if (pieces_[c] != TableIndex::kAnyPiece || index_.accepts_anything(row, c)) continue;
      hung_on[c] = true;
      certain = false;
    }
    return !(certain && first_decides());
  });
  std::vector<std::size_t> open;
  for (std::size_t c = 0; c < inputs.size(); ++c) {
    if (hung_on[c]) open.push_back(c);
  }
  return open;
}

// What comes out whatever the open inputs are; null if that differs or takes too
// many tries; an unknown if conditions of rows are unknown.
cel::Value TableAnswer::common_outcome(const std::vector<std::size_t>& open, std::size_t next,
                                       std::size_t& tries) {
  if (next == open.size()) {
    return ++tries > kMostTries ? cel::Value::null() : outcome(nullptr);
  }
  const Column& column = table_.columns()[open[next]];
  cel::Value common;
  bool first = true;
  for (std::uint32_t piece = 0; piece < column.size(); ++piece) {
    if (!column.exists(piece)) continue;
    pieces_[open[next]] = piece;
    cel::Value each = common_outcome(open, next + 1, tries);
    if (each.is(cel::Kind::null) || each.is_error() || each.is_unknown()) {
      return each.is_unknown() ? each : cel::Value::null();
    }
    if (!first && !each.identical(common)) return cel::Value::null();
    common = std::move(each);
    first = false;
  }
  return common;
}

cel::Value TableAnswer::holds(const TableRow& row) {
  cel::Value cause;
  for (const cel::Program& condition : row.conditions) {
    const cel::Value value = condition.evaluate(context_.values, context_.limits, context_.left);
    if (value.is_false()) return value;
    if (value.is_true()) continue;
    cause = heavier(cause, value.is_error() || value.is_unknown()
                               ? value
                               : cel::Value::error("a cell is neither true nor false"));
  }
  return cause.is(cel::Kind::null) ? cel::Value::boolean(true) : cause;
}

TableAnswer::Matches TableAnswer::matches() {
  Matches found;
  index_.each_row(pieces(), [&](std::size_t place) {
    const std::size_t number = table_.order()[place];
    const cel::Value held = holds(definition_.rows[number]);
    if (held.is_false()) return true;
    if (held.is_true()) {
      found.certain.push_back(number);
      return !first_decides();
    }
    found.open.push_back(number);
    found.cause = heavier(found.cause, held);
    return true;
  });
  return found;
}

cel::Value TableAnswer::outcome(std::vector<std::size_t>* rows) {
  Matches found = matches();
  if (!found.open.empty()) return unsettled(found);
  cel::Value value = settled(found.certain);
  if (rows && !value.is_error()) *rows = std::move(found.certain);
  return value;
}

cel::Value TableAnswer::settled(const std::vector<std::size_t>& certain) const {
  if (definition_.hit == HitPolicy::collect) return collected(certain);
  if (certain.empty()) {
    return definition_.fallback.value_or(
        cel::Value::error("no row matches, and it has no default"));
  }
  for (std::size_t i = 1; i < certain.size(); ++i) {
    const std::string both = "rows " + number(certain[0]) + " and " + number(certain[i]);
    if (definition_.hit == HitPolicy::unique) {
      return cel::Value::error(both + " match, and only one may");
    }
    if (definition_.hit == HitPolicy::any && !result(certain[0]).identical(result(certain[i]))) {
      return cel::Value::error(both + " match and disagree");
    }
  }
  return result(certain[0]);
}

// Some rows may match: the result if that makes no difference.
cel::Value TableAnswer::unsettled(const Matches& found) const {
  if (!first_decides() && definition_.hit != HitPolicy::any) return found.cause;
  const cel::Value otherwise = settled(found.certain);
  for (const std::size_t row : found.open) {
    if (!result(row).identical(otherwise)) return found.cause;
  }
  return otherwise;
}

cel::Value TableAnswer::collected(const std::vector<std::size_t>& certain) const {
  switch (definition_.collected) {
    case Collected::count:
      return cel::Value::integer(static_cast<std::int64_t>(certain.size()));
    case Collected::list: {
      std::vector<cel::Value> all;
      for (const std::size_t row : certain) all.push_back(result(row));
      return cel::Value::list(std::move(all));
    }
    default:
      break;
  }
  if (certain.empty()) {
    return definition_.fallback.value_or(
        cel::Value::error("no row matches, and it has no default"));
  }
  cel::Value total = result(certain[0]);
  for (std::size_t i = 1; i < certain.size() && !total.is_error(); ++i) {
    const cel::Value& each = result(certain[i]);
    if (definition_.collected == Collected::sum) {
      total = sum(total, each);
    } else {
      const cel::Order wanted =
          definition_.collected == Collected::min ? cel::Order::less : cel::Order::greater;
      if (cel::compare(each, total) == wanted) total = each;
    }
  }
  return total;
}

}  // namespace lockgate::rules
