#include "rules/json_facts.hpp"

#include <simdjson.h>

#include <algorithm>

#include "rules/cel/functions.hpp"
#include "rules/fact_value.hpp"

namespace lockgate::rules {
namespace {

using simdjson::dom::element_type;
using Element = simdjson::dom::element;

FactValue to_fact_value(Element element) {
  switch (element.type()) {
    case element_type::OBJECT: {
      FactMap map;
      const simdjson::dom::object object = element.get_object().value_unsafe();
      for (const auto [key, value] : object) {
        map.emplace_back(std::string(key), to_fact_value(value));
      }
      return map;
    }
    case element_type::ARRAY: {
      FactList list;
      const simdjson::dom::array array = element.get_array().value_unsafe();
      for (const Element each : array) {
        list.push_back(to_fact_value(each));
      }
      return list;
    }
    case element_type::STRING:
      return std::string(element.get_string().value_unsafe());
    case element_type::INT64:
      return element.get_int64().value_unsafe();
    case element_type::UINT64:
      return element.get_uint64().value_unsafe();
    case element_type::DOUBLE:
      return element.get_double().value_unsafe();
    case element_type::BOOL:
      return element.get_bool().value_unsafe();
    case element_type::NULL_VALUE:
      break;
  }
  return {};
}

// What a key leads to.
struct Branch {
  struct Child {
    std::string key;
    const FactDeclaration* fact = nullptr;
    std::size_t slot = 0;
    std::unique_ptr<Branch> below = {};
  };
  std::vector<Child> children;

  Child& child(std::string_view key) {
    const auto found = std::find_if(children.begin(), children.end(),
                                    [&](const Child& each) { return each.key == key; });
    if (found != children.end()) return *found;
    return children.emplace_back(Child{.key = std::string(key)});
  }

  // Keys mostly come in the order of the time before: `next` is tried first.
  const Child* find(std::string_view key, std::size_t& next) const {
    for (std::size_t i = 0; i < children.size(); ++i) {
      const std::size_t at = next + i < children.size() ? next + i : next + i - children.size();
      if (children[at].key != key) continue;
      next = at + 1 < children.size() ? at + 1 : 0;
      return &children[at];
    }
    return nullptr;
  }
};

// A value that fits its declaration, or nothing.
class Quickly {
 public:
  bool convert(const FactDeclaration& fact, Element element, cel::Value& out) {
    switch (fact.type) {
      case FactType::boolean:
        if (!element.is_bool()) return false;
        out = cel::Value::boolean(element.get_bool().value_unsafe());
        return true;
      case FactType::integer:
        if (!element.is_int64()) return false;
        out = cel::Value::integer(element.get_int64().value_unsafe());
        return in_bounds(fact, static_cast<double>(out.as_int()));
      case FactType::uinteger:
        if (!element.is_uint64()) return false;
        out = cel::Value::uinteger(element.get_uint64().value_unsafe());
        return in_bounds(fact, static_cast<double>(out.as_uint()));
      case FactType::real:
      case FactType::money:
        return real(fact, element, out);
      case FactType::string:
        if (!element.is_string()) return false;
        out = cel::Value::string(element.get_string().value_unsafe());
        return true;
      case FactType::choice: {
        if (!element.is_string()) return false;
        const std::string_view text = element.get_string().value_unsafe();
        out = cel::Value::string(text);
        return std::find(fact.values.begin(), fact.values.end(), text) != fact.values.end();
      }
      case FactType::timestamp:
        if (!element.is_string()) return false;
        out = cel::parse_timestamp(element.get_string().value_unsafe());
        return !out.is_error();
      case FactType::list:
        return element.is_array() && list(fact, element.get_array().value_unsafe(), out);
      case FactType::map:
        return element.is_object() && map(fact, element.get_object().value_unsafe(), out);
      case FactType::record:
        return element.is_object() && record(fact, element.get_object().value_unsafe(), out);
      default:
        return general(fact, element, out);
    }
  }

