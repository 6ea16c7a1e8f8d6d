// Small random tables, held against trying out every input.

#include <gtest/gtest.h>

#include <random>

#include "rules/table_check.hpp"

namespace lockgate::rules {
namespace {

using Point = std::vector<cel::Value>;

// An input and some of its values: at least one of every piece that the cells
// made for it can cut.
struct Sample {
  Domain domain;
  std::vector<cel::Value> bounds;
  std::vector<cel::Value> values;
};

std::vector<Sample> samples() {
  std::vector<Sample> all;
  Sample flag{.domain = {.kind = ColumnKind::boolean}, .bounds = {}, .values = {}};
  flag.values = {cel::Value::boolean(false), cel::Value::boolean(true)};
  flag.bounds = flag.values;
  all.push_back(flag);

  Sample choice{.domain = {.kind = ColumnKind::text}, .bounds = {}, .values = {}};
  for (const char* word : {"none", "draft", "signed"}) {
    choice.domain.words.emplace_back(word);
    choice.values.push_back(cel::Value::string(word));
  }
  choice.bounds = choice.values;
  all.push_back(choice);

  Sample text{.domain = {.kind = ColumnKind::text}, .bounds = {}, .values = {}};
  for (const char* word : {"a", "b", "zz"}) text.values.push_back(cel::Value::string(word));
  text.bounds = {text.values[0], text.values[1]};
  all.push_back(text);

  Sample whole{.domain = {.grain = Grain::whole, .min = 0, .max = 4}, .bounds = {}, .values = {}};
  for (int i = 0; i <= 4; ++i) whole.values.push_back(cel::Value::integer(i));
  whole.bounds = whole.values;
  whole.bounds.push_back(cel::Value::real(2.5));
  whole.bounds.push_back(cel::Value::integer(7));
  all.push_back(whole);

  Sample pence{
      .domain = {.grain = Grain::pence, .min = 0, .max = 0.03}, .bounds = {}, .values = {}};
  for (const double pounds : {0.0, 0.01, 0.02, 0.03}) {
    pence.values.push_back(cel::Value::real(pounds));
  }
  pence.bounds = pence.values;
  pence.bounds.push_back(cel::Value::real(0.015));
  all.push_back(pence);

  Sample real{.domain = {.min = 0, .max = 2}, .bounds = {}, .values = {}};
  for (int i = 0; i <= 4; ++i) real.values.push_back(cel::Value::real(i * 0.5));
  real.bounds = {cel::Value::integer(0), cel::Value::integer(1), cel::Value::integer(2)};
  all.push_back(real);

  Sample day{.domain = {.kind = ColumnKind::time, .grain = Grain::day}, .bounds = {}, .values = {}};
  for (int i = 0; i < 4; ++i) day.values.push_back(cel::Value::timestamp(i * 86'400));
  day.bounds = {day.values[1], day.values[2]};
  all.push_back(day);
  return all;
}

bool accepts(const Range& range, const cel::Value& value) {
  if (range.low && range.high && range.low->value.identical(range.high->value)) {
    return cel::equal(range.low->value, value) && range.low->inclusive && range.high->inclusive;
  }
  if (range.low) {
    const cel::Order order = cel::compare(value, range.low->value);
    if (order == cel::Order::less) return false;
    if (order == cel::Order::same && !range.low->inclusive) return false;
  }
  if (range.high) {
    const cel::Order order = cel::compare(value, range.high->value);
    if (order == cel::Order::greater) return false;
    if (order == cel::Order::same && !range.high->inclusive) return false;
  }
  return true;
}

bool accepts(const TableRow& row, const Point& point) {
  for (std::size_t c = 0; c < point.size(); ++c) {
    const Cell& cell = row.cells[c];
    if (cell.accepts_anything()) continue;
    bool any = false;
    for (const Range& range : cell.ranges) any = any || accepts(range, point[c]);
    if (any == cell.negated) return false;
  }
  return true;
}

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
  }

  Cell cell(const Sample& sample) {
    Cell cell;
    if (below(3) == 0) return cell;
    const std::size_t ranges = 1 + below(2);
    for (std::size_t i = 0; i < ranges; ++i) {
      const cel::Value& a = sample.bounds[below(sample.bounds.size())];
      const cel::Value& b = sample.bounds[below(sample.bounds.size())];
      const bool words =
          sample.domain.kind == ColumnKind::boolean || sample.domain.kind == ColumnKind::text;
      if (words || below(4) == 0) {
        cell.ranges.push_back({Bound{a}, Bound{a}});
      } else if (below(3) == 0) {
        cell.ranges.push_back({Bound{a, below(2) == 0}, {}});
      } else if (below(2) == 0) {
        cell.ranges.push_back({{}, Bound{a, below(2) == 0}});
      } else {
        cell.ranges.push_back({Bound{a, below(2) == 0}, Bound{b, below(2) == 0}});
      }
    }
    cell.negated = below(6) == 0;
    return cell;
  }

  TableDefinition table(const std::vector<Sample>& columns, bool with_conditions) {
    TableDefinition table;
    table.hit = static_cast<HitPolicy>(below(5));
    table.collected = static_cast<Collected>(below(5));
    for (const Sample& column : columns) table.inputs.push_back({"x", column.domain});
    const std::size_t rows = 1 + below(6);
    for (std::size_t i = 0; i < rows; ++i) {
      TableRow row;
      for (const Sample& column : columns) row.cells.push_back(cell(column));
      row.result = cel::Value::integer(static_cast<std::int64_t>(below(3)));
      if (with_conditions && below(3) == 0) {
        row.conditions.push_back(*cel::compile(below(2) == 0 ? "true" : "false", {}));
      }
      table.rows.push_back(std::move(row));
    }
    for (const int result : {1, 0, 2}) table.results.push_back(cel::Value::integer(result));
    if (below(3) == 0) table.fallback = cel::Value::integer(9);
    if (table.hit == HitPolicy::collect && table.collected == Collected::sum) {
      table.fallback = cel::Value::integer(0);
    }
    return table;
  }

 private:
  std::mt19937 random_;
};

std::vector<Point> points(const std::vector<Sample>& columns) {
  std::vector<Point> all = {{}};
  for (const Sample& column : columns) {
    std::vector<Point> longer;
    for (const Point& point : all) {
      for (const cel::Value& value : column.values) {
        longer.push_back(point);
        longer.back().push_back(value);
      }
    }
    all = std::move(longer);
  }
  return all;
}

bool is_conditional(const TableRow& row) { return !row.conditions.empty(); }

std::size_t rank(const TableDefinition& table, std::size_t row) {
  if (table.hit != HitPolicy::priority) return 0;
  std::size_t rank = 0;
  while (!table.results[rank].identical(table.rows[row].result)) ++rank;
  return rank;
}

// The result by looking at every row; nullopt for an error.
std::optional<cel::Value> scanned(const TableDefinition& table, const Point& point) {
  std::vector<cel::Value> results;
  std::size_t best = 0;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const TableRow& row = table.rows[i];
    if (!accepts(row, point)) continue;
    if (is_conditional(row) && !row.conditions[0].evaluate({}).is_true()) continue;
    if (results.empty() || rank(table, i) < rank(table, best)) best = i;
    results.push_back(row.result);
  }
  if (table.hit == HitPolicy::collect) {
    std::int64_t sum = 0;
    std::int64_t least = 99;
    std::int64_t most = -99;
    for (const cel::Value& each : results) {
      sum += each.as_int();
      least = std::min(least, each.as_int());
      most = std::max(most, each.as_int());
    }
    if (table.collected == Collected::list) return cel::Value::list(results);
    if (table.collected == Collected::count) {
      return cel::Value::integer(static_cast<std::int64_t>(results.size()));
    }
    if (results.empty()) return table.fallback;
    if (table.collected == Collected::sum) return cel::Value::integer(sum);
    return cel::Value::integer(table.collected == Collected::min ? least : most);
  }
  if (results.empty()) return table.fallback;
  if (table.hit == HitPolicy::unique && results.size() > 1) return std::nullopt;
  for (const cel::Value& each : results) {
    if (table.hit == HitPolicy::any && !each.identical(results[0])) return std::nullopt;
  }
  return table.rows[best].result;
}

bool decides_before(const TableDefinition& table, std::size_t a, std::size_t b) {
  return std::pair(rank(table, a), a) < std::pair(rank(table, b), b);
}

bool has(const std::vector<TableFinding>& findings, TableFinding::Kind kind, std::size_t row) {
  for (const TableFinding& each : findings) {
    if (each.kind == kind && (kind == TableFinding::Kind::gap || each.row == row)) return true;
  }
  return false;
}

class RandomTable : public testing::TestWithParam<unsigned> {
 protected:
  static constexpr unsigned kTables = 150;  // for each seed

