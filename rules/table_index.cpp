#include "rules/table_index.hpp"

namespace lockgate::rules {
namespace {

constexpr std::size_t kMostWordsPerColumn = 32'768;  // 256 KB

void set(std::uint64_t* line, std::size_t row) { line[row / 64] |= std::uint64_t{1} << (row % 64); }

}  // namespace

TableIndex::TableIndex(std::span<const Column> columns,
                       const std::vector<std::vector<std::vector<Pieces>>>& rows) {
  const std::size_t words = (rows.size() + 64 * kBlock - 1) / (64 * kBlock) * kBlock;
  every_.resize(words);
  for (std::size_t row = 0; row < rows.size(); ++row) set(every_.data(), row);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    Lines& lines = columns_.emplace_back();
    const std::size_t pieces = columns[c].size();
    const auto runs = [&] { return ((pieces - 1) >> lines.shift) + 1; };
    while (runs() > 1 && runs() * words > kMostWordsPerColumn) ++lines.shift;
    lines.bits.resize(runs() * words);
    lines.indifferent.resize(words);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      lines.starts.push_back(static_cast<std::uint32_t>(lines.accepted.size()));
      for (const Pieces& each : rows[row][c]) {
        for (std::size_t run = each.first >> lines.shift; run <= each.last >> lines.shift; ++run) {
          set(lines.bits.data() + run * words, row);
        }
        if (each.first == 0 && each.last + 1 == pieces) set(lines.indifferent.data(), row);
        lines.accepted.push_back(each);
      }
    }
    lines.starts.push_back(static_cast<std::uint32_t>(lines.accepted.size()));
    if (lines.shift > 0) {
      inexact_.push_back(c);
    } else {
      lines.starts = {};
      lines.accepted = {};
    }
  }
}

bool TableIndex::accepts_piece(const Lines& lines, std::size_t row, std::uint32_t piece) {
  for (std::uint32_t i = lines.starts[row]; i < lines.starts[row + 1]; ++i) {
    if (piece >= lines.accepted[i].first && piece <= lines.accepted[i].last) return true;
  }
  return false;
}

}  // namespace lockgate::rules
