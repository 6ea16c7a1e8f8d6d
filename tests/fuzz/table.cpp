// Any bytes as a rule file with decision tables: what the index finds is what a scan
// of the rows finds.

#include <algorithm>

#include "rules/evaluate.hpp"
#include "rules/table.hpp"
#include "tests/fuzz/council.hpp"

namespace lockgate::fuzz {
namespace {

using cel::Kind;
using cel::Order;
using cel::Value;
using rules::HitPolicy;

bool within(const rules::Range& range, const Value& value) {
  if (value.is(Kind::string) || value.is(Kind::boolean)) {
    return cel::equal(range.low->value, value);
  }
  const auto kept = [&](const std::optional<rules::Bound>& bound, Order wanted) {
    if (!bound) return true;
    const Order order = cel::compare(value, bound->value);
    return order == wanted || (order == Order::same && bound->inclusive);
  };
  return kept(range.low, Order::greater) && kept(range.high, Order::less);
}

bool accepts(const rules::Cell& cell, const Value& value) {
  if (cell.accepts_anything()) return true;
  const bool one = std::any_of(cell.ranges.begin(), cell.ranges.end(),
                               [&](const rules::Range& range) { return within(range, value); });
  return one != cell.negated;
}

bool accepts(const rules::TableRow& row, std::span<const Value> inputs) {
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!accepts(row.cells[i], inputs[i])) return false;
  }
  return true;
}

// Something in the column, mostly where a cell begins or ends.
Value random_input(const rules::Table& table, std::size_t column, Dice& dice) {
  const rules::Column& of = table.columns()[column];
  if (!dice.one_in(3)) {
    const rules::Cell& cell = dice.any_of(table.definition().rows).cells[column];
    if (!cell.ranges.empty()) {
      const rules::Range& range = dice.any_of(cell.ranges);
      const auto& bound = range.low && (!range.high || dice.one_in(2)) ? range.low : range.high;
      const Value& value = bound->value;
      if (value.is(Kind::real)) {
        return dice.one_in(2) ? value : Value::real(value.as_double() + (dice.one_in(2) ? 1 : -1));
      }
      if (!value.is(Kind::integer) || dice.one_in(2)) return value;
      std::int64_t beside = 0;
      return __builtin_add_overflow(value.as_int(), dice.one_in(2) ? 1 : -1, &beside)
                 ? value
                 : Value::integer(beside);
    }
  }
  const auto piece = static_cast<std::uint32_t>(dice.below(of.size()));
  return of.example(piece);
}

void expect_answer(const rules::Table& table, std::span<const Value> inputs,
                   const std::vector<std::size_t>& matching) {
  const rules::TableDefinition& definition = table.definition();
  rules::TableContext context{{}, {}, 1'000'000};
  std::vector<std::size_t> rows;
  const Value value = table.answer(inputs, context, &rows);
  if (matching.empty()) {
    require(rows.empty(), "no row matches, but one is used");
    if (definition.hit == HitPolicy::collect) return;
    require(definition.fallback ? value.identical(*definition.fallback) : value.is_error(),
            "no row matches: " + value.text());
    return;
  }
  const Value& first = definition.rows[matching.front()].result;
  const bool same = std::all_of(matching.begin(), matching.end(), [&](std::size_t row) {
    return definition.rows[row].result.identical(first);
  });
  const bool mistaken = (definition.hit == HitPolicy::unique && matching.size() > 1) ||
                        (definition.hit == HitPolicy::any && !same);
  if (definition.hit == HitPolicy::collect) {
    if (definition.collected == rules::Collected::count) {
      require(value.as_int() == std::ssize(matching), "counts " + value.text());
    } else if (definition.collected == rules::Collected::list) {
      require(value.as_list().size() == matching.size(), "collects " + value.text());
    }
  } else {
    require(mistaken ? value.is_error() : value.identical(first), "gives " + value.text());
  }
}

void expect_what_a_scan_finds(const rules::Table& table, Dice& dice) {
  const std::size_t count = table.definition().inputs.size();
  const bool plain = std::all_of(table.definition().rows.begin(), table.definition().rows.end(),
                                 [](const rules::TableRow& row) { return row.conditions.empty(); });
  for (int round = 0; round < 40; ++round) {
    std::vector<Value> inputs;
    for (std::size_t i = 0; i < count; ++i) inputs.push_back(random_input(table, i, dice));
    if (std::any_of(inputs.begin(), inputs.end(),
                    [](const Value& value) { return value.is(Kind::null); })) {
      continue;  // the column has nothing there
    }
    std::vector<std::size_t> matching;
    std::optional<std::size_t> first;
    for (const std::uint32_t row : table.order()) {
      const rules::TableRow& of = table.definition().rows[row];
      if (!accepts(of, inputs)) continue;
      matching.push_back(row);
      if (!first && of.conditions.empty()) first = row;
    }
    std::string shown;
    for (const Value& input : inputs) shown += ' ' + input.text();
    require(table.find(inputs) == first, "a scan finds another row for" + shown);
    if (plain) expect_answer(table, inputs, matching);
  }
}

}  // namespace
}  // namespace lockgate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lockgate;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  fuzz::Dice dice(text);
  const rules::Loaded loaded = fuzz::load_beside_council(text);
  fuzz::require((loaded.rules == nullptr) == !loaded.issues.empty(), "issues, or rules");
  if (!loaded.rules) return 0;
  for (const rules::NamedExpression& expression : loaded.rules->expressions()) {
    if (expression.table) fuzz::expect_what_a_scan_finds(*expression.table, dice);
  }
  const UtcTime at = *time_from_text("2026-11-27T12:00:00.000000Z");
  rules::rows_used(*loaded.rules, fuzz::random_facts(loaded.rules->vocabulary(), dice),
                   Gate::submit, at);
  return 0;
}