  template <class Try>
  void each_table(bool with_conditions, Try&& attempt) {
    const std::vector<Sample> kinds = samples();
    Maker maker(GetParam());
    for (unsigned i = 0; i < kTables && !HasFailure(); ++i) {
      SCOPED_TRACE("table " + std::to_string(i));
      std::vector<Sample> columns;
      const std::size_t count = 1 + maker.below(3);
      while (columns.size() < count) columns.push_back(kinds[maker.below(kinds.size())]);
      attempt(Table(maker.table(columns, with_conditions)), columns);
    }
  }
};

TEST_P(RandomTable, GivesWhatAScanOfTheRowsGives) {
  each_table(true, [](const Table& table, const std::vector<Sample>& columns) {
    for (const Point& point : points(columns)) {
      TableContext context{.left = 1'000'000};
      const cel::Value answer = table.answer(point, context);
      const auto expected = scanned(table.definition(), point);
      ASSERT_EQ(answer.is_error(), !expected) << cel::Value::list(point).text();
      if (!expected) continue;
      ASSERT_TRUE(answer.identical(*expected)) << cel::Value::list(point).text() << ": "
                                               << answer.text() << ", scanned " << expected->text();
    }
  });
}

TEST_P(RandomTable, IsUnknownOnlyWhereAnUnknownInputMakesADifference) {
  each_table(false, [](const Table& table, const std::vector<Sample>& columns) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      for (Point point : points(columns)) {
        std::optional<cel::Value> common;
        bool open = false;
        for (const cel::Value& value : columns[c].values) {
          point[c] = value;
          const auto each = scanned(table.definition(), point);
          open = open || !each || (common && !each->identical(*common));
          common = each;
        }
        point[c] = cel::Value::unknown(7);
        TableContext context{.left = 1'000'000};
        const cel::Value answer = table.answer(point, context);
        if (open && answer.is_error()) continue;  // whatever the input is, there is no result
        ASSERT_EQ(answer.is_unknown(), open) << cel::Value::list(point).text();
        ASSERT_TRUE(open || answer.identical(*common));
      }
    }
  });
}

