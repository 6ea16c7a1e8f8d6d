#include "rules/table_builder.hpp"

#include <algorithm>

#include "rules/table_cell.hpp"
#include "rules/table_report.hpp"
#include "rules/table_result.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

Domain domain_of_type(cel::Kind kind) {
  Domain domain{.independent = false};
  switch (kind) {
    case cel::Kind::boolean:
      domain.kind = ColumnKind::boolean;
      break;
    case cel::Kind::uinteger:
      domain.min = 0;
      domain.grain = Grain::whole;
      break;
    case cel::Kind::integer:
      domain.grain = Grain::whole;
      break;
    case cel::Kind::string:
      domain.kind = ColumnKind::text;
      break;
    case cel::Kind::timestamp:
      domain.kind = ColumnKind::time;
      domain.grain = Grain::nanosecond;
      break;
    case cel::Kind::duration:
      domain.kind = ColumnKind::duration;
      domain.grain = Grain::nanosecond;
      break;
    default:
      break;
  }
  return domain;
}

Domain domain_of_fact(const FactDeclaration& fact) {
  Domain domain = domain_of_type(cel_type(fact).kind());
  domain.independent = true;
  domain.min = fact.min;
  domain.max = fact.max;
  if (fact.type == FactType::choice) domain.words = fact.values;
  if (fact.type == FactType::money) domain.grain = Grain::pence;
  if (fact.type == FactType::date) domain.grain = Grain::day;
  return domain;
}

class TableBuilder {
 public:
  TableBuilder(const TablePart& part, const TomlText& text, const Names& names,
               std::vector<Issue>& issues)
      : part_(part), text_(text), names_(names), issues_(issues), before_(issues.size()) {}

  std::optional<BuiltTable> run(TableBudget& budget, std::vector<Issue>& advice) {
    definition_.hit = part_.hit;
    definition_.collected = part_.collected;
    for (const WrittenExpression& input : part_.inputs) add_input(input);
    if (failed() || !has_room(budget)) return std::nullopt;
    tell_repeated_inputs_apart();
    for (std::size_t c = 0; c < part_.inputs.size(); ++c) infer_kind(c);
    for (const TableRowPart& row : part_.rows) add_row(row);
    cel::Type type = read_results(part_, text_, definition_, issues_);
    if (failed()) return std::nullopt;
    std::vector<cel::Value> outcomes = outcomes_of(definition_);
    const auto table = std::make_shared<const Table>(std::move(definition_));
    report(check(*table, budget.work), *table, part_, text_, issues_, advice);
    auto program = everything_looked_at();
    if (failed() || !program) return std::nullopt;
    return BuiltTable{{part_.name, part_.meaning, *std::move(program), {}, table},
                      std::move(type),
                      std::move(outcomes)};
  }

 private:
  bool failed() const { return issues_.size() > before_; }

  void add_input(const WrittenExpression& input) {
    auto program = compile(input, text_, names_, issues_);
    if (!program) return;
    const cel::Kind kind = program->type().kind();
    if (kind == cel::Kind::list || kind == cel::Kind::map || kind == cel::Kind::bytes ||
        kind == cel::Kind::null || kind == cel::Kind::type) {
      Issue issue = text_.issue(input.place, "LG131", "a cell cannot be compared with this input");
      issue.label = "this is " + program->type().in_words();
      issue.help = "ask something of it that is a number, a word or true or false";
      issues_.push_back(std::move(issue));
      return;
    }
    Domain domain = domain_of_input(*program, input.source, names_);
    definition_.inputs.push_back({input.source, std::move(domain), *std::move(program)});
  }

  bool has_room(TableBudget& budget) {
    for (const TableInput& input : definition_.inputs) {
      const std::size_t words = input.domain.words.size();
      if (words > budget.words) {
        Issue issue = text_.issue(part_.place, "LG100",
                                  "the inputs of all tables together have too many values");
        issue.help = "use a fact with fewer values than " + ticked(input.text);
        issues_.push_back(std::move(issue));
        return false;
      }
      budget.words -= words;
    }
    return true;
  }

  // The same fact twice is not two facts.
  void tell_repeated_inputs_apart() {
    for (TableInput& a : definition_.inputs) {
      for (const TableInput& b : definition_.inputs) {
        if (&a != &b && a.text == b.text) a.domain.independent = false;
      }
    }
  }

  void infer_kind(std::size_t c) {
    TableInput& input = definition_.inputs[c];
    if (!input.program->type().is_dyn()) return;
    std::vector<const toml::node*> nodes;
    for (const TableRowPart& row : part_.rows) {
      nodes.push_back(row.cells[c].condition.given() ? nullptr : row.cells[c].node);
    }
    input.domain.kind = kind_of_cells(nodes);
    if (input.domain.kind != ColumnKind::number) input.domain.grain = Grain::nanosecond;
  }

  void add_row(const TableRowPart& part) {
    TableRow row;
    row.why = part.why;
    std::vector<CellMistake> mistakes;
    for (std::size_t c = 0; c < part.cells.size(); ++c) {
      const TableCellPart& cell = part.cells[c];
      row.cells.emplace_back();
      if (cell.condition.given()) {
        add_condition(cell.condition, row);
      } else if (auto read = read_cell(*cell.node, definition_.inputs[c].domain, mistakes)) {
        row.cells.back() = *std::move(read);
      }
    }
    for (CellMistake& mistake : mistakes) {
      Issue issue = text_.issue(mistake.node->source(), "LG131", std::move(mistake.message));
      issue.help = std::move(mistake.help);
      issues_.push_back(std::move(issue));
    }
    definition_.rows.push_back(std::move(row));
  }

  void add_condition(const WrittenExpression& condition, TableRow& row) {
    auto program = compile(condition, text_, names_, issues_);
    if (!program) return;
    if (program->type().kind() != cel::Kind::boolean && !program->type().is_dyn()) {
      Issue issue = text_.issue(condition.place, "LG112", "a cell in CEL must be true or false");
      issue.label = "this is " + program->type().in_words();
      issue.help = "compare it with something: `... > 0`";
      issues_.push_back(std::move(issue));
      return;
    }
    row.conditions.push_back(*std::move(program));
  }

  // All inputs and conditions as one list: its slots are what the table looks at.
  std::optional<cel::Program> everything_looked_at() const {
    std::string list;
    for (const std::string_view source : part_.expressions()) {
      list += list.empty() ? "[" : ", ";
      list += source;
      list += '\n';  // ends a comment
    }
    auto program = cel::compile(list + ']', names_.declarations,
                                {.max_source = kMostBytes, .max_depth = 64, .check = false});
    return program ? std::optional(*std::move(program)) : std::nullopt;
  }

  const TablePart& part_;
  const TomlText& text_;
  const Names& names_;
  std::vector<Issue>& issues_;
  const std::size_t before_;
  TableDefinition definition_;
};

}  // namespace

Domain domain_of_input(const cel::Program& program, std::string_view source, const Names& names) {
  const auto slot = names.declarations.find(source);
  const FactDeclaration* fact = slot ? names.vocabulary.find(source) : nullptr;
  if (fact && !names.declarations.type(*slot).is_dyn()) return domain_of_fact(*fact);
  return domain_of_type(program.type().kind());
}

std::optional<BuiltTable> build_table(const TablePart& part, const TomlText& text,
                                      const Names& names, TableBudget& budget,
                                      std::vector<Issue>& issues, std::vector<Issue>& advice) {
  if (!part.sound) return std::nullopt;
  return TableBuilder(part, text, names, issues).run(budget, advice);
}

}  // namespace lockgate::rules
