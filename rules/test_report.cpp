#include "rules/test_report.hpp"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

constexpr std::size_t kWidestPart = 48;
constexpr std::size_t kAround = 60;  // bytes of a long line on each side of a change

std::string list(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& each : words) text += (text.empty() ? "" : ", ") + each;
  return text;
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string part_of(std::size_t part, std::size_t whole, std::string_view what) {
  return std::to_string(part) + " of " + std::to_string(whole) + ' ' + std::string(what) + " (" +
         std::to_string(percent(part, whole)) + "%)";
}

std::string change_of(const Survivor& survivor) {
  return ticked(survivor.from) +
         (survivor.to.empty() ? " taken out" : " changed to " + ticked(survivor.to));
}

// The line of the changed expression in which the change stands; of a long line
// only what is around it.
std::string line_of(const Survivor& survivor) {
  const std::string_view text = survivor.changed;
  const std::size_t at = std::min(survivor.at, text.size());
  const std::size_t before = at == 0 ? text.npos : text.rfind('\n', at - 1);
  std::size_t begin = before == text.npos ? 0 : before + 1;
  begin = std::min(text.find_first_not_of(" \t\r", begin), at);
  std::size_t end = std::min(text.find('\n', at), text.size());
  const auto inside = [&](std::size_t i) { return i > begin && (text[i] & 0xC0) == 0x80; };
  std::string front;
  std::string back;
  if (at - begin > kAround) {
    std::size_t from = at - kAround;
    while (inside(from)) --from;
    begin = from;
    front = "... ";
  }
  if (end - at > kAround) {
    end = at + kAround;
    while (inside(end)) --end;
    back = " ...";
  }
  return front + std::string(text.substr(begin, end - begin)) + back;
}

std::string counts(const TestReport& report) {
  std::string text = std::to_string(report.passed) + " passed, " +
                     std::to_string(report.failed.size()) + " failed, ";
  if (!report.skipped.empty()) {
    const auto todo = std::count_if(report.skipped.begin(), report.skipped.end(),
                                    [](const SkippedTest& each) { return each.todo; });
    text += std::to_string(report.skipped.size()) + " skipped";
    if (todo > 0) text += " (" + std::to_string(todo) + " todo)";
    text += ", ";
  }
  return text;
}

std::vector<std::string> row_names(const TestReport& report) {
  std::vector<std::string> names;
  for (const TestedRow& each : report.never_hit) {
    names.push_back(each.table + " row " + std::to_string(each.row));
  }
  return names;
}

// The last lines, for people.
std::vector<std::string> sums(const TestReport& report) {
  std::vector<std::string> lines = {counts(report) + "coverage " +
                                    part_of(report.covered_rules(), report.rules, "rules")};
  if (report.rows > 0) {
    lines.back() += ", " + part_of(report.covered_rows(), report.rows, "table rows");
  }
  if (!report.never_true.empty()) {
    lines.push_back("never true in a test: " + list(report.never_true));
  }
  if (!report.never_false.empty()) {
    lines.push_back("never false in a test: " + list(report.never_false));
  }
  if (!report.never_hit.empty()) {
    lines.push_back("never reached by a test: " + list(row_names(report)));
  }
  if (report.mutation) {
    lines.push_back("mutants: " +
                    part_of(report.mutation->caught, report.mutation->tried(), "caught"));
    if (report.mutation->not_tried > 0) {
      lines.back() += ", " + std::to_string(report.mutation->not_tried) +
                      " not tried: there are too many, or they take too long";
    }
  }
  lines.insert(lines.end(), report.shortfalls.begin(), report.shortfalls.end());
  return lines;
}

std::string said(const Difference& difference) {
  std::string text = "Expected " + difference.expected + ". Got " + difference.got + '.';
  if (!difference.parts.empty()) text += ' ' + difference.rule + ' ' + difference.did + " because:";
  for (const ConditionPart& part : difference.parts) {
    text += ' ' + part.text + " is " + part.value;
    if (!part.because.empty()) text += ", as " + part.because;
    text += &part == &difference.parts.back() ? '.' : ';';
  }
  if (!difference.help.empty()) text += " Help: " + difference.help + '.';
  return text;
}

boost::json::array to_json(const std::vector<std::string>& words) {
  boost::json::array array;
  for (const std::string& each : words) array.emplace_back(each);
  return array;
}

boost::json::object to_json(const Difference& difference) {
  boost::json::array parts;
  for (const ConditionPart& part : difference.parts) {
    parts.push_back(
        boost::json::object{{"text", part.text}, {"value", part.value}, {"because", part.because}});
  }
  return {{"expected", difference.expected}, {"got", difference.got},
          {"rule", difference.rule},         {"did", difference.did},
          {"parts", std::move(parts)},       {"help", difference.help}};
}

boost::json::object place_of(std::string_view file, std::size_t line, std::string_view name) {
  return {{"file", file}, {"line", line}, {"name", name}};
}

