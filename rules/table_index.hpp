// Which rows of a decision table accept some inputs, without looking at each row.

#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "rules/table_column.hpp"

namespace lockgate::rules {

constexpr std::size_t kMostInputs = 16;

// For each column and each piece of it (or each run of neighbouring pieces, where
// there are many) one bit per row.  A look-up intersects one such line of bits
// per column, 256 rows at a time, and looks closer only at the rows that are left.
// Immutable.
class TableIndex {
 public:
  static constexpr std::uint32_t kAnyPiece = UINT32_MAX;

  // rows[r][c]: what row r accepts of column c.  At most kMostInputs columns.
  TableIndex(std::span<const Column> columns,
             const std::vector<std::vector<std::vector<Pieces>>>& rows);

  // Calls `on_row(r)` for each row that accepts the pieces, ascending, until it
  // gives false.  kAnyPiece leaves a column out of account.  Allocates nothing.
  template <class OnRow>
  void each_row(std::span<const std::uint32_t> pieces, OnRow&& on_row) const {
    std::array<const std::uint64_t*, kMostInputs + 1> lines;
    std::size_t used = 0;
    lines[used++] = every_.data();
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (pieces[c] != kAnyPiece) lines[used++] = columns_[c].line(pieces[c], every_.size());
    }
    for (std::size_t word = 0; word < every_.size(); word += kBlock) {
      std::array<std::uint64_t, kBlock> left;
      for (std::size_t i = 0; i < kBlock; ++i) left[i] = lines[0][word + i];
      for (std::size_t line = 1; line < used; ++line) {
        for (std::size_t i = 0; i < kBlock; ++i) left[i] &= lines[line][word + i];
      }
      for (std::size_t i = 0; i < kBlock; ++i) {
        for (std::uint64_t bits = left[i]; bits != 0; bits &= bits - 1) {
          const std::size_t row =
              (word + i) * 64 + static_cast<std::size_t>(std::countr_zero(bits));
          if (accepts(row, pieces) && !on_row(row)) return;
        }
      }
    }
  }

  bool accepts_anything(std::size_t row, std::size_t column) const {
    return (columns_[column].indifferent[row / 64] >> (row % 64) & 1) != 0;
  }

 private:
  static constexpr std::size_t kBlock = 4;  // words

  struct Lines {
    unsigned shift = 0;                      // pieces of a run: 2^shift
    std::vector<std::uint64_t> bits;         // run by run
    std::vector<std::uint64_t> indifferent;  // rows that accept anything
    // If shift > 0, what each row accepts: row r from starts[r] to starts[r + 1].
    std::vector<std::uint32_t> starts;
    std::vector<Pieces> accepted;

    const std::uint64_t* line(std::uint32_t piece, std::size_t words) const {
      return bits.data() + (piece >> shift) * words;
    }
  };

  bool accepts(std::size_t row, std::span<const std::uint32_t> pieces) const {
    for (const std::size_t c : inexact_) {
      if (pieces[c] != kAnyPiece && !accepts_piece(columns_[c], row, pieces[c])) return false;
    }
    return true;
  }
  static bool accepts_piece(const Lines& lines, std::size_t row, std::uint32_t piece);

  std::vector<Lines> columns_;
  std::vector<std::size_t> inexact_;  // columns with runs of more than one piece
  std::vector<std::uint64_t> every_;  // a bit for each row
};

}  // namespace lockgate::rules
