#include <array>

#include "lockgate/rules.hpp"
#include "rules/cel/program.hpp"
#include "rules/fact_value.hpp"
#include "rules/spelling.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {

class CelPrepared {
 public:
  CelPrepared(cel::Program made, std::vector<FactDeclaration> declared)
      : program(std::move(made)), variables(std::move(declared)) {}
  const cel::Program program;
  const std::vector<FactDeclaration> variables;  // by slot
};

namespace {

constexpr FactType kVariableTypes[] = {FactType::boolean, FactType::integer,   FactType::uinteger,
                                       FactType::real,    FactType::string,    FactType::money,
                                       FactType::date,    FactType::timestamp, FactType::duration};
constexpr cel::Limits kLimits{.cost = 1'000'000, .finite = true};
constexpr std::size_t kFew = 16;  // variables that need no memory

std::optional<FactType> scalar(std::string_view word) {
  for (const FactType type : kVariableTypes) {
    if (to_text(type) == word) return type;
  }
  return std::nullopt;
}

std::optional<FactDeclaration> declaration_of(const Variable& variable) {
  std::string_view word = variable.type;
  FactDeclaration declaration{.name = variable.name};
  if (word.starts_with("list(") && word.ends_with(')')) {
    const auto element = scalar(word.substr(5, word.size() - 6));
    if (!element) return std::nullopt;
    declaration.type = FactType::list;
    declaration.of = std::make_shared<FactDeclaration>(FactDeclaration{.type = *element});
    return declaration;
  }
  const auto type = scalar(word);
  if (!type) return std::nullopt;
  declaration.type = *type;
  return declaration;
}

Diagnostic wrong_type(const Variable& variable) {
  std::vector<std::string> words;
  for (const FactType type : kVariableTypes) words.emplace_back(to_text(type));
  std::string help = did_you_mean(nearest(variable.type, words));
  words.emplace_back("list(string)");
  if (help.empty()) help = "write " + one_of(words);
  return {.message = "variable " + ticked(variable.name) + " has the type " +
                     ticked(variable.type) + ", which there is not",
          .help = std::move(help)};
}

Diagnostic diagnostic_of(std::string_view source, const cel::Diagnostic& mistake) {
  Diagnostic found{.line = 1,
                   .column = 1,
                   .length = mistake.length,
                   .message = mistake.message,
                   .help = mistake.help};
  for (const char c : source.substr(0, mistake.offset)) {
    ++found.column;
    if (c != '\n') continue;
    ++found.line;
    found.column = 1;
  }
  return found;
}

cel::Value seen(const FactDeclaration& variable, std::size_t slot, const FactValue& value) {
  if (std::holds_alternative<std::monostate>(value)) return cel::Value::unknown(slot);
  if (auto fits = to_cel(variable, value)) return *std::move(fits);
  return cel::Value::error(ticked(variable.name) + " is not of the type " +
                           ticked(to_text(variable.type)));
}

}  // namespace

CelExpression::CelExpression(std::shared_ptr<const CelPrepared> prepared)
    : prepared_(std::move(prepared)) {}

tl::expected<CelExpression, std::vector<Diagnostic>> CelExpression::compile(
    std::string_view source, const std::vector<Variable>& variables) {
  std::vector<Diagnostic> wrong;
  std::vector<FactDeclaration> declared;
  cel::Declarations names;
  for (const Variable& variable : variables) {
    auto declaration = declaration_of(variable);
    if (!declaration) {
      wrong.push_back(wrong_type(variable));
    } else if (names.find(variable.name)) {
      wrong.push_back({.message = "variable " + ticked(variable.name) + " is declared twice",
                       .help = "keep one of them"});
    } else {
      names.declare(variable.name, cel_type(*declaration));
      declared.push_back(*std::move(declaration));
    }
  }
  if (!wrong.empty()) return tl::unexpected(std::move(wrong));
  auto program = cel::compile(source, names);
  if (program) {
    return CelExpression(std::make_shared<CelPrepared>(*std::move(program), std::move(declared)));
  }
  for (const cel::Diagnostic& mistake : program.error()) {
    wrong.push_back(diagnostic_of(source, mistake));
  }
  return tl::unexpected(std::move(wrong));
}

CelAnswer CelExpression::evaluate(std::span<const FactValue> values) const {
  const std::vector<FactDeclaration>& variables = prepared_->variables;
  const std::size_t count = std::min(values.size(), variables.size());
  std::array<cel::Value, kFew> few;
  std::vector<cel::Value> many(count > kFew ? count : 0);
  const std::span<cel::Value> slots(many.empty() ? few.data() : many.data(), count);
  for (std::size_t slot = 0; slot < count; ++slot) {
    slots[slot] = seen(variables[slot], slot, values[slot]);
  }
  const cel::Value result = prepared_->program.evaluate(slots, kLimits);
  CelAnswer answer;
  if (result.is_error()) {
    answer.trouble = std::string(result.message());
  } else if (result.is_unknown()) {
    for (const std::uint64_t slot : result.waits_for()) {
      answer.waits_for.push_back(variables[slot].name);
    }
  } else {
    answer.value = from_cel(result);
  }
  return answer;
}

}  // namespace lockgate::rules
