#include "rules/fact_reader.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "rules/keys.hpp"
#include "rules/name.hpp"
#include "rules/spelling.hpp"
#include "rules/toml_value.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

constexpr int kDeepest = 8;
constexpr std::size_t kMostFields = 200;
constexpr std::int64_t kMostItemsAllowed = 100'000;

// What a fact may be, or what its elements and fields may be, all the way down.
class TypeReader {
 public:
  TypeReader(const TomlText& text, std::vector<Issue>& issues) : text_(text), issues_(issues) {}

  // The keys `type`, `values`, `unit`, `min`, `max`, `of`, `max_items` and `fields`.
  bool read(TomlReader& reader, FactDeclaration& fact, int depth = 1) {
    bool typed = read_type(reader, fact, "a type of fact", fact_type_words());
    typed &= read_values(reader, fact, typed);
    fact.unit = reader.text("unit").value_or("");
    read_bounds(reader, fact, typed);
    typed &= read_elements(reader, fact, typed, depth);
    typed &= read_fields(reader, fact, typed, depth);
    return typed;
  }

 private:
  static void misplaced(TomlReader& reader, std::string_view key, std::string_view owner) {
    if (!reader.node(key)) return;
    reader.complain(key, "only " + std::string(owner) + " has " + ticked(key), "take it out",
                    "LG106");
  }

  bool read_values(TomlReader& reader, FactDeclaration& fact, bool typed) {
    fact.values = reader.texts("values");
    if (!typed) return false;
    const bool given = reader.node("values") != nullptr;
    if (fact.type != FactType::choice) {
      if (given) {
        reader.complain("values", "only an `enum` has `values`",
                        "take them out, or write `type = \"enum\"`", "LG106");
      }
      return true;
    }
    bool right = true;
    if (!given) {
      reader.require("values");
      right = false;
    } else if (fact.values.empty()) {
      reader.complain("values", "`values` lists no word", {}, "LG106");
      right = false;
    }
    std::set<std::string_view> seen;
    for (const std::string& value : fact.values) {
      if (seen.insert(value).second) continue;
      reader.complain("values", ticked(value) + " is listed twice", "keep one of them", "LG107");
    }
    return right;
  }

  static void read_bounds(TomlReader& reader, FactDeclaration& fact, bool typed) {
    fact.min = reader.real("min");
    fact.max = reader.real("max");
    for (const auto& [key, bound] : {std::pair{"min", &fact.min}, std::pair{"max", &fact.max}}) {
      if (!*bound || !typed) continue;
      if (!fact.is_number()) {
        reader.complain(key, "only a number has a " + ticked(key), "take it out", "LG106");
        bound->reset();
      } else if (!std::isfinite(**bound)) {
        reader.complain(key, ticked(key) + " is not a number", {}, "LG108");
        bound->reset();
      }
    }
    if (fact.min && fact.max && *fact.min > *fact.max) {
      reader.complain("max", "`max` is less than `min`", {}, "LG108");
      fact.min.reset();
      fact.max.reset();
    }
  }

  // `of = "string"`, or a table that says more.
  bool read_elements(TomlReader& reader, FactDeclaration& fact, bool typed, int depth) {
    if (fact.type != FactType::list && fact.type != FactType::map) {
      if (typed) misplaced(reader, "of", "a `list` or `map`");
      if (typed) misplaced(reader, "max_items", "a `list` or `map`");
      return true;
    }
    if (const auto most = reader.number("max_items", 1, kMostItemsAllowed, "LG108")) {
      fact.max_items = static_cast<std::size_t>(*most);
    }
    if (!reader.require("of")) return false;
    auto element = std::make_shared<FactDeclaration>();
    if (!read_part(reader, "of", *reader.node("of"), *element, depth)) return false;
    fact.of = std::move(element);
    return true;
  }

  bool read_fields(TomlReader& reader, FactDeclaration& fact, bool typed, int depth) {
    if (fact.type != FactType::record) {
      if (typed) misplaced(reader, "fields", "a `record`");
      return true;
    }
    if (!reader.require("fields")) return false;
    const toml::table* fields = reader.table("fields");
    if (!fields) return false;
    if (fields->empty() || fields->size() > kMostFields) {
      reader.complain(
          "fields",
          fields->empty() ? "the record has no field" : "the record has more than 200 fields",
          "write `fields = { name = \"string\" }`", "LG106");
      return false;
    }
    bool right = true;
    for (const auto& [key, node] : *fields) {
      FactDeclaration field;
      field.name = std::string(key.str());
      if (!is_field_name(field.name)) {
        Issue issue =
            text_.issue(key.source(), "LG106", ticked(field.name) + " is not a name for a field");
        issue.help = "use letters, digits and `_`: `days_per_week`";
        issues_.push_back(std::move(issue));
        right = false;
      }
      right &= read_part(reader, key.str(), node, field, depth);
      fact.fields.push_back(std::move(field));
    }
    const auto optional =
        std::count_if(fact.fields.begin(), fact.fields.end(),
                      [](const FactDeclaration& field) { return field.optional; });
    if (optional > static_cast<std::ptrdiff_t>(cel::Record::most_optional)) {
      reader.complain("fields", "more than 63 fields are optional",
                      "put some into a record of their own", "LG100");
      right = false;
    }
    if (right) fact.record = as_record(fact.fields);
    return right;
  }

