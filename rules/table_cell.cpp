#include "rules/table_cell.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "rules/cel/functions.hpp"
#include "rules/spelling.hpp"
#include "rules/toml_reader.hpp"
#include "rules/toml_value.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

template <class Number>
std::optional<Number> parsed(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<cel::Value> number_from_text(std::string_view text) {
  if (const auto whole = parsed<std::int64_t>(text)) return cel::Value::integer(*whole);
  const auto real = parsed<double>(text);
  if (!real || !std::isfinite(*real)) return std::nullopt;
  return cel::Value::real(*real);
}

// A value, or a day: from its midnight up to the next.
struct Operand {
  cel::Value begin;
  std::optional<cel::Value> end = {};

  Bound low(bool inclusive) const {
    if (!end) return {begin, inclusive};
    return inclusive ? Bound{begin, true} : Bound{*end, true};
  }
  Bound high(bool inclusive) const {
    if (!end) return {begin, inclusive};
    return inclusive ? Bound{*end, false} : Bound{begin, false};
  }
};

std::optional<Operand> time_from_text(std::string_view text) {
  if (text.size() != 10) {
    cel::Value moment = cel::parse_timestamp(text);
    if (moment.is_error()) return std::nullopt;
    return Operand{std::move(moment)};
  }
  cel::Value midnight = cel::parse_timestamp(std::string(text) + "T00:00:00Z");
  if (midnight.is_error()) return std::nullopt;
  cel::Value next = cel::Value::timestamp(midnight.seconds() + 86'400);
  if (next.is_error()) return std::nullopt;
  return Operand{std::move(midnight), std::move(next)};
}

std::optional<Operand> operand(std::string_view text, ColumnKind kind) {
  text = trimmed(text);
  if (kind == ColumnKind::time) return time_from_text(text);
  if (kind == ColumnKind::duration) {
    cel::Value length = cel::parse_duration(text);
    if (length.is_error()) return std::nullopt;
    return Operand{std::move(length)};
  }
  auto number = number_from_text(text);
  if (!number) return std::nullopt;
  return Operand{*std::move(number)};
}

std::optional<Range> comparison(std::string_view text, ColumnKind kind) {
  for (const std::string_view sign : {">=", "<=", ">", "<", "="}) {
    if (!text.starts_with(sign)) continue;
    const auto value = operand(text.substr(sign.size()), kind);
    if (!value) return std::nullopt;
    if (sign == "=") return Range{value->low(true), value->high(true)};
    if (sign.starts_with('>')) return Range{value->low(sign.size() == 2), {}};
    return Range{{}, value->high(sign.size() == 2)};
  }
  return std::nullopt;
}

// "5..10", "[5..10)", "5..", "..10"
std::optional<Range> interval(std::string_view text, ColumnKind kind) {
  bool low_included = true;
  bool high_included = true;
  const bool opens = text.starts_with('[') || text.starts_with('(');
  const bool closes = text.ends_with(']') || text.ends_with(')');
  if (opens != closes) return std::nullopt;
  if (opens) {
    low_included = text.front() == '[';
    high_included = text.back() == ']';
    text = text.substr(1, text.size() - 2);
  }
  const std::size_t dots = text.find("..");
  if (dots == text.npos) return std::nullopt;
  const std::string_view first = trimmed(text.substr(0, dots));
  const std::string_view last = trimmed(text.substr(dots + 2));
  if (first.empty() && last.empty()) return std::nullopt;
  Range range;
  if (!first.empty()) {
    const auto value = operand(first, kind);
    if (!value) return std::nullopt;
    range.low = value->low(low_included);
  }
  if (!last.empty()) {
    const auto value = operand(last, kind);
    if (!value) return std::nullopt;
    range.high = value->high(high_included);
  }
  return range;
}

std::optional<Range> range_from_text(std::string_view text, ColumnKind kind) {
  text = trimmed(text);
  if (auto range = comparison(text, kind)) return range;
  if (auto range = interval(text, kind)) return range;
  const auto value = operand(text, kind);
  if (!value) return std::nullopt;
  return Range{value->low(true), value->high(true)};
}

bool is_empty(const Range& range) {
  if (!range.low || !range.high) return false;
  const cel::Order order = cel::compare(range.low->value, range.high->value);
  if (order == cel::Order::same) return !range.low->inclusive || !range.high->inclusive;
  return order != cel::Order::less;
}

std::string_view wanted(const Domain& domain) {
  switch (domain.kind) {
    case ColumnKind::boolean:
      return "write true, false or `\"-\"`";
    case ColumnKind::number:
      return "write a number or a range: 5, `\">= 5\"`, `\"5..10\"`";
    case ColumnKind::text:
      return "write text, or a list of texts";
    case ColumnKind::time:
      return "write a date or a range of them: 2026-04-01, `\"2026-04-01..2027-03-31\"`";
    case ColumnKind::duration:
      return "write a length of time or a range: `\"36h\"`, `\">= 36h\"`";
  }
  return {};
}

class CellReader {
 public:
  CellReader(const Domain& domain, std::vector<CellMistake>& mistakes)
      : domain_(domain), mistakes_(mistakes), before_(mistakes.size()) {}

  std::optional<Cell> run(const toml::node& node) {
    read(node);
    if (mistakes_.size() > before_) return std::nullopt;
    return std::move(cell_);
  }

 private:
  void read(const toml::node& node) {
    if (const toml::table* table = node.as_table()) return read_not(*table);
    const std::string* text = node.is_string() ? &node.ref<std::string>() : nullptr;
    if (text && *text == "-") return;
    if (text && text->starts_with("!=")) {
      cell_.negated = true;
      const std::string_view rest = trimmed(std::string_view(*text).substr(2));
      return domain_.kind == ColumnKind::text ? add_word(node, std::string(rest))
                                              : add_text(node, rest);
    }
    add_one_or_many(node);
  }

  void read_not(const toml::table& table) {
    const toml::node* inner = table.get("not");
    if (!inner || table.size() != 1) {
      return complain(table, "a cell is a value, a list, `{ not = ... }` or `{ cel = ... }`",
                      std::string(wanted(domain_)));
    }
    cell_.negated = true;
    add_one_or_many(*inner);
  }

  void add_one_or_many(const toml::node& node) {
    const toml::array* list = node.as_array();
    if (!list) return add(node);
    if (list->empty()) complain(node, "an empty list accepts nothing", "`\"-\"` accepts anything");
    for (const toml::node& each : *list) add(each);
  }

  void add(const toml::node& node) {
    if (node.is_string()) {
      const std::string& text = node.ref<std::string>();
      return domain_.kind == ColumnKind::text ? add_word(node, text) : add_text(node, text);
    }
    if (node.is_boolean() && domain_.kind == ColumnKind::boolean) {
      return add_value(cel::Value::boolean(node.ref<bool>()));
    }
    if (domain_.kind == ColumnKind::number) {
      if (node.is_integer()) return add_value(cel::Value::integer(node.ref<std::int64_t>()));
      if (node.is_floating_point() && std::isfinite(node.ref<double>())) {
        return add_value(cel::Value::real(node.ref<double>()));
      }
    }
    if (domain_.kind == ColumnKind::time && (node.is_date() || node.is_date_time())) {
      const FactValue written = to_fact_value(node);
      return add_text(node, *std::get_if<std::string>(&written));
    }
    complain(node, "this cell is " + std::string(kind_of(node)), std::string(wanted(domain_)));
  }

  void add_value(cel::Value value) { cell_.ranges.push_back({Bound{value}, Bound{value}}); }

  void add_word(const toml::node& node, const std::string& word) {
    const std::vector<std::string>& words = domain_.words;
    if (words.empty() || std::find(words.begin(), words.end(), word) != words.end()) {
      return add_value(cel::Value::string(word));
    }
    const std::string guess = nearest(word, words);
    complain(node, ticked(word) + " is not a value of this input",
             guess.empty() ? "the values are " + one_of(words) : did_you_mean(guess));
  }

  void add_text(const toml::node& node, std::string_view text) {
    auto range =
        domain_.kind == ColumnKind::boolean ? std::nullopt : range_from_text(text, domain_.kind);
    if (!range) {
      return complain(node, ticked(text) + " does not fit this input",
                      std::string(wanted(domain_)));
    }
    if (is_empty(*range)) {
      return complain(node, ticked(text) + " accepts nothing",
                      "a range begins with the lesser value");
    }
    cell_.ranges.push_back(*std::move(range));
  }

  void complain(const toml::node& node, std::string message, std::string help) {
    mistakes_.push_back({&node, std::move(message), std::move(help)});
  }

  const Domain& domain_;
  std::vector<CellMistake>& mistakes_;
  const std::size_t before_;
  Cell cell_;
};

std::optional<ColumnKind> kind_of_cell(const toml::node& node) {
  if (node.is_boolean()) return ColumnKind::boolean;
  if (node.is_number()) return ColumnKind::number;
  if (node.is_date() || node.is_date_time()) return ColumnKind::time;
  if (node.is_string()) {
    std::string_view text = node.ref<std::string>();
    if (text.starts_with("!=")) text.remove_prefix(2);
    for (const ColumnKind kind : {ColumnKind::number, ColumnKind::time}) {
      if (range_from_text(text, kind)) return kind;
    }
  }
  if (const toml::array* list = node.as_array(); list && !list->empty()) {
    return kind_of_cell(*list->get(0));
  }
  if (const toml::table* table = node.as_table()) {
    if (const toml::node* inner = table->get("not")) return kind_of_cell(*inner);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Cell> read_cell(const toml::node& node, const Domain& domain,
                              std::vector<CellMistake>& mistakes) {
  return CellReader(domain, mistakes).run(node);
}

ColumnKind kind_of_cells(const std::vector<const toml::node*>& nodes) {
  for (const toml::node* node : nodes) {
    if (!node) continue;
    if (const auto kind = kind_of_cell(*node)) return *kind;
  }
  return ColumnKind::text;
}

}  // namespace lockgate::rules
