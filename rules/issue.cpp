#include "rules/issue.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include <boost/json.hpp>

namespace lockgate::rules {
namespace {

constexpr std::size_t kShown = 10;
constexpr std::size_t kLongestLine = 160;

std::string plural(std::size_t count, std::string_view word) {
  return std::to_string(count) + ' ' + std::string(word) + (count == 1 ? "" : "s");
}

std::size_t count(const std::vector<Issue>& issues, Severity severity) {
  return static_cast<std::size_t>(
      std::count_if(issues.begin(), issues.end(),
                    [&](const Issue& issue) { return issue.severity == severity; }));
}

// Nothing where all are warnings: then it was loaded.
std::string sum(const std::vector<Issue>& issues) {
  if (!issues.empty() && count(issues, Severity::error) == 0) return {};
  std::set<std::string_view> files;
  for (const Issue& issue : issues) files.insert(issue.file);
  return counts(issues) + " in " + plural(files.size(), "file") + ". Nothing was loaded.\n";
}

// The source line, shortened around the mistake if it is very long, and the caret.
std::string excerpt(const Issue& issue, std::string_view line) {
  std::size_t column = std::max<std::size_t>(issue.column, 1) - 1;
  column = std::min(column, line.size());
  std::size_t start = 0;
  if (line.size() > kLongestLine && column > kLongestLine / 2) {
    start = column - kLongestLine / 2;
    while (start < column && (line[start] & 0xC0) == 0x80) ++start;  // not within a character
  }
  std::string shown(line.substr(start, kLongestLine));
  std::replace(shown.begin(), shown.end(), '\t', ' ');
  const std::size_t room =
      std::max<std::size_t>(1, shown.size() - std::min(shown.size(), column - start));
  const std::size_t length = std::clamp<std::size_t>(issue.length, 1, room);

  const std::string number = std::to_string(issue.line);
  const std::string margin(number.size(), ' ');
  std::string out = margin + " |\n" + number + " | " + shown + '\n' + margin + " | ";
  // Carets stand under characters, not under bytes.
  for (std::size_t i = 0; i < column - start; ++i) {
    if ((shown[i] & 0xC0) != 0x80) out += ' ';
  }
  for (std::size_t i = 0; i < length; ++i) {
    if (column - start + i >= shown.size() || (shown[column - start + i] & 0xC0) != 0x80)
      out += '^';
  }
  if (!issue.label.empty()) out += ' ' + issue.label;
  return out + '\n';
}

}  // namespace

std::string_view to_text(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

std::string counts(const std::vector<Issue>& issues) {
  const std::size_t errors = count(issues, Severity::error);
  const std::size_t warnings = issues.size() - errors;
  if (warnings == 0) return plural(errors, "error");
  if (errors == 0) return plural(warnings, "warning");
  return plural(errors, "error") + " and " + plural(warnings, "warning");
}

std::string_view line_of(std::string_view text, std::size_t number) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (; number > 1 && !text.empty(); --number) {
    const std::size_t end = text.find('\n');
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  std::string_view line = text.substr(0, text.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void sort(std::vector<Issue>& issues) {
  std::stable_sort(issues.begin(), issues.end(), [](const Issue& a, const Issue& b) {
    return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
  });
}

std::string in_human(const std::vector<Issue>& issues, const TextOf& text_of) {
  std::string out;
  for (std::size_t i = 0; i < std::min(issues.size(), kShown); ++i) {
    const Issue& issue = issues[i];
    out += std::string(to_text(issue.severity)) + '[' + issue.code + "]: " + issue.message + '\n';
    const std::string margin(std::to_string(issue.line).size(), ' ');
    out += margin + "--> " + issue.file;
    if (issue.line > 0) {
      out += ':' + std::to_string(issue.line) + ':' + std::to_string(issue.column) + '\n';
      out += excerpt(issue, line_of(text_of(issue.file), issue.line));
    } else {
      out += '\n';
    }
    if (!issue.help.empty()) out += margin + " = help: " + issue.help + '\n';
    out += '\n';
  }
  if (issues.size() > kShown) {
    out += "and " + std::to_string(issues.size() - kShown) + " more\n\n";
  }
  return out + sum(issues);
}

std::string in_plain(const std::vector<Issue>& issues) {
  std::string out;
  for (const Issue& issue : issues) {
    out += issue.file;
    if (issue.line > 0) {
      out += ", line " + std::to_string(issue.line) + ", column " + std::to_string(issue.column);
    }
    std::string sentence = issue.message;
    if (!issue.label.empty()) sentence += ", " + issue.label;
    sentence += '.';
    if (!issue.help.empty()) {
      std::string help = issue.help;
      if (help[0] >= 'a' && help[0] <= 'z') help[0] = static_cast<char>(help[0] - 'a' + 'A');
      sentence += ' ' + help;
      if (!issue.help.ends_with('?')) sentence += '.';
    }
    std::erase(sentence, '`');
    out += ": " + std::string(to_text(issue.severity)) + ' ' + issue.code + ". " + sentence + '\n';
  }
  return out + sum(issues);
}

std::string in_json(const std::vector<Issue>& issues) {
  boost::json::array diagnostics;
  for (const Issue& issue : issues) {
    diagnostics.push_back(boost::json::object{{"severity", to_text(issue.severity)},
                                              {"code", issue.code},
                                              {"message", issue.message},
                                              {"label", issue.label},
                                              {"file", issue.file},
                                              {"line", issue.line},
                                              {"column", issue.column},
                                              {"length", issue.length},
                                              {"help", issue.help}});
  }
  const std::size_t errors = count(issues, Severity::error);
  return boost::json::serialize(boost::json::object{{"schema", "lockgate.diagnostics/1"},
                                                    {"errors", errors},
                                                    {"warnings", issues.size() - errors},
                                                    {"diagnostics", std::move(diagnostics)}}) +
         '\n';
}

}  // namespace lockgate::rules
