#include "rules/text_diff.hpp"

#include <algorithm>
#include <vector>

namespace lockgate::rules {
namespace {

constexpr std::size_t kContext = 3;
constexpr int kMostEdits = 1000;  // that are searched for; the search is quadratic in them

using Lines = std::vector<std::string_view>;

struct Edit {
  char mark = ' ';  // ' ' in both, '-' before, '+' after
  std::string_view line = {};
};

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// The fewest edits, by walking the diagonals of the grid of both texts (E. Myers,
// 1986); all lines out and all in where that takes too long.
class Differ {
 public:
  Differ(const Lines& before, const Lines& after)
      : a_(before),
        b_(after),
        n_(static_cast<int>(before.size())),
        m_(static_cast<int>(after.size())) {}

  std::vector<Edit> run() {
    std::vector<std::vector<int>> furthest;  // by number of edits, then diagonal
    for (int d = 0; d <= kMostEdits; ++d) {
      std::vector<int> row(index(2 * d + 1), kNowhere);
      for (int k = -d; k <= d; k += 2) {
        int x = d == 0 ? 0 : begin_of(furthest.back(), k).x;
        if (x == kNowhere) continue;
        while (x < n_ && x - k < m_ && a_[index(x)] == b_[index(x - k)]) ++x;
        row[index(k + d)] = x;
        if (x == n_ && x - k == m_) return walk_back(furthest);
      }
      furthest.push_back(std::move(row));
    }
    std::vector<Edit> edits;
    for (const std::string_view line : a_) edits.push_back({'-', line});
    for (const std::string_view line : b_) edits.push_back({'+', line});
    return edits;
  }

 private:
  static constexpr int kNowhere = -1;

  struct Begin {
    int x = kNowhere;
    bool added = false;  // reached by a line that is added, not by one taken out
  };

  static std::size_t index(int i) { return static_cast<std::size_t>(i); }

  static int at(const std::vector<int>& row, int k) {
    const int d = static_cast<int>(row.size() / 2);
    return k < -d || k > d ? kNowhere : row[index(k + d)];
  }

  // Where diagonal `k` begins with one edit more than `last`.
  Begin begin_of(const std::vector<int>& last, int k) const {
    Begin begin;
    const int added = at(last, k + 1);
    if (added != kNowhere && added - k <= m_) begin = {added, true};
    const int taken = at(last, k - 1);
    if (taken != kNowhere && taken + 1 <= n_ && taken + 1 > begin.x) begin = {taken + 1, false};
    return begin;
  }

  std::vector<Edit> walk_back(const std::vector<std::vector<int>>& furthest) const {
    std::vector<Edit> edits;
    int x = n_;
    int y = m_;
    for (std::size_t d = furthest.size(); d > 0; --d) {
      const Begin begin = begin_of(furthest[d - 1], x - y);
      for (; x > begin.x; --y) edits.push_back({' ', a_[index(--x)]});
      if (begin.added) {
        edits.push_back({'+', b_[index(--y)]});
      } else {
        edits.push_back({'-', a_[index(--x)]});
      }
    }
    while (x > 0) edits.push_back({' ', a_[index(--x)]});
    std::reverse(edits.begin(), edits.end());
    return edits;
  }

  const Lines& a_;
  const Lines& b_;
  const int n_;
  const int m_;
};

std::string range(std::size_t begin, std::size_t count) {
  return std::to_string(count == 0 ? begin : begin + 1) + ',' + std::to_string(count);
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view before, std::string_view after) {
  if (before == after) return {};
  Lines a = lines_of(before);
  Lines b = lines_of(after);
  const std::vector<Edit> edits = Differ(a, b).run();
  std::string text = "--- " + std::string(name) + "\n+++ " + std::string(name) + '\n';
  std::size_t a_line = 0;
  std::size_t b_line = 0;
  for (std::size_t i = 0; i < edits.size();) {
    if (edits[i].mark == ' ') {
      ++i, ++a_line, ++b_line;
      continue;
    }
    const std::size_t back = std::min({kContext, a_line, b_line});
    // The hunk ends where enough lines in a row are the same.
    std::size_t end = i;
    for (std::size_t alike = 0; end < edits.size() && alike <= 2 * kContext; ++end) {
      alike = edits[end].mark == ' ' ? alike + 1 : 0;
    }
    std::size_t last = end;
    while (last > i && edits[last - 1].mark == ' ') --last;
    end = std::min(last + kContext, edits.size());
    const auto count = [&](char mark) {
      return static_cast<std::size_t>(std::count_if(
          edits.begin() + static_cast<std::ptrdiff_t>(i - back),
          edits.begin() + static_cast<std::ptrdiff_t>(end),
          [mark](const Edit& edit) { return edit.mark == ' ' || edit.mark == mark; }));
    };
    text += "@@ -" + range(a_line - back, count('-')) + " +" + range(b_line - back, count('+')) +
            " @@\n";
    for (std::size_t j = i - back; j < end; ++j) {
      text += edits[j].mark;
      text += edits[j].line;
      if (!edits[j].line.ends_with('\n')) text += "\n\\ No newline at end of file\n";
      if (j < i) continue;
      a_line += edits[j].mark != '+';
      b_line += edits[j].mark != '-';
    }
    i = end;
  }
  return text;
}

}  // namespace lockgate::rules
