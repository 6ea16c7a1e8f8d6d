// The result of a decision table for some inputs, known or not.

#pragma once

#include <array>

#include "rules/table.hpp"

namespace lockgate::rules {

// For one look-up.  Borrows all that it is given.
class TableAnswer {
 public:
  TableAnswer(const Table& table, const TableIndex& index, TableContext& context)
      : table_(table), definition_(table.definition()), index_(index), context_(context) {}

  // As Table::answer.
  cel::Value answer(std::span<const cel::Value> inputs, std::vector<std::size_t>* rows);

 private:
  struct Matches {
    std::vector<std::size_t> certain;  // rows by number in the definition
    std::vector<std::size_t> open;     // rows that may match
    cel::Value cause;                  // why they are open: unknown or an error
  };

  bool first_decides() const {
    return definition_.hit == HitPolicy::first || definition_.hit == HitPolicy::priority;
  }
  std::span<const std::uint32_t> pieces() const {
    return {pieces_.data(), table_.columns().size()};
  }
  const cel::Value& result(std::size_t row) const { return definition_.rows[row].result; }

  cel::Value holds(const TableRow& row);
  Matches matches();
  cel::Value outcome(std::vector<std::size_t>* rows);
  cel::Value settled(const std::vector<std::size_t>& certain) const;
  cel::Value unsettled(const Matches& matches) const;
  cel::Value collected(const std::vector<std::size_t>& certain) const;

  // Of the columns whose input is not known, those that rows hang on.
  std::vector<std::size_t> open_columns(std::span<const cel::Value> inputs);
  cel::Value common_outcome(const std::vector<std::size_t>& open, std::size_t next,
                            std::size_t& tries);

  const Table& table_;
  const TableDefinition& definition_;
  const TableIndex& index_;
  TableContext& context_;
  std::array<std::uint32_t, kMostInputs> pieces_ = {};
};

}  // namespace lockgate::rules
