#include "rules/why_not.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

#include "rules/cel/functions.hpp"
#include "rules/cel/parser.hpp"
#include "rules/spelling.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

constexpr std::size_t kLongestValue = 80;  // bytes of a value that are shown
constexpr cel::Limits kLimits{.cost = 1'000'000, .finite = true};

// Cut between characters.
std::string shortened(std::string text) {
  if (text.size() <= kLongestValue) return text;
  std::size_t end = kLongestValue;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::string shown(const cel::Value& value) {
  switch (value.kind()) {
    case cel::Kind::string:
      return shortened('"' + std::string(value.as_string()) + '"');
    case cel::Kind::list:
    case cel::Kind::map:
    case cel::Kind::bytes:
    case cel::Kind::null:
      return shortened(value.text());
    case cel::Kind::error:
      return "without a value: " + std::string(value.message());
    case cel::Kind::unknown:
      return "not known";
    default:
      return shortened(cel::to_text(value));
  }
}

// Line breaks, with the indentation around them, become one space.
std::string on_one_line(std::string_view source) {
  std::string text;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const std::size_t end = std::min(source.find_first_not_of(" \t\r\n", i), source.size());
    const std::string_view blank = source.substr(i, end - i);
    if (blank.find('\n') != blank.npos) {
      text += ' ';
      i = end - 1;
    } else {
      text += source[i];
    }
  }
  return text;
}

std::string lower(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return small;
}

class Reader {
 public:
  Reader(const RuleSet& rules, std::string_view source, const cel::Tree& tree,
         std::span<const cel::Value> values, const Facts& facts)
      : rules_(rules), source_(source), tree_(tree), values_(values), facts_(facts) {}

  ConditionReading run() {
    const cel::Node& root = tree_.nodes[tree_.root];
    if (root.form == cel::Form::all_of || root.form == cel::Form::any_of) {
      for (const cel::NodeId child : root.children) read(child);
    } else {
      read(tree_.root);
    }
    return std::move(reading_);
  }

 private:
  std::string_view text_of(cel::NodeId id) const {
    const cel::Node& node = tree_.nodes[id];
    return source_.substr(std::min(node.offset, source_.size()), node.length);
  }

  std::optional<cel::Program> compiled(cel::NodeId id) const {
    auto program = cel::compile(text_of(id), rules_.declarations());
    if (!program) return std::nullopt;
    return *std::move(program);
  }

  void read(cel::NodeId id) {
    const auto program = compiled(id);
    if (!program) return;
    const cel::Value value = program->evaluate(values_, kLimits);
    ConditionPart part{on_one_line(text_of(id)), shown(value), {}};
    for (const std::size_t slot : program->slots()) {
      if (slot == rules_.now_slot()) continue;
      part.because += (part.because.empty() ? "" : ", ") + said_of(slot);
    }
    reading_.parts.push_back(std::move(part));
    if (!value.is_true() && reading_.help.empty()) reading_.help = help_for(id, *program);
  }

  std::string said_of(std::size_t slot) const {
    const std::string& name = rules_.declarations().name(slot);
    if (values_[slot].is_unknown())
      return name + (is_fact(slot) ? " is not given" : " is not known");
    std::string text = name + " is " + shown(values_[slot]);
    if (is_default(slot)) text += " by default";
    return text;
  }

  bool is_fact(std::size_t slot) const { return slot < rules_.vocabulary().facts().size(); }
  bool is_default(std::size_t slot) const {
    if (!is_fact(slot) || rules_.vocabulary().facts()[slot].from_lockgate) return false;
    const std::string& name = rules_.declarations().name(slot);
    return std::none_of(facts_.given.begin(), facts_.given.end(),
                        [&](const KeptFact& each) { return each.path == name; });
  }

  std::string help_for(cel::NodeId id, const cel::Program& program) const {
    const cel::Node& node = tree_.nodes[id];
    if (node.form == cel::Form::call && node.children.size() == 2) {
      if (std::string help = near_miss(node); !help.empty()) return help;
    }
    for (const std::size_t slot : program.slots()) {
      const std::string name = ticked(rules_.declarations().name(slot));
      if (is_fact(slot) && values_[slot].is_unknown())
        return "give " + name + " in the test's facts";
      if (is_default(slot)) return name + " is not given, so its default holds";
    }
    return {};
  }

  // A comparison that nearly holds.
  std::string near_miss(const cel::Node& node) const {
    const auto value = value_of(node.children[0]);
    if (!value) return {};
    if (node.text == "in") return near_word(*value, words_of(node.children[1]));
    const auto other = value_of(node.children[1]);
    if (!other) return {};
    if (node.text == "==") {
      if (!other->is(cel::Kind::string)) return {};
      return near_word(*value, {std::string(other->as_string())});
    }
    const bool strict = node.text == "<" || node.text == ">";
    if (!strict || cel::compare(*value, *other) != cel::Order::same) return {};
    return ticked(on_one_line(text_of(node.children[0]))) + " is exactly " + shown(*other) +
           ", which " + ticked(node.text) + " leaves out and " + ticked(node.text + "=") +
           " takes in";
  }

  std::optional<cel::Value> value_of(cel::NodeId id) const {
    const auto program = compiled(id);
    if (!program) return std::nullopt;
    return program->evaluate(values_, kLimits);
  }

  std::vector<std::string> words_of(cel::NodeId id) const {
    std::vector<std::string> words;
    for (const cel::NodeId child : tree_.nodes[id].children) {
      const cel::Node& node = tree_.nodes[child];
      if (node.form == cel::Form::literal && node.value.is(cel::Kind::string)) {
        words.emplace_back(node.value.as_string());
      }
    }
    return words;
  }

  static std::string near_word(const cel::Value& value, const std::vector<std::string>& words) {
    if (!value.is(cel::Kind::string)) return {};
    const std::string word(value.as_string());
    for (const std::string& each : words) {
      if (each != word && lower(each) == lower(word)) {
        return "capital letters count: the fact is " + ticked(shortened(word)) +
               ", the condition says " + ticked(each);
      }
    }
    const std::string near = nearest(word, words);
    if (near.empty() || near == word) return {};
    return "the fact is " + ticked(word) + ", the condition says " + ticked(near) +
           ": is one of them misspelt?";
  }

  const RuleSet& rules_;
  const std::string_view source_;
  const cel::Tree& tree_;
  const std::span<const cel::Value> values_;
  const Facts& facts_;
  ConditionReading reading_;
};

}  // namespace

ConditionReading read_condition(const RuleSet& rules, std::string_view condition,
                                std::span<const cel::Value> values, const Facts& facts) {
  const auto tree = cel::parse(condition, {});
  if (!tree) return {};
  return Reader(rules, condition, *tree, values, facts).run();
}

}  // namespace lockgate::rules
