#include "rules/table_check.hpp"

#include <algorithm>
#include <set>

namespace lockgate::rules {
namespace {

using Box = std::vector<std::vector<Pieces>>;  // by column; only pieces that exist, numbered anew
using Rows = std::vector<std::uint32_t>;       // places in the table's order

constexpr std::size_t kMostFindings = 20;  // of rows

bool contains(const std::vector<Pieces>& runs, std::uint32_t piece) {
  return std::any_of(runs.begin(), runs.end(), [piece](const Pieces& each) {
    return each.first <= piece && piece <= each.last;
  });
}

// The first piece that both have.
std::optional<std::uint32_t> common_piece(const std::vector<Pieces>& a,
                                          const std::vector<Pieces>& b) {
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::uint32_t piece = std::max(a[i].first, b[j].first);
    if (piece <= std::min(a[i].last, b[j].last)) return piece;
    ++(a[i].last < b[j].last ? i : j);
  }
  return std::nullopt;
}

class Checker {
 public:
  Checker(const Table& table, std::uint64_t& work)
      : table_(table), definition_(table.definition()), work_(work) {
    for (const Column& column : table.columns()) {
      std::vector<std::uint32_t>& existing = existing_.emplace_back();
      for (std::uint32_t piece = 0; piece < column.size(); ++piece) {
        if (column.exists(piece)) existing.push_back(piece);
      }
      whole_.push_back(existing.empty() ? std::vector<Pieces>()
                                        : std::vector{Pieces{0, size_of(whole_.size()) - 1}});
    }
    for (const auto& row : table.accepted()) boxes_.push_back(box_of(row));
    for (std::size_t c = 0; c < existing_.size(); ++c) columns_.push_back(c);
    std::stable_sort(columns_.begin(), columns_.end(), [this](std::size_t a, std::size_t b) {
      return existing_[a].size() < existing_[b].size();
    });
    point_.resize(columns_.size());
  }

  std::vector<TableFinding> run() {
    find_never();
    if (must_exclude()) find_overlaps();
    if (first_decides()) find_shadowed();
    if (needs_a_match()) find_gap();
    if (work_ == 0) findings_.push_back({.kind = TableFinding::Kind::unfinished});
    return std::move(findings_);
  }

 private:
  bool first_decides() const {
    return definition_.hit == HitPolicy::first || definition_.hit == HitPolicy::priority;
  }
  bool must_exclude() const {
    return definition_.hit == HitPolicy::unique || definition_.hit == HitPolicy::any;
  }
  bool needs_a_match() const {
    if (definition_.fallback) return false;
    return definition_.hit != HitPolicy::collect || definition_.collected == Collected::min ||
           definition_.collected == Collected::max;
  }
  std::uint32_t size_of(std::size_t column) const {
    return static_cast<std::uint32_t>(existing_[column].size());
  }
  const TableRow& row(std::size_t place) const { return definition_.rows[table_.order()[place]]; }
  bool is_conditional(std::size_t place) const { return !row(place).conditions.empty(); }
  bool is_never(std::size_t place) const {
    return std::any_of(boxes_[place].begin(), boxes_[place].end(),
                       [](const auto& runs) { return runs.empty(); });
  }

  bool spend(std::uint64_t steps) {
    work_ -= std::min(work_, steps);
    return work_ > 0;
  }

  Box box_of(const std::vector<std::vector<Pieces>>& accepted) const {
    Box box;
    for (std::size_t c = 0; c < accepted.size(); ++c) {
      const std::vector<std::uint32_t>& existing = existing_[c];
      std::vector<Pieces>& runs = box.emplace_back();
      for (const Pieces& each : accepted[c]) {
        const auto first = std::lower_bound(existing.begin(), existing.end(), each.first);
        const auto end = std::upper_bound(existing.begin(), existing.end(), each.last);
        if (first == end) continue;
        const Pieces run{static_cast<std::uint32_t>(first - existing.begin()),
                         static_cast<std::uint32_t>(end - existing.begin()) - 1};
        if (!runs.empty() && runs.back().last + 1 == run.first) {
          runs.back().last = run.last;
        } else {
          runs.push_back(run);
        }
      }
    }
    return box;
  }

  std::vector<cel::Value> example() const {
    std::vector<cel::Value> values;
    for (std::size_t c = 0; c < point_.size(); ++c) {
      values.push_back(table_.columns()[c].example(existing_[c][point_[c]]));
    }
    return values;
  }

  // Whether what happens at a point that depends on these rows' cells can happen.
  bool is_certain(const Rows& rows) const {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (definition_.inputs[c].domain.independent) continue;
      for (const std::uint32_t place : rows) {
        if (boxes_[place][c] != whole_[c]) return false;
      }
    }
    return true;
  }

  void report(TableFinding::Kind kind, std::size_t place, std::size_t other, bool certain) {
    findings_.push_back({.kind = kind,
                         .row = table_.order()[place],
                         .other = table_.order()[other],
                         .example = example(),
                         .certain = certain});
  }

