#include <cstdint>
#include <map>
#include <utility>

#include "rules/test_report.hpp"
#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

// Text as XML 1.0 takes it, in an element or an attribute: what may not stand in
// XML at all becomes U+FFFD.  `text` is UTF-8.
std::string escaped(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    const std::string_view three = text.substr(i, 3);
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\n' || c == '\t' || c == '\r') {
      out += "&#" + std::to_string(byte) + ';';
    } else if (byte < 0x20) {
      out += kReplacement;
    } else if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
      out += kReplacement;
      i += 2;
    } else {
      out += c;
    }
  }
  return out;
}

std::string attribute(std::string_view name, std::string_view value) {
  return ' ' + std::string(name) + "=\"" + escaped(value) + '"';
}

std::string attribute(std::string_view name, std::size_t number) {
  return attribute(name, std::to_string(number));
}

struct Suite {
  std::string cases;
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t skipped = 0;

  void add(std::string_view suite, std::string_view name, std::string_view place,
           const std::string& inside) {
    ++tests;
    cases += "    <testcase" + attribute("classname", suite) + attribute("name", name) +
             std::string(place) + (inside.empty() ? "/>\n" : ">" + inside + "</testcase>\n");
  }
  void add_failure(std::string_view suite, std::string_view name, std::string_view place,
                   std::string_view message, std::string_view text) {
    ++failures;
    add(suite, name, place,
        "<failure" + attribute("message", message) + '>' + escaped(text) + "</failure>");
  }
  void add_skipped(std::string_view suite, std::string_view name, std::string_view place,
                   std::string_view message) {
    ++skipped;
    add(suite, name, place, "<skipped" + attribute("message", message) + "/>");
  }
  std::string counts() const {
    return attribute("tests", tests) + attribute("failures", failures) +
           attribute("errors", std::size_t{0}) + attribute("skipped", skipped);
  }
};

std::string place_of(std::string_view file, std::size_t line) {
  return attribute("file", file) + attribute("line", line);
}

std::string text_of(const FailedTest& test) {
  std::string text;
  for (const std::string& line : lines_of(test.differences)) text += line + '\n';
  return text;
}

class Writer {
 public:
  explicit Writer(const TestReport& report) : report_(report) {}

  std::string run() {
    add_tests();
    if (report_.mutation) add_survivors(*report_.mutation);
    for (const std::string& each : report_.shortfalls) {
      suite("demands").add_failure("demands", each, {}, each, each);
    }
    Suite all;
    std::string suites;
    for (const auto& [name, each] : suites_) {
      suites += "  <testsuite" + attribute("name", name) + each.counts() + ">\n" + each.cases +
                "  </testsuite>\n";
      all.tests += each.tests;
      all.failures += each.failures;
      all.skipped += each.skipped;
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
           attribute("name", "lockgate test") + all.counts() + ">\n" + suites + "</testsuites>\n";
  }

 private:
  Suite& suite(const std::string& name) {
    for (auto& [each, suite] : suites_) {
      if (each == name) return suite;
    }
    return suites_.emplace_back(name, Suite()).second;
  }

  void add_tests() {
    using Place = std::pair<std::string_view, std::size_t>;
    std::map<Place, const FailedTest*> failed;
    std::map<Place, const SkippedTest*> skipped;
    for (const FailedTest& each : report_.failed) failed[{each.file, each.line}] = &each;
    for (const SkippedTest& each : report_.skipped) skipped[{each.file, each.line}] = &each;
    for (const TestName& test : report_.tests) {
      Suite& into = suite(test.file);
      const std::string place = place_of(test.file, test.line);
      const Place key{test.file, test.line};
      if (const auto found = failed.find(key); found != failed.end()) {
        const Difference& first = found->second->differences.front();
        into.add_failure(test.file, test.name, place,
                         "expected " + first.expected + ", got " + first.got,
                         text_of(*found->second));
      } else if (const auto skip = skipped.find(key); skip != skipped.end()) {
        into.add_skipped(test.file, test.name, place, skip->second->reason);
      } else {
        into.add(test.file, test.name, place, {});
      }
    }
  }

  void add_survivors(const MutationReport& mutation) {
    for (const Survivor& each : mutation.survivors) {
      suite("survivors")
          .add_skipped("survivors", each.name + ": " + each.changed, place_of(each.file, each.line),
                       "no test notices " + ticked(each.from) +
                           (each.to.empty() ? " taken out" : " changed to " + ticked(each.to)));
    }
  }

  const TestReport& report_;
  std::vector<std::pair<std::string, Suite>> suites_;  // in order of appearance
};

}  // namespace

std::string junit_report(const TestReport& report) { return Writer(report).run(); }

}  // namespace lockgate::rules
