#include "rules/cel/spelling.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lockgate::cel {
namespace {

constexpr std::size_t kLongest = 100;  // nobody mistypes more than that

// Letters put in, left out, replaced, or swapped with their neighbour; `limit`
// if that many are not enough.  Both words are at most kLongest + 2 long.  Only
// what lies within `limit` of the diagonal is looked at.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  using Row = std::array<std::size_t, kLongest + 4>;
  Row rows[3];
  Row* before = &rows[0];
  Row* above = &rows[1];
  Row* row = &rows[2];
  for (Row& each : rows) std::fill_n(each.begin(), b.size() + 2, limit);
  for (std::size_t j = 0; j <= std::min(b.size(), limit); ++j) (*row)[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, above);
    std::swap(above, row);
    const std::size_t from = i > limit ? i - limit : 1;
    const std::size_t to = std::min(b.size(), i + limit);
    (*row)[from - 1] = from == 1 ? i : limit;
    std::size_t least = (*row)[from - 1];
    for (std::size_t j = from; j <= to; ++j) {
      const std::size_t replaced = (*above)[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      std::size_t steps = std::min({replaced, (*above)[j] + 1, (*row)[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        steps = std::min(steps, (*before)[j - 2] + 1);
      }
      (*row)[j] = steps;
      least = std::min(least, steps);
    }
    (*row)[to + 1] = limit;
    if (least >= limit) return limit;
  }
  return std::min((*row)[b.size()], limit);
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string> known) {
  if (word.size() > kLongest) return {};
  std::size_t best = word.size() <= 3 ? 2 : 3;
  std::string found;
  for (const std::string& each : known) {
    const std::size_t longer = std::max(each.size(), word.size());
    if (longer - std::min(each.size(), word.size()) >= best) continue;
    const std::size_t steps = distance(word, each, best);
    if (steps < best && steps < each.size()) {
      best = steps;
      found = each;
    }
  }
  return found;
}

}  // namespace lockgate::cel