  bool read_part(TomlReader& reader, std::string_view key, const toml::node& node,
                 FactDeclaration& part, int depth) {
    if (depth >= kDeepest) {
      reader.complain(key, "more than 8 lists and records within each other",
                      "declare facts of their own", "LG100");
      return false;
    }
    if (const auto* word = node.as_string()) {
      const auto type = fact_type_from_text(word->get());
      if (!type) {
        reader.not_a_word(node.source(), word->get(), "a type of fact", fact_type_words());
        return false;
      }
      part.type = *type;
      return complete(node, part, word->get());
    }
    const toml::table* table = node.as_table();
    if (!table) {
      Issue issue = text_.issue(node.source(), "LG104", ticked(key) + " must be a type");
      issue.label = "this is " + std::string(kind_of(node));
      issue.help =
          "write a type in quotes, \"string\", or a table: { type = \"enum\", values = [...] }";
      issues_.push_back(std::move(issue));
      return false;
    }
    TomlReader below(*table, text_, " in " + ticked(key), issues_);
    below.expect(keys_of(FilePart::type));
    const bool typed = read(below, part, depth + 1);
    part.optional = below.boolean("optional").value_or(false);
    return typed;
  }

  // Whether a type says all in one word.
  bool complete(const toml::node& node, const FactDeclaration& part, const std::string& word) {
    std::string_view needed;
    if (part.type == FactType::choice) needed = "values = [...]";
    if (part.type == FactType::list || part.type == FactType::map) needed = "of = \"string\"";
    if (part.type == FactType::record) needed = "fields = { ... }";
    if (needed.empty()) return true;
    Issue issue = text_.issue(node.source(), "LG103", ticked(word) + " says too little");
    issue.help = "write a table: { type = \"" + word + "\", " + std::string(needed) + " }";
    issues_.push_back(std::move(issue));
    return false;
  }

  const TomlText& text_;
  std::vector<Issue>& issues_;
};

}  // namespace

bool read_type(TomlReader& reader, FactDeclaration& declaration, std::string_view kind,
               const std::vector<std::string>& types) {
  if (!reader.require("type")) return false;
  const auto type = fact_type_from_text(reader.word("type", kind, types));
  if (type) declaration.type = *type;
  return type.has_value();
}

std::string read_name(TomlReader& reader, std::string_view example,
                      bool (*is_right)(std::string_view), std::string_view form) {
  std::string text = reader.required_text("name");
  if (!text.empty() && !is_right(text)) {
    reader.complain("name", ticked(text) + " is not a name for " + std::string(form),
                    "use lower case with dots: " + ticked(example), "LG106");
  }
  return text;
}

std::string read_question(TomlReader& reader) {
  std::string text = reader.required_text("question");
  if (!text.empty() && !text.ends_with('?')) {
    reader.complain("question", "`question` does not end with a question mark",
                    "ask it of a person: `How many people will take part?`", "LG106");
  }
  return text;
}

FactPart read_fact(TomlReader& reader, const TomlText& text, std::vector<Issue>& issues) {
  reader.expect(keys_of(FilePart::fact));
  FactPart part;
  FactDeclaration& fact = part.declaration;
  fact.name = read_name(reader, "people.participants", is_fact_name, "a fact");
  part.name = reader.place("name");
  part.typed = TypeReader(text, issues).read(reader, fact);
  fact.meaning = reader.required_text("meaning");
  fact.question = read_question(reader);
  fact.sensitive = reader.boolean("sensitive").value_or(false);
  fact.from_lockgate = reader.word("from", "where a fact can come from", origin_words()) != "";
  fact.always_ask = reader.boolean("always_ask").value_or(false);
  fact.changeable = reader.boolean("changeable").value_or(false);
  if (fact.changeable && fact.from_lockgate) {
    reader.complain("changeable", "what Lockgate fills in cannot be `changeable`",
                    "take `changeable` or `from` out", "LG153");
  }
  if (const toml::node* node = reader.node("default")) {
    FactValue value = to_fact_value(*node);
    if (part.typed && fits(fact, value, "`default`", text, node->source(), issues)) {
      fact.fallback = std::move(value);
    }
  }
  return part;
}

bool fits(const FactDeclaration& declaration, const FactValue& value, std::string_view called,
          const TomlText& text, const toml::source_region& place, std::vector<Issue>& issues) {
  const auto converted = to_cel(declaration, value);
  const auto* number = std::get_if<double>(&value);
  if (converted && (!number || std::isfinite(*number))) return true;
  const std::string_view type = to_text(declaration.type);
  const std::string article = type == "enum" || type == "int" ? ", an " : ", a ";
  Issue issue = text.issue(
      place, "LG108",
      std::string(called) + " does not fit " + ticked(declaration.name) + article + ticked(type));
  const auto* word = std::get_if<std::string>(&value);
  const std::string guess = word ? nearest(*word, declaration.values) : std::string();
  if (!guess.empty()) {
    issue.help = did_you_mean(guess);
  } else if (!converted && converted.error().fix.starts_with("send ")) {
    issue.help = "write " + converted.error().fix.substr(5);
  }
  issues.push_back(std::move(issue));
  return false;
}

}  // namespace lockgate::rules
