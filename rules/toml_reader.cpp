#include "rules/toml_reader.hpp"

#include <algorithm>

#include "rules/spelling.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
std::string_view kind_of(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return "text";
    case toml::node_type::integer:
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::table:
      return "a table";
    case toml::node_type::date:
    case toml::node_type::time:
    case toml::node_type::date_time:
      return "a date or time";
    case toml::node_type::none:
      break;
  }
  return "nothing";
}

std::chrono::year_month_day to_ymd(const toml::date& date) {
  return {std::chrono::year(date.year), std::chrono::month(date.month), std::chrono::day(date.day)};
}

void TomlReader::expect(std::initializer_list<std::string_view> keys) {
  expect_names({keys.begin(), keys.size()});
}

void TomlReader::expect(std::span<const Key> keys) {
  std::vector<std::string_view> names;
  for (const Key& key : keys) names.push_back(key.name);
  expect_names(names);
}

void TomlReader::expect_names(std::span<const std::string_view> keys) {
  for (const std::string_view key : keys) known_.emplace(key);
  std::vector<std::string> missing;
  for (const std::string_view key : keys) {
    if (!table_.contains(key)) missing.emplace_back(key);
  }
  for (const auto& [key, node] : table_) {
    if (known_.contains(key.str())) continue;
    std::string guess = nearest(key.str(), missing);
    if (!guess.empty()) {
      meant_.emplace(guess, key.str());
      std::erase(missing, guess);
    } else {
      guess = nearest(key.str(), std::vector<std::string>(known_.begin(), known_.end()));
    }
    unknown(key, guess);
  }
}

const toml::node* TomlReader::find(std::string_view key) {
  known_.emplace(key);
  const auto meant = meant_.find(key);
  return table_.get(meant == meant_.end() ? key : std::string_view(meant->second));
}

const toml::node* TomlReader::node(std::string_view key) { return find(key); }

toml::source_region TomlReader::place(std::string_view key) {
  const toml::node* node = find(key);
  return node ? node->source() : table_.source();
}

void TomlReader::complain_at(const toml::source_region& place, std::string_view code,
                             std::string message, std::string label, std::string help) {
  Issue issue;
  if (text_) {
    issue = text_->issue(place, code, std::move(message));
  } else {
    issue.code = code;
    issue.file = file_;
    issue.line = place.begin.line;
    issue.column = place.begin.column;
    issue.message = std::move(message);
  }
  issue.label = std::move(label);
  issue.help = std::move(help);
  issues_.push_back(std::move(issue));
}

void TomlReader::complain(std::string_view key, std::string message, std::string help,
                          std::string_view code) {
  complain_at(place(key), code, std::move(message), {}, std::move(help));
}

void TomlReader::unknown(const toml::key& key, const std::string& guess) {
  complain_at(key.source(), "LG102", "unknown key " + ticked(key.str()) + where_, {},
              did_you_mean(guess));
}

// `checked_on = "2026-11-23"`: the label says what it is, the help what to write.
void TomlReader::wrong_type(std::string_view key, const toml::node& node, std::string_view wanted) {
  std::string help;
  const std::string raw(text_ ? text_->written(node.source()) : std::string_view());
  if (node.is_value() && !node.is_string() && wanted == "text" && !raw.empty()) {
    help = "put it in quotes: `" + std::string(key) + " = \"" + raw + "\"`";
  } else if (node.is_string() && (wanted.ends_with("number") || wanted.ends_with("false") ||
                                  wanted.starts_with("a date"))) {
    help = "write it without quotes";
  } else if (node.is_string() && wanted == "a list of texts" && !raw.empty()) {
    help = "put it in brackets: `" + std::string(key) + " = [" + raw + "]`";
  }
  complain_at(node.source(), "LG104", ticked(key) + " must be " + std::string(wanted),
              "this is " + std::string(kind_of(node)), std::move(help));
}

std::optional<std::string> TomlReader::text(std::string_view key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  if (auto value = node->value_exact<std::string>()) return value;
  wrong_type(key, *node, "text");
  return std::nullopt;
}

std::string TomlReader::word(std::string_view key, std::string_view kind,
                             const std::vector<std::string>& words) {
  const auto value = text(key);
  if (!value || std::find(words.begin(), words.end(), *value) != words.end()) {
    return value.value_or("");
  }
  not_a_word(place(key), *value, kind, words);
  return {};
}

void TomlReader::not_a_word(const toml::source_region& place, std::string_view text,
                            std::string_view kind, const std::vector<std::string>& words) {
  const std::string guess = nearest(text, words);
  complain_at(place, "LG105", ticked(text) + " is not " + std::string(kind), {},
              guess.empty() ? "write " + one_of(words)
                            : did_you_mean(guess) + " It may be " + one_of(words));
}

bool TomlReader::require(std::string_view key) {
  if (find(key)) return true;
  complain_at(table_.source(), "LG103", ticked(key) + " is missing" + where_);
  return false;
}

