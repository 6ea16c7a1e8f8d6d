#include "rules/table_result.hpp"

#include <algorithm>
#include <cmath>

#include "rules/cel/functions.hpp"
#include "rules/spelling.hpp"
#include "rules/toml_reader.hpp"
#include "rules/toml_value.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

// nullopt for what no result can be.
std::optional<cel::Value> scalar(const toml::node& node) {
  if (node.is_boolean()) return cel::Value::boolean(node.ref<bool>());
  if (node.is_integer()) return cel::Value::integer(node.ref<std::int64_t>());
  if (node.is_string()) return cel::Value::string(node.ref<std::string>());
  if (node.is_floating_point() && std::isfinite(node.ref<double>())) {
    return cel::Value::real(node.ref<double>());
  }
  if (!node.is_date() && !node.is_date_time()) return std::nullopt;
  const FactValue written = to_fact_value(node);
  const std::string& text = *std::get_if<std::string>(&written);
  cel::Value moment = cel::parse_timestamp(node.is_date() ? text + "T00:00:00Z" : text);
  return moment.is_error() ? std::nullopt : std::optional(std::move(moment));
}

bool is_number(const cel::Value& value) {
  return value.is(cel::Kind::integer) || value.is(cel::Kind::real);
}

cel::Value as_real(const cel::Value& value) {
  return value.is(cel::Kind::integer) ? cel::Value::real(static_cast<double>(value.as_int()))
                                      : value;
}

// One output of the table: the results themselves, or one member of each.
struct Output {
  std::string name = {};  // empty: the only one
  cel::Kind kind = cel::Kind::null;
  bool real = false;  // one of the numbers is no whole number
};

class Results {
 public:
  Results(const TablePart& part, const TomlText& text, TableDefinition& definition,
          std::vector<Issue>& issues)
      : part_(part), text_(text), definition_(definition), issues_(issues) {}

  cel::Type run() {
    const std::size_t before = issues_.size();
    for (const TableRowPart& row : part_.rows) look_at(*row.then);
    if (part_.fallback) look_at(*part_.fallback);
    if (issues_.size() > before) return {};
    if (is_record()) make_record();
    for (std::size_t i = 0; i < part_.rows.size(); ++i) {
      definition_.rows[i].result = value_of(*part_.rows[i].then);
    }
    if (part_.fallback) definition_.fallback = value_of(*part_.fallback);
    read_list();
    check_policy();
    return type();
  }

 private:
  bool is_record() const { return !outputs_.empty() && !outputs_.front().name.empty(); }

  void complain(const toml::node& node, std::string message, std::string help) {
    Issue issue = text_.issue(node.source(), "LG132", std::move(message));
    issue.help = std::move(help);
    issues_.push_back(std::move(issue));
  }

  void look_at(const toml::node& node) {
    const toml::table* record = node.as_table();
    if (outputs_.empty()) {
      if (!record) outputs_.push_back({});
      if (record) {
        for (const auto& [key, member] : *record) outputs_.push_back({std::string(key.str())});
      }
      if (outputs_.empty()) return complain(node, "this result names nothing", "write a value");
    }
    if ((record != nullptr) != is_record() || (record && record->size() != outputs_.size())) {
      return complain(node, "this result has not the outputs of the first row",
                      is_record() ? "the outputs are " + names() : "write one value");
    }
    for (Output& output : outputs_) {
      const toml::node* member = record ? record->get(output.name) : &node;
      if (!member) {
        return complain(node, "this result has no " + ticked(output.name),
                        "the outputs are " + names());
      }
      look_at(*member, output);
    }
  }

  void look_at(const toml::node& node, Output& output) {
    const auto value = scalar(node);
    if (!value) {
      return complain(node, "a result cannot be " + std::string(kind_of(node)),
                      "write text, a number, true or false, or a date");
    }
    output.real = output.real || value->is(cel::Kind::real);
    const cel::Kind kind = is_number(*value) ? cel::Kind::integer : value->kind();
    if (output.kind == cel::Kind::null) output.kind = kind;
    if (kind == output.kind) return;
    complain(node, "this result is " + std::string(kind_of(node)) + ", and the first is not",
             "give all rows results of one type");
  }

  static cel::Type type_of(const Output& output) {
    return output.real ? cel::Kind::real : output.kind;
  }

  void make_record() {
    std::vector<cel::Record::Field> fields;
    for (const Output& output : outputs_) fields.push_back({output.name, type_of(output)});
    record_ = std::make_shared<const cel::Record>(std::move(fields));
  }

