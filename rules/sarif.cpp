#include "rules/sarif.hpp"

#include <map>

#include <boost/json.hpp>

#include "rules/codes.hpp"

namespace lockgate::rules {
namespace {

namespace json = boost::json;

json::object text(std::string_view words) { return {{"text", words}}; }

json::object driver_rule(std::string_view code) {
  json::object rule{{"id", code}};
  if (const CodeHelp* help = find_code(code)) {
    rule["shortDescription"] = text(help->title);
    rule["fullDescription"] = text(help->meaning);
    rule["help"] = text(in_words(*help));
  }
  return rule;
}

// A path as a URI reference: what is not plain is written with percent signs.
std::string as_uri(std::string_view path) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != kPlain.npos) {
      uri += c;
    } else {
      uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return uri;
}

// How many characters begin before byte `column` of the line, both from 1.
std::size_t in_characters(std::string_view line, std::size_t column) {
  std::size_t count = column;
  for (std::size_t i = 0; i + 1 < column && i < line.size(); ++i) {
    if ((line[i] & 0xC0) == 0x80) --count;
  }
  return count;
}

json::object location(const Issue& issue, const TextOf& text_of) {
  json::object physical{{"artifactLocation", {{"uri", as_uri(issue.file)}}}};
  if (issue.line > 0) {
    const std::string_view line = line_of(text_of(issue.file), issue.line);
    physical["region"] = {{"startLine", issue.line},
                          {"startColumn", in_characters(line, issue.column)},
                          {"endColumn", in_characters(line, issue.column + issue.length)}};
  }
  return {{"physicalLocation", std::move(physical)}};
}

std::string message(const Issue& issue) {
  std::string words = issue.message;
  if (!issue.label.empty()) words += ": " + issue.label;
  if (!issue.help.empty()) words += "; " + issue.help;
  return words;
}

}  // namespace

std::string in_sarif(const std::vector<Issue>& issues, const TextOf& text_of) {
  std::map<std::string_view, std::size_t> codes;
  for (const Issue& issue : issues) codes.emplace(issue.code, 0);
  json::array driver_rules;
  for (auto& [code, index] : codes) {
    index = driver_rules.size();
    driver_rules.push_back(driver_rule(code));
  }
  json::array results;
  for (const Issue& issue : issues) {
    results.push_back(json::object{{"ruleId", issue.code},
                                   {"ruleIndex", codes[issue.code]},
                                   {"level", to_text(issue.severity)},
                                   {"message", text(message(issue))},
                                   {"locations", json::array{location(issue, text_of)}}});
  }
  json::object driver{
      {"name", "lockgate"}, {"version", LOCKGATE_VERSION}, {"rules", std::move(driver_rules)}};
  json::object run{{"tool", {{"driver", std::move(driver)}}},
                   {"columnKind", "unicodeCodePoints"},
                   {"results", std::move(results)}};
  const json::object log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                         {"version", "2.1.0"},
                         {"runs", json::array{std::move(run)}}};
  return json::serialize(log) + '\n';
}

}  // namespace lockgate::rules
