#include "rules/json_facts.hpp"

#include <algorithm>

#include "rules/fact_value.hpp"
#include "rules/json_values.hpp"

namespace lockgate::rules {
namespace {

using Element = simdjson::dom::element;

// What keys lead to: to a fact or to a branch.
struct Branch {
  struct Child {
    std::size_t slot = 0;
    std::unique_ptr<const JsonForm> form = {};
    std::unique_ptr<Branch> below = {};
  };
  std::vector<cel::Value> keys;
  std::vector<Child> children;

  Child& child(std::string_view key) {
    std::size_t first = 0;
    const std::size_t at = place_of(key, keys, first);
    if (at < keys.size()) return children[at];
    keys.push_back(cel::Value::string(key));
    return children.emplace_back();
  }
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
      child.form = std::make_unique<const JsonForm>(facts[slot]);
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
      const std::size_t at = place_of(key, branch.keys, next);
      if (at == branch.keys.size()) return false;
      const Branch::Child& child = branch.children[at];
      if (child.below) {
        if (!each.is_object() || !walk(*child.below, each.get_object().value_unsafe(), values)) {
          return false;
        }
      } else {
        if (given[child.slot]) return false;
        given[child.slot] = true;
        if (!reading.convert(*child.form, each, values[child.slot])) return false;
      }
    }
    return true;
  }

  const Vocabulary& vocabulary;
  Branch root;
  simdjson::dom::parser parser{kMostJsonBytes};
  std::string buffer;
  std::vector<char> given;
  JsonValues reading;
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
  const std::vector<cel::Value>& defaults = inside_->vocabulary.defaults();
  std::vector<char>& given = inside_->given;
  values.resize(defaults.size());
  given.assign(defaults.size(), 0);
  if (!inside_->walk(inside_->root, root.get_object().value_unsafe(), values)) return false;
  for (std::size_t slot = 0; slot < given.size(); ++slot) {
    if (!given[slot]) values[slot] = defaults[slot];
  }
  return true;
}

}  // namespace lockgate::rules