  cel::Value value_of(const toml::node& node) const {
    if (!record_) return value_of(node, outputs_.front());
    std::vector<cel::Value> values;
    for (const Output& output : outputs_) {
      values.push_back(value_of(*node.as_table()->get(output.name), output));
    }
    return cel::Value::map(record_->shape(), std::move(values));
  }

  static cel::Value value_of(const toml::node& node, const Output& output) {
    const cel::Value value = *scalar(node);
    return output.real ? as_real(value) : value;
  }

  std::string names() const {
    std::string text;
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      if (i > 0) text += i + 1 == outputs_.size() ? " and " : ", ";
      text += ticked(outputs_[i].name);
    }
    return text;
  }

  void read_list() {
    if (!part_.results) return;
    if (is_record()) {
      return complain(*part_.results, "`results` lists single values, and these are several",
                      "take it out");
    }
    std::vector<std::string> words;
    for (const toml::node& node : *part_.results->as_array()) {
      const auto value = scalar(node);
      if (!value) {
        return complain(node, "a result cannot be " + std::string(kind_of(node)),
                        "write text, a number, true or false, or a date");
      }
      definition_.results.push_back(outputs_.front().real ? as_real(*value) : *value);
      if (value->is(cel::Kind::string)) words.push_back(node.ref<std::string>());
    }
    const auto hold = [&](const cel::Value& value, const toml::node& node) {
      for (const cel::Value& each : definition_.results) {
        if (each.identical(value)) return;
      }
      const std::string word = node.is_string() ? node.ref<std::string>() : cel::to_text(value);
      const std::string guess = nearest(word, words);
      complain(node, ticked(word) + " is not among the `results`",
               guess.empty() ? "add it to them, in its place" : did_you_mean(guess));
    };
    for (std::size_t i = 0; i < part_.rows.size(); ++i) {
      hold(definition_.rows[i].result, *part_.rows[i].then);
    }
    if (definition_.fallback) hold(*definition_.fallback, *part_.fallback);
  }

  void check_policy() {
    const toml::node& first = *part_.rows.front().then;
    if (definition_.hit == HitPolicy::priority && !part_.results) {
      complain(first, "`priority` needs a list of all results, the strongest first",
               "write `results = [...]`");
    }
    if (definition_.hit != HitPolicy::collect) return;
    const bool numbers = !is_record() && outputs_.front().kind == cel::Kind::integer;
    if (definition_.collected == Collected::sum && !numbers) {
      complain(first, "only numbers can be summed", "write `collect = \"list\"`");
    } else if (definition_.collected == Collected::sum && !definition_.fallback) {
      definition_.fallback = outputs_.front().real ? cel::Value::real(0) : cel::Value::integer(0);
    } else if (is_record() && (definition_.collected == Collected::min ||
                               definition_.collected == Collected::max)) {
      complain(first, "several outputs have no least and no greatest", "give a single result");
    }
  }

  cel::Type type() const {
    const cel::Type one = record_ ? cel::Type::record(record_) : type_of(outputs_.front());
    if (definition_.hit != HitPolicy::collect) return one;
    if (definition_.collected == Collected::list) return cel::Type::list(one);
    return definition_.collected == Collected::count ? cel::Type(cel::Kind::integer) : one;
  }

  const TablePart& part_;
  const TomlText& text_;
  TableDefinition& definition_;
  std::vector<Issue>& issues_;
  std::vector<Output> outputs_;
  std::shared_ptr<const cel::Record> record_;  // where there are several outputs
};

}  // namespace

cel::Type read_results(const TablePart& part, const TomlText& text, TableDefinition& definition,
                       std::vector<Issue>& issues) {
  return Results(part, text, definition, issues).run();
}

std::vector<cel::Value> outcomes_of(const TableDefinition& definition) {
  if (definition.hit == HitPolicy::collect) return {};
  std::vector<cel::Value> all;
  const auto add = [&](const cel::Value& value) {
    const auto same = [&](const cel::Value& each) { return each.identical(value); };
    if (std::none_of(all.begin(), all.end(), same)) all.push_back(value);
  };
  constexpr std::size_t kMost = 64;  // more are of no use to those who try them out
  for (const TableRow& row : definition.rows) {
    if (all.size() > kMost) return {};
    add(row.result);
  }
  if (definition.fallback) add(*definition.fallback);
  return all;
}

}  // namespace lockgate::rules