boost::json::object to_json(const MutationReport& mutation) {
  boost::json::array survivors;
  for (const Survivor& each : mutation.survivors) {
    boost::json::object survivor = place_of(each.file, each.line, each.name);
    survivor["column"] = each.column;
    survivor["from"] = each.from;
    survivor["to"] = each.to;
    survivor["changed"] = each.changed;
    survivors.push_back(std::move(survivor));
  }
  return {{"caught", mutation.caught},
          {"tried", mutation.tried()},
          {"not_tried", mutation.not_tried},
          {"survivors", std::move(survivors)}};
}

}  // namespace

std::size_t TestReport::covered_rules() const {
  std::set<std::string_view> open(never_true.begin(), never_true.end());
  open.insert(never_false.begin(), never_false.end());
  return rules - open.size();
}

std::size_t percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 100 : part * 100 / whole;
}

std::vector<std::string> lines_of(const std::vector<Difference>& differences) {
  std::vector<std::string> lines;
  for (const Difference& each : differences) {
    lines.push_back("expected  " + each.expected);
    lines.push_back("got       " + each.got);
    std::size_t width = 0;
    for (const ConditionPart& part : each.parts) {
      width = std::max(width, std::min(part.text.size(), kWidestPart));
    }
    if (!each.parts.empty()) lines.push_back(each.rule + ' ' + each.did + " because:");
    for (const ConditionPart& part : each.parts) {
      std::string line = "  " + padded(part.text, width) + "  " + padded(part.value, 5);
      if (!part.because.empty()) line += "  (" + part.because + ')';
      line.erase(line.find_last_not_of(' ') + 1);
      lines.push_back(std::move(line));
    }
    if (!each.help.empty()) lines.push_back("help: " + each.help);
  }
  return lines;
}

std::string human_report(const TestReport& report) {
  std::string out;
  for (const FailedTest& test : report.failed) {
    out += "FAIL " + test.file + ':' + std::to_string(test.line) + ' ' + test.name + '\n';
    for (const std::string& line : lines_of(test.differences)) out += "     " + line + '\n';
    out += '\n';
  }
  for (const SkippedTest& test : report.skipped) {
    out += (test.todo ? "todo " : "skip ") + test.file + ':' + std::to_string(test.line) + ' ' +
           test.name + ": " + test.reason + '\n';
  }
  if (report.mutation) {
    for (const Survivor& each : report.mutation->survivors) {
      out += "survived " + each.file + ':' + std::to_string(each.line) + ':' +
             std::to_string(each.column) + ' ' + each.name + ": " + change_of(each) + '\n' +
             "     " + line_of(each) + '\n';
    }
  }
  for (const std::string& line : sums(report)) out += line + '\n';
  return out;
}

std::string plain_report(const TestReport& report) {
  std::string out;
  for (const FailedTest& test : report.failed) {
    out += test.file + ", line " + std::to_string(test.line) + ": failed. " + test.name + '.';
    for (const Difference& each : test.differences) out += ' ' + said(each);
    out += '\n';
  }
  for (const SkippedTest& test : report.skipped) {
    out += test.file + ", line " + std::to_string(test.line) +
           (test.todo ? ": to do. " : ": skipped. ") + test.name + ": " + test.reason + ".\n";
  }
  if (report.mutation) {
    for (const Survivor& each : report.mutation->survivors) {
      out += each.file + ", line " + std::to_string(each.line) + ", column " +
             std::to_string(each.column) + ": no test notices a change. " + each.name + ": " +
             change_of(each) + ".\n";
    }
  }
  for (const std::string& line : sums(report)) out += line + ".\n";
  std::erase(out, '`');
  return out;
}

std::string json_report(const TestReport& report) {
  boost::json::array failed;
  for (const FailedTest& test : report.failed) {
    boost::json::array why;
    for (const Difference& each : test.differences) why.push_back(to_json(each));
    boost::json::object object = place_of(test.file, test.line, test.name);
    object["why"] = std::move(why);
    failed.push_back(std::move(object));
  }
  boost::json::array skipped;
  for (const SkippedTest& test : report.skipped) {
    boost::json::object object = place_of(test.file, test.line, test.name);
    object["reason"] = test.reason;
    object["todo"] = test.todo;
    skipped.push_back(std::move(object));
  }
  boost::json::array never_hit;
  for (const TestedRow& each : report.never_hit) {
    never_hit.push_back(boost::json::object{{"table", each.table}, {"row", each.row}});
  }
  boost::json::object object{
      {"schema", "lockgate.test/1"},
      {"passed", report.passed},
      {"failed", std::move(failed)},
      {"skipped", std::move(skipped)},
      {"coverage", boost::json::object{{"rules", report.rules},
                                       {"covered", report.covered_rules()},
                                       {"never_true", to_json(report.never_true)},
                                       {"never_false", to_json(report.never_false)},
                                       {"rows", report.rows},
                                       {"never_hit", std::move(never_hit)}}},
      {"shortfalls", to_json(report.shortfalls)}};
  if (report.mutation) object["mutation"] = to_json(*report.mutation);
  return boost::json::serialize(object) + '\n';
}

}  // namespace lockgate::rules
