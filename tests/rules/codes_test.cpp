// Every code there is has its help, and its examples do what they say.

#include "rules/codes.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "rules/spelling.hpp"
#include "rules/test_file.hpp"
#include "tests/rules/small_council.hpp"

namespace lockgate::rules {
namespace {

namespace fs = std::filesystem;

// What an example leaves out because it does not matter there.
struct Usual {
  std::string head;
  std::vector<std::pair<std::string, std::string>> lines;
};
const Usual kUsual[] = {
    {"[[rule]]",
     {{"id", "\"our-01\""},
      {"question", "\"Does it apply?\""},
      {"when", "'people.children'"},
      {"at", "{ submit = \"refer\" }"},
      {"to", "\"Board\""},
      {"say", "\"Words.\""},
      {"basis", "\"our default\""},
      {"source", "[\"Standing orders\"]"},
      {"checked_on", "2026-01-01"},
      {"review_by", "2027-12-31"}}},
    {"[[fact]]", {{"type", "\"bool\""}, {"meaning", "\"words\""}, {"question", "\"What is it?\""}}},
};

// The example with what it left out, one table after the other.
std::string completed(std::string_view example) {
  std::string out;
  std::istringstream lines{std::string(example)};
  const Usual* usual = nullptr;
  std::set<std::string> keys;
  const auto close = [&] {
    if (usual) {
      for (const auto& [key, value] : usual->lines) {
        if (!keys.contains(key)) out += key + " = " + value + '\n';
      }
    }
    usual = nullptr;
    keys.clear();
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '[') close();
    for (const Usual& each : kUsual) {
      if (line == each.head) usual = &each;
    }
    keys.insert(line.substr(0, line.find(' ')));
    out += line + '\n';
  }
  close();
  return out;
}

// The codes that an example gives, as a file in a folder after the core's.
std::vector<std::string> codes_in(std::string_view example) {
  using namespace std::chrono;
  const Loaded loaded =
      load({{"packs/core.toml", kCore}, {"ours/example.toml", completed(example)}},
           {.advise = true, .today = 2026y / 11 / 23});
  std::vector<std::string> codes;
  for (const auto* issues : {&loaded.issues, &loaded.advice}) {
    for (const Issue& issue : *issues) {
      if (issue.file == "ours/example.toml") codes.push_back(issue.code);
      const CodeHelp* help = find_code(issue.code);
      EXPECT_TRUE(help && issue.severity == help->severity) << issue.code;
    }
  }
  return codes;
}

TEST(Codes, HaveExamplesThatDoWhatTheySay) {
  for (const CodeHelp& help : all_codes()) {
    if (help.example != ExampleOf::rules) continue;  // tests/app holds those to it
    const bool shortened = help.wrong.find("# ...") != help.wrong.npos;  // too long to be shown
    if (!shortened) {
      EXPECT_THAT(codes_in(help.wrong), testing::ElementsAre(help.code)) << completed(help.wrong);
    }
    EXPECT_THAT(codes_in(help.right), testing::IsEmpty()) << completed(help.right);
  }
}

TEST(Codes, AreSortedAndMeanOneThing) {
  std::string_view before;
  for (const CodeHelp& help : all_codes()) {
    EXPECT_LT(before, help.code);
    before = help.code;
    EXPECT_EQ(find_code(help.code)->title, help.title);
    for (const std::string_view text : {help.title, help.meaning, help.mend}) {
      EXPECT_FALSE(text.empty()) << help.code;
    }
    EXPECT_FALSE(help.title.ends_with('.')) << help.code;
    EXPECT_TRUE(help.meaning.ends_with('.') && help.mend.ends_with('.')) << help.code;
  }
  EXPECT_EQ(find_code("LG999"), nullptr);
  EXPECT_EQ(find_code(""), nullptr);
}

TEST(Codes, AreAllThatTheSourcesUse) {
  const std::regex code("\"(LG[0-9]{3})\"");
  std::set<std::string> used;
  for (const char* folder : {"rules", "plugin/app"}) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
      if (entry.path().filename().string().starts_with("codes")) continue;
      std::ostringstream bytes;
      bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      const std::string text = std::move(bytes).str();
      for (std::sregex_iterator each(text.begin(), text.end(), code), end; each != end; ++each) {
        used.insert((*each)[1]);
        EXPECT_NE(find_code((*each)[1].str()), nullptr)
            << entry.path() << " uses " << (*each)[1]
            << ", which rules/codes_*.cpp does not explain";
      }
    }
  }
  for (const CodeHelp& help : all_codes()) {
    EXPECT_TRUE(used.contains(std::string(help.code))) << help.code << " is used nowhere";
  }
}

TEST(Codes, AreExplainedWithBothExamples) {
  const std::string text = in_words(*find_code("LG113"));
  EXPECT_EQ(text, R"(LG113 (error): an expression names a word that the fact can never be

The fact is an `enum`: it is one of the words in its `values`.  The condition compares it with another word, which never holds.

Wrong:

    [[rule]]
    id = "our-01"
    when = 'data.dpia == "signd_off"'

Right:

    [[rule]]
    id = "our-01"
    when = 'data.dpia == "signed_off"'

What to do: Write one of the values, or add the word to the fact's `values`.
)");
}

}  // namespace
}  // namespace lockgate::rules