std::string TomlReader::required_text(std::string_view key) {
  if (!require(key)) return {};
  const auto value = text(key);
  if (value && value->empty()) complain(key, ticked(key) + " is empty", {}, "LG106");
  return value.value_or("");
}

std::optional<std::int64_t> TomlReader::number(std::string_view key, std::int64_t least,
                                               std::int64_t most, std::string_view code) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  const auto value = node->value_exact<std::int64_t>();
  if (!value) {
    wrong_type(key, *node, "a whole number");
  } else if (*value < least || *value > most) {
    complain(key,
             ticked(key) + " must be from " + std::to_string(least) + " to " + std::to_string(most),
             {}, code);
    return std::nullopt;
  }
  return value;
}

std::optional<double> TomlReader::real(std::string_view key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  if (!node->is_number()) {
    wrong_type(key, *node, "a number");
    return std::nullopt;
  }
  if (const auto whole = node->value_exact<std::int64_t>()) return static_cast<double>(*whole);
  return node->value_exact<double>();
}

std::optional<bool> TomlReader::boolean(std::string_view key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  const auto value = node->value_exact<bool>();
  if (!value) wrong_type(key, *node, "true or false");
  return value;
}

std::optional<UtcTime> TomlReader::moment(std::string_view key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  const auto value = node->value_exact<toml::date_time>();
  if (!value || !value->offset) {
    complain(key, ticked(key) + " must be a moment with its zone",
             "write it as `2026-12-01T00:00:00Z`", "LG104");
    return std::nullopt;
  }
  using namespace std::chrono;
  return sys_days(to_ymd(value->date)) + hours(value->time.hour) + minutes(value->time.minute) +
         seconds(value->time.second) + microseconds(value->time.nanosecond / 1000) -
         minutes(value->offset->minutes);
}

std::optional<std::chrono::year_month_day> TomlReader::date(std::string_view key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  if (const auto value = node->value_exact<toml::date>()) return to_ymd(*value);
  wrong_type(key, *node, "a date such as 2026-11-23");
  return std::nullopt;
}

std::vector<std::string> TomlReader::texts(std::string_view key) {
  std::vector<std::string> texts;
  const toml::node* node = find(key);
  if (!node) return texts;
  const toml::array* array = node->as_array();
  if (!array) {
    wrong_type(key, *node, "a list of texts");
    return texts;
  }
  for (const toml::node& each : *array) {
    if (auto value = each.value_exact<std::string>()) {
      texts.push_back(*std::move(value));
    } else {
      wrong_type(key, each, "a list of texts");
    }
  }
  return texts;
}

std::vector<std::int64_t> TomlReader::numbers(std::string_view key) {
  std::vector<std::int64_t> numbers;
  const toml::node* node = find(key);
  if (!node) return numbers;
  const toml::array* array = node->as_array();
  if (!array) {
    wrong_type(key, *node, "a list of whole numbers");
    return numbers;
  }
  for (const toml::node& each : *array) {
    const auto value = each.value_exact<std::int64_t>();
    if (value && *value > 0) {
      numbers.push_back(*value);
    } else {
      wrong_type(key, each, "a list of whole numbers above 0");
    }
  }
  return numbers;
}

std::vector<std::chrono::year_month_day> TomlReader::dates(std::string_view key) {
  std::vector<std::chrono::year_month_day> dates;
  const toml::node* node = find(key);
  if (!node) return dates;
  const toml::array* array = node->as_array();
  if (!array) {
    wrong_type(key, *node, "a list of dates");
    return dates;
  }
  for (const toml::node& each : *array) {
    if (const auto value = each.value_exact<toml::date>()) {
      dates.push_back(to_ymd(*value));
    } else {
      wrong_type(key, each, "a list of dates such as 2026-12-25");
    }
  }
  return dates;
}

const toml::table* TomlReader::table(std::string_view key) {
  const toml::node* node = find(key);
  if (!node) return nullptr;
  if (!node->is_table()) wrong_type(key, *node, "a table");
  return node->as_table();
}

std::vector<const toml::table*> TomlReader::tables(std::string_view key) {
  std::vector<const toml::table*> tables;
  const toml::node* node = find(key);
  if (!node) return tables;
  const toml::array* array = node->as_array();
  if (!array) {
    wrong_type(key, *node, "a list of tables, written as [[" + std::string(key) + "]]");
    return tables;
  }
  for (const toml::node& each : *array) {
    if (const toml::table* table = each.as_table()) {
      tables.push_back(table);
    } else {
      wrong_type(key, each, "a list of tables");
    }
  }
  return tables;
}

void TomlReader::finish() {
  const std::vector<std::string> known(known_.begin(), known_.end());
  for (const auto& [key, node] : table_) {
    if (!known_.contains(key.str())) unknown(key, nearest(key.str(), known));
  }
}

}  // namespace lockgate::rules
