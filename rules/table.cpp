#include "rules/table.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "rules/table_answer.hpp"

namespace lockgate::rules {
namespace {

constexpr std::pair<std::string_view, HitPolicy> kPolicies[] = {{"unique", HitPolicy::unique},
                                                                {"first", HitPolicy::first},
                                                                {"priority", HitPolicy::priority},
                                                                {"any", HitPolicy::any},
                                                                {"collect", HitPolicy::collect}};
constexpr std::pair<std::string_view, Collected> kCollected[] = {{"list", Collected::list},
                                                                 {"sum", Collected::sum},
                                                                 {"min", Collected::min},
                                                                 {"max", Collected::max},
                                                                 {"count", Collected::count}};

template <class Word, std::size_t size>
std::optional<Word> find_word(const std::pair<std::string_view, Word> (&words)[size],
                              std::string_view text) {
  for (const auto& [word, meaning] : words) {
    if (word == text) return meaning;
  }
  return std::nullopt;
}

// As written, but by the place of their results for `priority`.
std::vector<std::uint32_t> order_of(const TableDefinition& definition) {
  std::vector<std::uint32_t> order(definition.rows.size());
  std::iota(order.begin(), order.end(), 0U);
  if (definition.hit != HitPolicy::priority) return order;
  std::vector<std::size_t> ranks;
  for (const TableRow& row : definition.rows) {
    const auto same = [&](const cel::Value& each) { return each.identical(row.result); };
    ranks.push_back(static_cast<std::size_t>(
        std::find_if(definition.results.begin(), definition.results.end(), same) -
        definition.results.begin()));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return ranks[a] < ranks[b]; });
  return order;
}

}  // namespace

std::optional<HitPolicy> hit_policy_from_text(std::string_view text) {
  return find_word(kPolicies, text);
}

std::optional<Collected> collected_from_text(std::string_view text) {
  return find_word(kCollected, text);
}

Table::Table(TableDefinition definition)
    : definition_(std::move(definition)), order_(order_of(definition_)) {
  for (std::size_t c = 0; c < definition_.inputs.size(); ++c) {
    std::vector<const Cell*> cells;
    for (const TableRow& row : definition_.rows) cells.push_back(&row.cells[c]);
    columns_.emplace_back(definition_.inputs[c].domain, cells);
  }
  for (const std::uint32_t number : order_) {
    std::vector<std::vector<Pieces>>& accepted = accepted_.emplace_back();
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      accepted.push_back(columns_[c].accepted_by(definition_.rows[number].cells[c]));
    }
  }
  index_.emplace(columns_, accepted_);
}

std::optional<std::size_t> Table::find(std::span<const cel::Value> inputs) const {
  std::array<std::uint32_t, kMostInputs> pieces;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const auto piece = columns_[c].piece_of(inputs[c]);
    if (!piece) return std::nullopt;
    pieces[c] = *piece;
  }
  std::optional<std::size_t> found;
  index_->each_row({pieces.data(), columns_.size()}, [&](std::size_t row) {
    if (!definition_.rows[order_[row]].conditions.empty()) return true;
    found = order_[row];
    return false;
  });
  return found;
}

cel::Value Table::answer(std::span<const cel::Value> inputs, TableContext& context,
                         std::vector<std::size_t>* rows) const {
  return TableAnswer(*this, *index_, context).answer(inputs, rows);
}

}  // namespace lockgate::rules
