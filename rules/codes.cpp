#include "rules/codes.hpp"

#include <algorithm>

namespace lockgate::rules {
namespace {

std::string indented(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    const std::string_view line = text.substr(0, end + 1);
    if (line != "\n") out += "    ";
    out += line;
    text.remove_prefix(end + 1);
  }
  return out;
}

const std::vector<CodeHelp>& list() {
  static const std::vector<CodeHelp> kList = [] {
    std::vector<CodeHelp> all;
    for (const auto& part : {codes_of_files(), codes_of_expressions(), codes_of_tables(),
                             codes_of_advice(), codes_of_config()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    std::sort(all.begin(), all.end(),
              [](const CodeHelp& a, const CodeHelp& b) { return a.code < b.code; });
    return all;
  }();
  return kList;
}

}  // namespace

std::vector<CodeHelp> all_codes() { return list(); }

const CodeHelp* find_code(std::string_view code) {
  const auto found = std::find_if(list().begin(), list().end(),
                                  [&](const CodeHelp& each) { return each.code == code; });
  return found == list().end() ? nullptr : &*found;
}

std::string in_words(const CodeHelp& help) {
  std::string text = std::string(help.code) + " (" + std::string(to_text(help.severity)) +
                     "): " + std::string(help.title) + "\n\n" + std::string(help.meaning) +
                     "\n\nWrong:\n\n" + indented(help.wrong) + "\nRight:\n\n" +
                     indented(help.right) + "\nWhat to do: " + std::string(help.mend) + '\n';
  return text;
}

}  // namespace lockgate::rules
