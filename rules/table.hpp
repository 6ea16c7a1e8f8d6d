// A decision table, compiled: inputs -> the result of the rows that accept them.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/program.hpp"
#include "rules/table_column.hpp"
#include "rules/table_index.hpp"

namespace lockgate::rules {

// What holds where several rows match.
enum class HitPolicy : std::uint8_t {
  unique,    // that is a mistake
  first,     // the first of them decides
  priority,  // the one whose result comes first in the list of results decides
  any,       // their results must be the same
  collect,   // all of them count
};
// What `collect` makes of the results.
enum class Collected : std::uint8_t { list, sum, min, max, count };

std::optional<HitPolicy> hit_policy_from_text(std::string_view text);
std::optional<Collected> collected_from_text(std::string_view text);

struct TableInput {
  std::string text;  // as written: a name or CEL
  Domain domain;
  std::optional<cel::Program> program = {};  // what gives it; none: the caller does
};

struct TableRow {
  std::vector<Cell> cells;                    // one for each input
  std::vector<cel::Program> conditions = {};  // CEL: all must be true as well
  cel::Value result = {};                     // bool, int, double, text, time, or a map of those
  std::string why = {};
};

struct TableDefinition {
  HitPolicy hit = HitPolicy::unique;
  Collected collected = Collected::list;    // for `collect`
  std::vector<TableInput> inputs;           // 1 to kMostInputs
  std::vector<TableRow> rows;               // as written
  std::vector<cel::Value> results = {};     // for `priority`: all of them, the strongest first
  std::optional<cel::Value> fallback = {};  // where no row matches
};

// Where the conditions of rows are evaluated: the values by slot, and the steps
// that are left.
struct TableContext {
  std::span<const cel::Value> values = {};
  cel::Limits limits = {};
  std::uint64_t left = 0;
};

// Immutable; may be used from many threads.
class Table {
 public:
  // The definition must be sound: as many cells as inputs, of their kind, every
  // range with a bound, the bounds of text and bool both the same word.
  explicit Table(TableDefinition definition);

  const TableDefinition& definition() const { return definition_; }
  std::span<const Column> columns() const { return columns_; }
  // The rows in the order in which they decide; numbers are those of the definition.
  std::span<const std::uint32_t> order() const { return order_; }
  // accepted()[i][c]: what row order()[i] accepts of column c.
  const std::vector<std::vector<std::vector<Pieces>>>& accepted() const { return accepted_; }

  // The first row in order() without conditions that accepts the inputs, as
  // numbered in the definition; nullopt if none does or one of the inputs does not
  // fit its column.  Allocates nothing.
  std::optional<std::size_t> find(std::span<const cel::Value> inputs) const;

  // The result by the hit policy.  An input may be unknown or an error: where the
  // rows that hang on it leave the result open, the result is unknown (with the
  // slots it waits for) or that error.  An error too: no row and no fallback, two
  // rows where one may match, rows that disagree, a sum that overflows.  `rows`
  // receives the rows that made the result, as numbered in the definition.
  cel::Value answer(std::span<const cel::Value> inputs, TableContext& context,
                    std::vector<std::size_t>* rows = nullptr) const;

 private:
  TableDefinition definition_;
  std::vector<Column> columns_;
  std::vector<std::uint32_t> order_;
  std::vector<std::vector<std::vector<Pieces>>> accepted_;
  std::optional<TableIndex> index_;
};

}  // namespace lockgate::rules
