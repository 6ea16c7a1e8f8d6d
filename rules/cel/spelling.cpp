#include "rules/cel/spelling.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace lockgate::cel {
namespace {

// Letters put in, left out, replaced, or swapped with their neighbour.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before;
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = std::exchange(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
  }
  return row.back();
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string> known) {
  constexpr std::size_t kLongest = 100;  // nobody mistypes more than that
  if (word.size() > kLongest) return {};
  std::size_t best = word.size() <= 3 ? 2 : 3;
  std::string found;
  for (const std::string& each : known) {
    const std::size_t longer = std::max(each.size(), word.size());
    if (longer - std::min(each.size(), word.size()) >= best) continue;
    const std::size_t steps = distance(word, each);
    if (steps < best && steps < each.size()) {
      best = steps;
      found = each;
    }
  }
  return found;
}

}  // namespace lockgate::cel