  void find_never() {
    for (std::size_t place = 0; place < boxes_.size(); ++place) {
      for (std::size_t c = 0; c < boxes_[place].size(); ++c) {
        if (!boxes_[place][c].empty()) continue;
        findings_.push_back(
            {.kind = TableFinding::Kind::never, .row = table_.order()[place], .column = c});
        break;
      }
      if (findings_.size() >= kMostFindings) return;
    }
  }

  // Sets the point to one that both rows accept.
  bool meet(std::size_t a, std::size_t b) {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const auto piece = common_piece(boxes_[a][c], boxes_[b][c]);
      if (!piece) return false;
      point_[c] = *piece;
    }
    return true;
  }

  void find_overlaps() {
    for (std::uint32_t later = 1; later < boxes_.size(); ++later) {
      if (findings_.size() >= kMostFindings || !spend(later)) return;
      if (is_conditional(later)) continue;
      for (std::uint32_t earlier = 0; earlier < later; ++earlier) {
        if (is_conditional(earlier) || !meet(earlier, later)) continue;
        if (definition_.hit == HitPolicy::any && row(earlier).result.identical(row(later).result)) {
          continue;
        }
        report(TableFinding::Kind::overlap, later, earlier, is_certain({earlier, later}));
        break;
      }
    }
  }

  void find_shadowed() {
    for (std::uint32_t place = 1; place < boxes_.size(); ++place) {
      if (findings_.size() >= kMostFindings || !spend(place)) return;
      if (is_never(place)) continue;
      Rows earlier;
      for (std::uint32_t other = 0; other < place; ++other) {
        if (!is_conditional(other) && meet(other, place)) earlier.push_back(other);
      }
      if (earlier.empty() || finds_uncovered(boxes_[place], earlier) || work_ == 0) continue;
      meet(earlier.front(), place);
      report(TableFinding::Kind::shadowed, place, earlier.front(), true);
    }
  }

  void find_gap() {
    if (std::any_of(existing_.begin(), existing_.end(),
                    [](const auto& pieces) { return pieces.empty(); })) {
      return;
    }
    Rows rows;
    for (std::uint32_t place = 0; place < boxes_.size(); ++place) {
      if (!is_never(place)) rows.push_back(place);
    }
    if (!finds_uncovered(whole_, rows)) return;
    report(TableFinding::Kind::gap, 0, 0, is_certain(rows));
  }

  // Whether some point of the box is in none of the rows; then the point is set.
  // False as well when there is no work left.
  bool finds_uncovered(const Box& box, const Rows& rows) {
    covered_.assign(columns_.size() + 1, {});
    return finds_uncovered(box, 0, rows);
  }

  bool finds_uncovered(const Box& box, std::size_t depth, const Rows& rows) {
    if (rows.empty()) {
      for (std::size_t d = depth; d < columns_.size(); ++d) {
        point_[columns_[d]] = box[columns_[d]].front().first;
      }
      return true;
    }
    if (depth == columns_.size() || !spend(rows.size())) return false;
    for (const std::uint32_t place : rows) {
      if (accepts_all(place, depth, box)) return false;
    }
    if (covered_[depth].contains(rows)) return false;
    const std::size_t column = columns_[depth];
    for (const Pieces& run : box[column]) {
      for (const std::uint32_t begin : cuts(column, run, rows)) {
        if (!spend(rows.size())) return false;
        Rows here;
        for (const std::uint32_t place : rows) {
          if (contains(boxes_[place][column], begin)) here.push_back(place);
        }
        point_[column] = begin;
        if (finds_uncovered(box, depth + 1, here)) return true;
      }
    }
    if (work_ > 0) covered_[depth].insert(rows);
    return false;
  }

  // Whether the row accepts all of the box in the columns from `depth` on.
  bool accepts_all(std::size_t place, std::size_t depth, const Box& box) const {
    for (std::size_t d = depth; d < columns_.size(); ++d) {
      const std::size_t c = columns_[d];
      if (boxes_[place][c] != whole_[c] && boxes_[place][c] != box[c]) return false;
    }
    return true;
  }

  // Where in the run a row begins or has ended, and the beginning of the run.
  std::set<std::uint32_t> cuts(std::size_t column, const Pieces& run, const Rows& rows) const {
    std::set<std::uint32_t> found = {run.first};
    for (const std::uint32_t place : rows) {
      for (const Pieces& each : boxes_[place][column]) {
        if (each.first > run.first && each.first <= run.last) found.insert(each.first);
        if (each.last >= run.first && each.last < run.last) found.insert(each.last + 1);
      }
    }
    return found;
  }

  const Table& table_;
  const TableDefinition& definition_;
  std::uint64_t& work_;
  std::vector<std::vector<std::uint32_t>> existing_;  // by column: pieces with an example
  Box whole_;                                         // everything
  std::vector<Box> boxes_;                            // by place in the order
  std::vector<std::size_t> columns_;                  // those of few pieces first
  std::vector<std::uint32_t> point_;                  // by column
  std::vector<std::set<Rows>> covered_;               // by depth: rows that leave nothing open
  std::vector<TableFinding> findings_;
};

}  // namespace

std::vector<TableFinding> check(const Table& table, std::uint64_t& work) {
  return Checker(table, work).run();
}

}  // namespace lockgate::rules