 private:
  static bool in_bounds(const FactDeclaration& fact, double number) {
    return (!fact.min || number >= *fact.min) && (!fact.max || number <= *fact.max);
  }

  static bool real(const FactDeclaration& fact, Element element, cel::Value& out) {
    if (!element.is_number()) return false;
    const double number = element.get_double().value_unsafe();
    if (fact.type == FactType::money) {
      const auto pounds = money_of(number);
      if (!pounds) return false;
      out = *pounds;
    } else {
      out = cel::Value::real(number);
    }
    return in_bounds(fact, number);
  }

  static bool general(const FactDeclaration& fact, Element element, cel::Value& out) {
    std::vector<Problem> problems;
    out = to_cel(fact, to_fact_value(element), {}, problems);
    return problems.empty();
  }

  bool list(const FactDeclaration& fact, simdjson::dom::array array, cel::Value& out) {
    const std::size_t start = made_.size();
    bool right = true;
    for (const Element each : array) {
      cel::Value value;
      right = made_.size() - start < fact.max_items && convert(*fact.of, each, value);
      if (!right) break;
      made_.push_back(std::move(value));
    }
    if (right) out = cel::Value::list_from(std::span(made_).subspan(start));
    made_.resize(start);
    return right;
  }

  bool map(const FactDeclaration& fact, simdjson::dom::object object, cel::Value& out) {
    std::vector<cel::Value::Entry> entries;
    for (const auto [key, each] : object) {
      cel::Value value;
      if (entries.size() >= fact.max_items || !convert(*fact.of, each, value)) return false;
      entries.emplace_back(cel::Value::string(key), std::move(value));
    }
    // Most maps have the keys of the one before.
    if (last_ && last_->keys().size() == entries.size() &&
        std::equal(
            entries.begin(), entries.end(), last_->keys().begin(),
            [](const auto& entry, const cel::Value& key) { return equal(entry.first, key); })) {
      std::vector<cel::Value> values;
      values.reserve(entries.size());
      for (auto& entry : entries) values.push_back(std::move(entry.second));
      out = cel::Value::map(last_, std::move(values));
      return true;
    }
    std::vector<cel::Value> keys, values;
    for (auto& entry : entries) {
      keys.push_back(std::move(entry.first));
      values.push_back(std::move(entry.second));
    }
    auto shape = std::make_shared<const cel::Shape>(std::move(keys));
    if (shape->has_repeated_key()) return false;
    last_ = shape;
    out = cel::Value::map(std::move(shape), std::move(values));
    return true;
  }

  bool record(const FactDeclaration& fact, simdjson::dom::object object, cel::Value& out) {
    const std::size_t start = made_.size(), count = fact.fields.size();
    made_.resize(start + count);
    std::uint64_t seen = 0;  // those of the first 64 fields, enough for most
    std::size_t next = 0, given = 0;
    bool right = count <= 64;
    for (const auto [key, each] : object) {
      const std::size_t at = field(fact, key, next);
      cel::Value value;
      right = right && at < count && (seen >> at & 1) == 0 && convert(fact.fields[at], each, value);
      if (!right) break;
      seen |= std::uint64_t{1} << at;
      made_[start + at] = std::move(value);
      ++given;
    }
    if (right && given == count) {
      out = cel::Value::map_from(fact.record->shape(), std::span(made_).subspan(start));
    } else if (right) {
      right = partial(fact, seen, start, out);
    }
    made_.resize(start);
    return right;
  }

  // A record without all its fields.
  bool partial(const FactDeclaration& fact, std::uint64_t seen, std::size_t start,
               cel::Value& out) {
    std::uint64_t left_out = 0, bit = 1;
    std::size_t kept = start;
    for (std::size_t i = 0; i < fact.fields.size(); ++i) {
      const bool optional = fact.fields[i].optional;
      if ((seen >> i & 1) != 0) {
        if (kept != start + i) made_[kept] = std::move(made_[start + i]);
        ++kept;
      } else if (optional) {
        left_out |= bit;
      } else {
        return false;
      }
      if (optional) bit <<= 1;
    }
    out = cel::Value::map_from(fact.record->shape(left_out),
                               std::span(made_).subspan(start, kept - start));
    return true;
  }

