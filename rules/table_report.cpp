#include "rules/table_report.hpp"

#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

using Kind = TableFinding::Kind;

// "where `data.personal` is true and `data.dpia` is `draft`"; inputs that no row
// asks for are left out.
std::string where(const TableFinding& finding, const Table& table) {
  std::vector<std::string> parts;
  for (std::size_t c = 0; c < finding.example.size(); ++c) {
    bool asked = false;
    for (const TableRow& row : table.definition().rows) {
      asked = asked || !row.cells[c].accepts_anything();
    }
    if (!asked) continue;
    const TableInput& input = table.definition().inputs[c];
    parts.push_back(ticked(input.text) + " is " + in_words(input.domain, finding.example[c]));
  }
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    text += i == 0 ? "where " : i + 1 == parts.size() ? " and " : ", ";
    text += parts[i];
  }
  return text.empty() ? "whatever the inputs are" : text;
}

std::string row(std::size_t number) { return "row " + std::to_string(number + 1); }

}  // namespace

void report(const std::vector<TableFinding>& findings, const Table& table, const TablePart& part,
            const TomlText& text, std::vector<Issue>& issues, std::vector<Issue>& advice) {
  const bool unique = table.definition().hit == HitPolicy::unique;
  const bool first = table.definition().hit == HitPolicy::first;
  for (const TableFinding& finding : findings) {
    const auto add = [&](bool certain, const toml::source_region& place, std::string_view code,
                         std::string message, std::string help) {
      Issue issue = text.issue(place, code, std::move(message));
      issue.help = std::move(help);
      if (!certain) issue.severity = Severity::warning;
      (certain ? issues : advice).push_back(std::move(issue));
    };
    const TableRowPart& written = part.rows[finding.row];
    const std::string example = where(finding, table);
    const std::string_view if_possible = finding.certain ? "" : ", if that can be";
    switch (finding.kind) {
      case Kind::gap:
        add(finding.certain, part.place, "LG133",
            "no row of " + ticked(part.name) + " matches " + example + std::string(if_possible),
            "add a row for it, or give a `default`");
        break;
      case Kind::overlap:
        add(finding.certain, written.place, "LG134",
            row(finding.other) + " and " + row(finding.row) + " both match " + example +
                std::string(if_possible),
            unique ? "make them exclude each other, or write `hit = \"first\"`"
                   : "give them the same result, or write `hit = \"first\"`");
        break;
      case Kind::never:
        add(true, written.cells[finding.column].node->source(), "LG135",
            row(finding.row) + " can never match: " +
                ticked(table.definition().inputs[finding.column].text) + " is never this",
            "look at what the fact is declared to be, or take the row out");
        break;
      case Kind::shadowed:
        add(false, written.place, "LG136",
            row(finding.row) + " never decides: other rows do wherever it matches",
            example + ", " + row(finding.other) + " decides; take " + row(finding.row) + " out" +
                (first ? ", or move it up" : ""));
        break;
      case Kind::unfinished:
        add(false, part.place, "LG137",
            ticked(part.name) + " is too large to be checked in full for gaps and overlaps",
            "make two tables, one of which uses the other");
        break;
    }
  }
}

}  // namespace lockgate::rules
