// Judges one case by rules and explains the verdict: the rules engine without the server.
//
//   embed FACTS.json [FOLDER...]     the folders' rules; without one, the installed packs'

#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "lockgate/rules.hpp"

namespace {

using namespace lockgate;

void print_parts(const std::vector<rules::Part>& parts, const std::string& margin) {
  for (const rules::Part& part : parts) {
    std::cout << margin << part.words << '\n';
    print_parts(part.because, margin + "  ");
  }
}

void print_change(const rules::Engine& engine, const rules::ChangeSearch& search) {
  std::cout << "\nWhat would change it:\n";
  if (search.suggestions.empty()) std::cout << "  " << rules::in_words(search) << '\n';
  for (const rules::Suggestion& suggestion : search.suggestions) {
    std::cout << "  " << to_text(suggestion.verdict) << " with\n";
    for (const rules::Change& change : suggestion.changes) {
      std::cout << "    " << engine.in_words(change) << '\n';
    }
  }
}

int judge(const rules::Engine& engine, const std::string& json, Gate gate) {
  const auto facts = engine.read_json(json);
  if (!facts) {
    std::cerr << facts.error().message << '\n';
    for (const Problem& problem : facts.error().problems) {
      std::cerr << "  " << problem.pointer << ": " << problem.detail << "; " << problem.fix << '\n';
    }
    return 2;
  }
  const UtcTime now =
      std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  const Check check = engine.evaluate(*facts, gate, now);
  std::cout << to_text(check.verdict) << '\n';
  for (const Finding& finding : check.findings) {
    std::cout << '\n'
              << finding.rule << ' ' << to_text(finding.outcome) << ": " << finding.say << '\n';
    if (!finding.trouble.empty()) std::cout << "  " << finding.trouble << '\n';
    if (const auto why = engine.explain(*facts, gate, now, finding.rule)) {
      print_parts(why->parts, "  because ");
    }
    if (!finding.fix.empty()) std::cout << "  -> " << finding.fix << '\n';
  }
  for (const Question& question : check.questions) {
    std::cout << "\nPlease say: " << question.text << " (" << question.fact << ")\n";
  }
  print_change(engine, engine.smallest_change(*facts, gate, now));
  std::cout << "\nrules version " << check.rule_set.substr(0, 12) << '\n';
  return 0;
}

// One condition alone, for what needs no rule files.
int filter() {
  const auto large = rules::CelExpression::compile(
      "participants >= 100 && !(ward in pilots)",
      {{"participants", "int"}, {"ward", "string"}, {"pilots", "list(string)"}});
  if (!large) {
    for (const rules::Diagnostic& wrong : large.error()) {
      std::cerr << wrong.column << ": " << wrong.message << "; " << wrong.help << '\n';
    }
    return 2;
  }
  const std::vector<FactValue> values = {std::int64_t{320}, std::string("Elm"),
                                         FactList{std::string("Oak")}};
  std::cout << (large->evaluate(values).is_true() ? "large\n" : "not large\n");
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 2 && std::string_view(arguments[1]) == "--filter") return filter();
  if (count < 2) {
    std::cerr << "usage: embed FACTS.json [FOLDER...]\n";
    return 2;
  }
  std::ifstream file(arguments[1], std::ios::binary);
  const std::string json{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::filesystem::path> folders(arguments + 2, arguments + count);
  if (folders.empty()) folders.emplace_back(PACKS);

  const auto loaded = rules::load_engine_folders(folders);
  std::cerr << loaded.text;
  return loaded.engine ? judge(*loaded.engine, json, Gate::decide) : 2;
}
