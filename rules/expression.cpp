#include "rules/expression.hpp"

#include <algorithm>

#include "rules/cel/checker.hpp"
#include "rules/cel/parser.hpp"
#include "rules/cel/plan.hpp"
#include "rules/spelling.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

// Looks at every comparison of an enum, or of a table, with a word.
class EnumWords {
 public:
  EnumWords(const cel::Tree& tree, const cel::Checked& checked, const Names& names,
            std::vector<cel::Diagnostic>& mistakes)
      : tree_(tree), checked_(checked), names_(names), mistakes_(mistakes) {}

  void run() {
    for (std::size_t id = 0; id < tree_.nodes.size(); ++id) {
      const cel::Node& node = tree_.nodes[id];
      const cel::Fn fn = checked_.nodes[id].fn;
      if (fn == cel::Fn::equal || fn == cel::Fn::not_equal) {
        compare(node.children[0], node.children[1]);
        compare(node.children[1], node.children[0]);
      } else if (fn == cel::Fn::in && tree_.nodes[node.children[1]].form == cel::Form::list) {
        for (const cel::NodeId element : tree_.nodes[node.children[1]].children) {
          compare(node.children[0], element);
        }
      }
    }
  }

 private:
  void compare(cel::NodeId named_id, cel::NodeId word_id) {
    const cel::Finding& meaning = checked_.nodes[named_id];
    const cel::Node& word = tree_.nodes[word_id];
    if (meaning.meaning != cel::Meaning::slot || word.form != cel::Form::literal ||
        !word.value.is(cel::Kind::string)) {
      return;
    }
    const std::vector<std::string> words = words_of(meaning.number);
    const std::string text(word.value.as_string());
    if (words.empty() || std::find(words.begin(), words.end(), text) != words.end()) return;
    const std::string guess = nearest(text, words);
    std::string help = guess.empty() ? std::string() : did_you_mean(guess) + ' ';
    help += "The values are ";
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (i > 0) help += i + 1 == words.size() ? " and " : ", ";
      help += ticked(words[i]);
    }
    const std::string& name = names_.declarations.name(meaning.number);
    mistakes_.push_back({word.offset,
                         word.length,
                         ticked(text) + " is not a value of " + ticked(name),
                         {},
                         std::move(help),
                         cel::Fault::type});
  }

  // The words that a fact or a table can be; none: not known, or no words.
  std::vector<std::string> words_of(std::size_t slot) const {
    if (slot < names_.vocabulary.facts().size()) {
      const FactDeclaration& fact = names_.vocabulary.facts()[slot];
      return fact.type == FactType::choice ? fact.values : std::vector<std::string>();
    }
    std::vector<std::string> words;
    const auto found = names_.outcomes.find(slot);
    if (found == names_.outcomes.end()) return words;
    for (const cel::Value& outcome : found->second) {
      if (!outcome.is(cel::Kind::string)) return {};
      words.emplace_back(outcome.as_string());
    }
    return words;
  }

  const cel::Tree& tree_;
  const cel::Checked& checked_;
  const Names& names_;
  std::vector<cel::Diagnostic>& mistakes_;
};

std::string_view code_of(cel::Fault fault) {
  switch (fault) {
    case cel::Fault::form:
      return "LG110";
    case cel::Fault::name:
      return "LG111";
    case cel::Fault::type:
      break;
  }
  return "LG112";
}

}  // namespace

std::optional<cel::Program> compile(const WrittenExpression& expression, const TomlText& text,
                                    const Names& names, std::vector<Issue>& issues) {
  const auto report = [&](const cel::Diagnostic& mistake, std::string_view code) {
    Issue issue = text.issue_within(expression.place, expression.source, mistake.offset,
                                    mistake.length, code, mistake.message);
    issue.label = mistake.label;
    issue.help = mistake.help;
    issues.push_back(std::move(issue));
  };
  const cel::CompileOptions options;
  const auto tree = cel::parse(expression.source, options);
  if (!tree) {
    report(tree.error(), code_of(tree.error().fault));
    return std::nullopt;
  }
  std::vector<cel::Diagnostic> mistakes;
  const cel::Checked checked = cel::check(*tree, names.declarations, options, mistakes);
  std::vector<cel::Diagnostic> wrong_words;
  EnumWords(*tree, checked, names, wrong_words).run();
  for (const cel::Diagnostic& mistake : mistakes) {
    if (mistake.fault != cel::Fault::name || names.complete)
      report(mistake, code_of(mistake.fault));
  }
  for (const cel::Diagnostic& mistake : wrong_words) report(mistake, "LG113");
  if (!mistakes.empty() || !wrong_words.empty()) return std::nullopt;
  auto plan = cel::make_plan(*tree, checked, mistakes);
  for (const cel::Diagnostic& mistake : mistakes) report(mistake, code_of(mistake.fault));
  if (!mistakes.empty()) return std::nullopt;
  return cel::Program(std::move(plan));
}

}  // namespace lockgate::rules