  static std::size_t field(const FactDeclaration& fact, std::string_view key, std::size_t& next) {
    const std::size_t count = fact.fields.size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = next + i < count ? next + i : next + i - count;
      if (fact.fields[at].name != key) continue;
      next = at + 1 < count ? at + 1 : 0;
      return at;
    }
    return count;
  }

  std::vector<cel::Value> made_;  // of the lists and records that are being read
  std::shared_ptr<const cel::Shape> last_;
};

}  // namespace

struct JsonFacts::Inside {
  explicit Inside(const Vocabulary& of) : vocabulary(of) {
    const std::span<const FactDeclaration> facts = of.facts();
    for (std::size_t slot = 0; slot < facts.size(); ++slot) {
      std::string_view name = facts[slot].name;
      Branch* branch = &root;
      for (std::size_t dot = name.find('.'); dot != name.npos; dot = name.find('.')) {
        Branch::Child& child = branch->child(name.substr(0, dot));
        if (!child.below) child.below = std::make_unique<Branch>();
        branch = child.below.get();
        name.remove_prefix(dot + 1);
      }
      Branch::Child& child = branch->child(name);
      child.fact = &facts[slot];
      child.slot = slot;
    }
  }

  bool parse(std::string_view json, Element& out, simdjson::error_code& error) {
    if (json.size() > kMostJsonBytes) {
      error = simdjson::CAPACITY;
      return false;
    }
    buffer.assign(json);
    buffer.reserve(json.size() + simdjson::SIMDJSON_PADDING);
    if (parser.max_depth() != kDeepestJson || parser.capacity() < json.size()) {
      error = parser.allocate(std::max(json.size(), kMostJsonBytes / 16), kDeepestJson);
      if (error) return false;
    }
    error = parser.parse(buffer.data(), json.size(), false).get(out);
    return error == simdjson::SUCCESS;
  }

  bool walk(const Branch& branch, simdjson::dom::object object, std::vector<cel::Value>& values) {
    std::size_t next = 0;
    for (const auto [key, each] : object) {
      const Branch::Child* child = branch.find(key, next);
      if (!child) return false;
      if (child->below) {
        if (!each.is_object() || !walk(*child->below, each.get_object().value_unsafe(), values)) {
          return false;
        }
      } else {
        if (given[child->slot]) return false;
        given[child->slot] = true;
        if (!quickly.convert(*child->fact, each, values[child->slot])) return false;
      }
    }
    return true;
  }

  const Vocabulary& vocabulary;
  Branch root;
  simdjson::dom::parser parser{kMostJsonBytes};
  std::string buffer;
  std::vector<char> given;
  Quickly quickly;
};

JsonFacts::JsonFacts(const Vocabulary& vocabulary)
    : inside_(std::make_unique<Inside>(vocabulary)) {}
JsonFacts::~JsonFacts() = default;

Result<Facts> JsonFacts::read(std::string_view json, bool strict) {
  Element root;
  simdjson::error_code error = simdjson::SUCCESS;
  if (!inside_->parse(json, root, error)) {
    return fail(
        Errc::unreadable, "the facts cannot be read",
        {{"", std::string("this is not JSON that can be taken: ") + simdjson::error_message(error),
          "send one JSON object, in UTF-8, of at most 1 MiB"}});
  }
  const GivenFact given{"", "", to_fact_value(root)};
  return read_facts(inside_->vocabulary, std::span(&given, 1), strict);
}

bool JsonFacts::read_values(std::string_view json, std::vector<cel::Value>& values) {
  Element root;
  simdjson::error_code error = simdjson::SUCCESS;
  if (!inside_->parse(json, root, error) || !root.is_object()) return false;
  values = inside_->vocabulary.defaults();
  inside_->given.assign(values.size(), 0);
  return inside_->walk(inside_->root, root.get_object().value_unsafe(), values);
}

}  // namespace lockgate::rules
