#include "rules/table_file.hpp"

#include "rules/keys.hpp"
#include "rules/name.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

class TableReader {
 public:
  TableReader(TomlReader& reader, const TomlText& text, std::vector<Issue>& issues)
      : reader_(reader), text_(text), issues_(issues), before_(issues.size()) {}

  TablePart run() {
    reader_.expect(keys_of(FilePart::table));
    read_name();
    part_.meaning = reader_.required_text("meaning");
    read_policy();
    read_inputs();
    part_.results = reader_.node("results");
    if (part_.results && !part_.results->is_array()) {
      complain(*part_.results, "LG104", "`results` must be a list", "write `results = [...]`");
    }
    part_.fallback = reader_.node("default");
    if (part_.fallback && part_.hit == HitPolicy::collect &&
        (part_.collected == Collected::list || part_.collected == Collected::count)) {
      complain(*part_.fallback, "LG130", "where no row matches, a list is empty and a count is 0",
               "take `default` out");
    }
    if (reader_.require("rows")) {
      for (const toml::table* row : reader_.tables("rows")) read_row(*row);
      if (part_.rows.empty() && issues_.size() == before_) {
        reader_.complain("rows", "`rows` has no row", "write `{ if = [...], then = ... }`",
                         "LG130");
      }
    }
    part_.sound = issues_.size() == before_;
    return std::move(part_);
  }

 private:
  void complain(const toml::node& node, std::string_view code, std::string message,
                std::string help) {
    Issue issue = text_.issue(node.source(), code, std::move(message));
    issue.help = std::move(help);
    issues_.push_back(std::move(issue));
  }

  void read_name() {
    part_.name = reader_.required_text("name");
    part_.place = reader_.place("name");
    if (part_.name.empty() || is_expression_name(part_.name)) return;
    reader_.complain("name", ticked(part_.name) + " is not a name for a table",
                     "use lower case with dots: `calc.fee_band`", "LG106");
  }

  void read_policy() {
    if (reader_.require("hit")) {
      const std::string word = reader_.word("hit", "a hit policy", hit_policy_words());
      part_.hit = hit_policy_from_text(word).value_or(HitPolicy::unique);
    }
    if (!reader_.node("collect")) return;
    const std::string word = reader_.word("collect", "a way to collect", collect_words());
    part_.collected = collected_from_text(word).value_or(Collected::list);
    if (part_.hit != HitPolicy::collect && !word.empty()) {
      reader_.complain("collect", "only `hit = \"collect\"` collects",
                       "take it out, or write `hit = \"collect\"`", "LG130");
    }
  }

  void read_inputs() {
    if (!reader_.require("inputs")) return;
    const std::vector<std::string> sources = reader_.texts("inputs");
    const toml::array* nodes = reader_.node("inputs")->as_array();
    if (!nodes || nodes->size() != sources.size()) return;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      part_.inputs.push_back({sources[i], nodes->get(i)->source()});
      if (!sources[i].empty()) continue;
      complain(*nodes->get(i), "LG130", "an input is empty", "name a fact: `\"people.children\"`");
    }
    if (sources.empty()) {
      reader_.complain("inputs", "`inputs` names no input", "name facts: `[\"people.children\"]`",
                       "LG130");
    } else if (sources.size() > kMostInputs) {
      reader_.complain("inputs",
                       "these are " + std::to_string(sources.size()) + " inputs; there may be " +
                           std::to_string(kMostInputs),
                       "make two tables, one of which uses the other", "LG100");
    }
  }

  void read_row(const toml::table& table) {
    TomlReader reader(table, text_, " in this row", issues_);
    reader.expect(keys_of(FilePart::row));
    TableRowPart row;
    row.place = table.source();
    row.why = reader.text("why").value_or("");
    if (reader.require("then")) row.then = reader.node("then");
    if (reader.require("if")) read_cells(*reader.node("if"), row);
    part_.rows.push_back(std::move(row));
  }

  void read_cells(const toml::node& node, TableRowPart& row) {
    const toml::array* cells = node.as_array();
    if (!cells) {
      complain(node, "LG104", "`if` must be a list", "write a cell for each input: `if = [...]`");
      return;
    }
    if (cells->size() != part_.inputs.size() && !part_.inputs.empty()) {
      complain(node, "LG130",
               "this row has " + std::to_string(cells->size()) + " cells, and the table " +
                   std::to_string(part_.inputs.size()) + " inputs",
               "write a cell for each input; `\"-\"` accepts anything");
      return;
    }
    for (const toml::node& cell : *cells) row.cells.push_back(read_cell(cell));
  }

  TableCellPart read_cell(const toml::node& node) {
    TableCellPart cell{&node};
    const toml::table* table = node.as_table();
    if (!table || !table->contains("cel")) return cell;
    TomlReader reader(*table, text_, " in this cell", issues_);
    reader.expect(keys_of(FilePart::cell));
    std::string source = reader.required_text("cel");
    if (!source.empty()) cell.condition = {std::move(source), reader.place("cel")};
    return cell;
  }

  TomlReader& reader_;
  const TomlText& text_;
  std::vector<Issue>& issues_;
  const std::size_t before_;
  TablePart part_;
};

}  // namespace

std::vector<std::string_view> TablePart::expressions() const {
  std::vector<std::string_view> all;
  for (const WrittenExpression& input : inputs) all.push_back(input.source);
  for (const TableRowPart& row : rows) {
    for (const TableCellPart& cell : row.cells) {
      if (cell.condition.given()) all.push_back(cell.condition.source);
    }
  }
  return all;
}

TablePart read_table(TomlReader reader, const TomlText& text, std::vector<Issue>& issues) {
  return TableReader(reader, text, issues).run();
}

}  // namespace lockgate::rules
