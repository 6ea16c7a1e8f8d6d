#include "rules/toml_reader.hpp"

#include "rules/spelling.hpp"

namespace lockgate::rules {
namespace {

std::string ticked(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string_view kind(const toml::node& node) {
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

}  // namespace

const toml::node* TomlReader::find(std::string_view key) {
  known_.emplace(key);
  return table_.get(key);
}

void TomlReader::complain_at(const toml::source_region& place, std::string message,
                             std::string help) {
  Issue issue;
  issue.code = "LG400";
  issue.file = file_;
  issue.line = place.begin.line;
  issue.column = place.begin.column;
  issue.message = std::move(message);
  issue.help = std::move(help);
  issues_.push_back(std::move(issue));
}

void TomlReader::complain(std::string_view key, std::string message, std::string help) {
  const toml::node* node = table_.get(key);
  complain_at(node ? node->source() : table_.source(), std::move(message), std::move(help));
}

void TomlReader::wrong_type(std::string_view key, const toml::node& node, std::string_view wanted) {
  complain_at(node.source(),
              ticked(key) + " must be " + std::string(wanted) + ", not " + std::string(kind(node)),
              {});
}

std::optional<std::string> TomlReader::text(std::string_view key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  if (auto value = node->value_exact<std::string>()) return value;
  wrong_type(key, *node, "text");
  return std::nullopt;
}

std::string TomlReader::required_text(std::string_view key) {
  if (!find(key)) {
    complain(key, ticked(key) + " is missing" + where_);
    return {};
  }
  return text(key).value_or("");
}

std::optional<std::int64_t> TomlReader::number(std::string_view key, std::int64_t least,
                                               std::int64_t most) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  const auto value = node->value_exact<std::int64_t>();
  if (!value) {
    wrong_type(key, *node, "a whole number");
  } else if (*value < least || *value > most) {
    complain(key, ticked(key) + " must be from " + std::to_string(least) + " to " +
                      std::to_string(most));
    return std::nullopt;
  }
  return value;
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
             "write it as `2026-12-01T00:00:00Z`");
    return std::nullopt;
  }
  using namespace std::chrono;
  return sys_days(to_ymd(value->date)) + hours(value->time.hour) + minutes(value->time.minute) +
         seconds(value->time.second) + microseconds(value->time.nanosecond / 1000) -
         minutes(value->offset->minutes);
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
  for (const auto& [key, node] : table_) {
    if (known_.contains(key.str())) continue;
    std::vector<std::string> known(known_.begin(), known_.end());
    const std::string guess = nearest(key.str(), known);
    complain_at(key.source(), "unknown key " + ticked(key.str()) + where_,
                guess.empty() ? std::string() : "did you mean " + ticked(guess) + "?");
  }
}

}  // namespace lockgate::rules