// Which findings there must be is told by trying every point; whether rows with
// conditions match is not known.
TEST_P(RandomTable, IsFoundWrongExactlyWhereItIs) {
  using Kind = TableFinding::Kind;
  each_table(true, [](const Table& table, const std::vector<Sample>& columns) {
    const TableDefinition& definition = table.definition();
    const std::vector<TableRow>& rows = definition.rows;
    const std::size_t count = rows.size();
    const bool ordered =
        definition.hit == HitPolicy::first || definition.hit == HitPolicy::priority;
    const bool exclusive = definition.hit == HitPolicy::unique || definition.hit == HitPolicy::any;
    const bool least_or_most =
        definition.collected == Collected::min || definition.collected == Collected::max;
    const auto collide = [&](std::size_t a, std::size_t b) {
      return exclusive && a != b && !is_conditional(rows[a]) && !is_conditional(rows[b]) &&
             (definition.hit == HitPolicy::unique || !rows[a].result.identical(rows[b].result));
    };
    bool gap = false;
    std::vector<bool> matches(count);
    std::vector<bool> decides(count);
    std::vector<bool> overlaps(count);
    for (const Point& point : points(columns)) {
      bool covered = false;
      for (std::size_t i = 0; i < count; ++i) {
        if (!accepts(rows[i], point)) continue;
        covered = true;
        matches[i] = true;
        bool first = true;
        for (std::size_t other = 0; other < count; ++other) {
          if (!accepts(rows[other], point)) continue;
          if (!is_conditional(rows[other]) && decides_before(definition, other, i)) first = false;
          if (other < i && collide(i, other)) overlaps[i] = true;
        }
        if (first) decides[i] = true;
      }
      gap = gap || !covered;
    }
    if (definition.fallback || (definition.hit == HitPolicy::collect && !least_or_most)) {
      gap = false;
    }

    std::uint64_t work = 10'000'000;
    const std::vector<TableFinding> findings = check(table, work);
    EXPECT_EQ(has(findings, Kind::gap, 0), gap);
    EXPECT_FALSE(has(findings, Kind::unfinished, 0));
    for (std::size_t i = 0; i < count; ++i) {
      SCOPED_TRACE("row " + std::to_string(i));
      EXPECT_EQ(has(findings, Kind::never, i), !matches[i]);
      EXPECT_EQ(has(findings, Kind::overlap, i), overlaps[i]);
      EXPECT_EQ(has(findings, Kind::shadowed, i), ordered && matches[i] && !decides[i]);
    }
    for (const TableFinding& finding : findings) {
      EXPECT_TRUE(finding.certain);
      if (finding.kind == Kind::never) continue;
      ASSERT_EQ(finding.example.size(), columns.size());
      if (finding.kind == Kind::gap) {
        for (const TableRow& row : rows) EXPECT_FALSE(accepts(row, finding.example));
      } else {
        EXPECT_TRUE(accepts(rows[finding.row], finding.example));
        EXPECT_TRUE(accepts(rows[finding.other], finding.example));
        EXPECT_FALSE(is_conditional(rows[finding.other]));
      }
      EXPECT_TRUE(finding.kind != Kind::overlap || collide(finding.row, finding.other));
      EXPECT_TRUE(finding.kind != Kind::shadowed ||
                  decides_before(definition, finding.other, finding.row));
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomTable, testing::Range(1U, 9U));

// So many pieces that neighbours share a line of the index.
TEST(LargeTable, GivesWhatAScanOfTheRowsGives) {
  Maker maker(11);
  TableDefinition definition;
  definition.hit = HitPolicy::collect;
  definition.inputs = {
      {"a", {.grain = Grain::whole}}, {"b", {}}, {"c", {.kind = ColumnKind::text}}};
  constexpr std::size_t kRows = 3000;
  for (std::size_t i = 0; i < kRows; ++i) {
    TableRow row;
    const auto low = static_cast<std::int64_t>(maker.below(100'000));
    const auto real = static_cast<double>(maker.below(100'000)) / 8;
    const cel::Value word = cel::Value::string("w" + std::to_string(maker.below(2500)));
    const bool any_word = maker.below(2) == 0;
    row.cells.resize(3);
    row.cells[0].ranges = {
        {Bound{cel::Value::integer(low)}, Bound{cel::Value::integer(low + 9000)}}};
    row.cells[1].ranges = {{Bound{cel::Value::real(real), false}, {}}};
    if (!any_word) row.cells[2].ranges = {{Bound{word}, Bound{word}}};
    row.result = cel::Value::integer(static_cast<std::int64_t>(i));
    definition.rows.push_back(std::move(row));
  }
  const Table table(definition);
  for (int i = 0; i < 100; ++i) {
    const Point point = {definition.rows[maker.below(kRows)].cells[0].ranges[0].low->value,
                         definition.rows[maker.below(kRows)].cells[1].ranges[0].low->value,
                         cel::Value::string("w" + std::to_string(maker.below(2600)))};
    TableContext context;
    const cel::Value answer = table.answer(point, context);
    std::vector<cel::Value> hits;
    for (const TableRow& row : definition.rows) {
      if (accepts(row, point)) hits.push_back(row.result);
    }
    ASSERT_TRUE(answer.identical(cel::Value::list(std::move(hits))));
  }
}

TEST(LargeTable, IsNotCheckedForEver) {
  Maker maker(3);
  TableDefinition definition;
  definition.hit = HitPolicy::first;
  definition.inputs.resize(kMostInputs, {"x", {.kind = ColumnKind::boolean}});
  for (int i = 0; i < 400; ++i) {
    TableRow row;
    row.cells.resize(kMostInputs);
    for (int restricted = 0; restricted < 3; ++restricted) {
      const cel::Value value = cel::Value::boolean(maker.below(2) == 0);
      row.cells[maker.below(kMostInputs)].ranges = {{Bound{value}, Bound{value}}};
    }
    definition.rows.push_back(std::move(row));
  }
  std::uint64_t work = 20'000;
  const std::vector<TableFinding> findings = check(Table(std::move(definition)), work);
  EXPECT_EQ(work, 0U);
  EXPECT_TRUE(has(findings, TableFinding::Kind::unfinished, 0));
}

}  // namespace
}  // namespace lockgate::rules
