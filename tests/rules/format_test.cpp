// How files are laid out; and that nothing else about them changes.

#include "rules/format.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <toml++/toml.h>

namespace lockgate::rules {
namespace {

namespace fs = std::filesystem;

struct Case {
  const char* name;
  std::string before;
  std::string after;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Formatted : public testing::TestWithParam<Case> {};

TEST_P(Formatted, IsLaidOutSo) {
  std::vector<Issue> issues;
  EXPECT_EQ(formatted("a.toml", GetParam().before, issues), GetParam().after);
  EXPECT_THAT(issues, testing::IsEmpty());
  EXPECT_EQ(formatted("a.toml", GetParam().after, issues), GetParam().after);
}

template <class T>
std::string name_of(const testing::TestParamInfo<T>& each) {
  return each.param.name;
}

INSTANTIATE_TEST_SUITE_P(
    Spacing, Formatted,
    testing::Values(
        Case{"Nothing", "", ""},                                               //
        Case{"NothingButLines", "\n \n\t\n", ""},                              //
        Case{"OneComment", "\n#:schema ./a.json", "#:schema ./a.json\n"},      //
        Case{"AroundEquals", "a=1\n\tb  =\t2  \n", "a = 1\nb = 2\n"},          //
        Case{"InKeys", "a . \"b . c\"  . 'd'=1", "a.\"b . c\".'d' = 1\n"},     //
        Case{"InHeaders", "[ a . b ]\n[[ c ]]", "[a.b]\n\n[[c]]\n"},           //
        Case{"InLists", "a = [ 1,2 ,3, ]\nb=[ ]", "a = [1, 2, 3]\nb = []\n"},  //
        Case{"InTables", "a={b=1,c = { }}", "a = { b = 1, c = {} }\n"},        //
        Case{"InMoments", "a = 1979-05-27 07:32:00Z # b", "a = 1979-05-27 07:32:00Z # b\n"},
        Case{"BeforeComments", "a=1   # b \n[c]# d\t\n# e \n", "a = 1   # b\n\n[c] # d\n# e\n"},
        Case{"WithinQuotes", "a = \"# \\\"b\\\"  \" # c\nd = '#  ,]' ",
             "a = \"# \\\"b\\\"  \" # c\nd = '#  ,]'\n"},
        Case{"WithinTextsOfSeveralLines",
             "a = \"\"\"\n b  \n\n\n\n# c\"\"\"\"\"   \nd='''\n [x]\n'''",
             "a = \"\"\"\n b  \n\n\n\n# c\"\"\"\"\"\nd = '''\n [x]\n'''\n"},
        Case{"CarriageReturns", "\xEF\xBB\xBF# a\r\nb = 1\r\nc = \"\"\"\r\nd\r\n\"\"\"\r\n",
             "# a\nb = 1\nc = \"\"\"\nd\n\"\"\"\n"}),
    name_of<Case>);

INSTANTIATE_TEST_SUITE_P(
    BlankLines, Formatted,
    testing::Values(
        Case{"BetweenTables", "a=1\n[b]\nc=1\n[d]\n[e]\n", "a = 1\n\n[b]\nc = 1\n\n[d]\n\n[e]\n"},
        Case{"NotBelowHeaders", "[a]\n\n\nb = 1\n", "[a]\nb = 1\n"},
        Case{"NotBeforeTablesOfAnElement", "[[a]]\nb = 1\n[a.c]\nd = 1\n[[a]]\nb = 2\n",
             "[[a]]\nb = 1\n[a.c]\nd = 1\n\n[[a]]\nb = 2\n"},
        Case{"OneInTablesOfNoKind", "[a]\nb = 1\n\n\n\nc = 1\n", "[a]\nb = 1\n\nc = 1\n"},
        Case{"TwoBeforeComments", "a = 1\n\n\n\n\n# b\n\n\n\n[c]\n", "a = 1\n\n\n# b\n\n[c]\n"},
        Case{"BeforeCommentsOfTables", "[a]\nb = 1\n# c\n[d]\n", "[a]\nb = 1\n\n# c\n[d]\n"},
        Case{"NoneAtTheEnds", "\n\na = 1\n\n\n", "a = 1\n"}),
    name_of<Case>);

const std::string kLong(60, 'x');

INSTANTIATE_TEST_SUITE_P(
    Lists, Formatted,
    testing::Values(
        Case{"StayBroken", "a = [\n1,\n      2 ]\n", "a = [\n  1,\n  2,\n]\n"},
        Case{"KeepTheirGroups", "a = [\n\n1,\n\n\n2,\n\n]\n", "a = [\n  1,\n\n  2,\n]\n"},
        Case{"KeepTheirComments", "a = [ # b\n# c\n1, # d\n2 # e\n, 3\n# f\n]  # g\n",
             "a = [ # b\n  # c\n  1, # d\n  2, # e\n  3,\n  # f\n]  # g\n"},
        Case{"OfACommentAlone", "a = [\n# b\n]\n", "a = [\n  # b\n]\n"},
        Case{"OfNothing", "a = [\n\n\n]\n", "a = []\n"},
        Case{"AreBrokenIfLong", "a = ['" + kLong + "', '" + kLong + "']\n",
             "a = [\n  '" + kLong + "',\n  '" + kLong + "',\n]\n"},
        Case{"StayWholeIfBreakingDoesNotHelp", "a = ['" + kLong + kLong + "']\n",
             "a = ['" + kLong + kLong + "']\n"},
        Case{"OfTables", "rows = [\n{if=['-'],then=1},{ if=['5..'] , then=2 }]\n",
             "rows = [\n  { if = ['-'], then = 1 },\n  { if = ['5..'], then = 2 },\n]\n"},
        Case{"WithinEachOther", "a = [[\n1],\n{b=[ # c\n2]}]\n",
             "a = [\n  [\n    1,\n  ],\n  { b = [ # c\n    2,\n  ] },\n]\n"}),
    name_of<Case>);

INSTANTIATE_TEST_SUITE_P(
    Order, Formatted,
    testing::Values(
        Case{"OfARule", "[[rule]]\nwhen='a'\nsay='b'\nid='c'\nat.run='d'\nfoo=1\nto='e'\n",
             "[[rule]]\nid = 'c'\nwhen = 'a'\nat.run = 'd'\nto = 'e'\nsay = 'b'\nfoo = 1\n"},
        Case{"OfATest", "[[test]]\nverdict='a'\n\n'name'='b'\n[test.facts]\nz=1\na=2\n",
             "[[test]]\n'name' = 'b'\nverdict = 'a'\n[test.facts]\nz = 1\na = 2\n"},
        Case{"OfNoOtherTable", "when=1\nid=2\n[rule]\nwhen=1\nid=2\n",
             "when = 1\nid = 2\n\n[rule]\nwhen = 1\nid = 2\n"},
        Case{"TakesCommentsAlong", "[[rule]]\n# of when\nwhen='a' # b\n# of id\n# too\nid='c'\n",
             "[[rule]]\n# of id\n# too\nid = 'c'\n# of when\nwhen = 'a' # b\n"},
        Case{"StopsAtCommentsThatStandAlone", "[[rule]]\nwhen='a'\n\n# alone\n\nsay='b'\nid='c'\n",
             "[[rule]]\nwhen = 'a'\n\n# alone\n\nid = 'c'\nsay = 'b'\n"},
        Case{"LeavesCommentsBelow", "[[rule]]\nto='a'\nid='b'\n# last\n",
             "[[rule]]\nid = 'b'\nto = 'a'\n# last\n"}),
    name_of<Case>);

struct Refused {
  const char* name;
  std::string bytes;
  const char* code;
};

void PrintTo(const Refused& c, std::ostream* out) { *out << c.name; }

class NotFormatted : public testing::TestWithParam<Refused> {};

TEST_P(NotFormatted, IsRefusedWithOneIssue) {
  std::vector<Issue> issues;
  EXPECT_EQ(formatted("a.toml", GetParam().bytes, issues), std::nullopt);
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues.front().code, GetParam().code);
  EXPECT_EQ(issues.front().file, "a.toml");
}

// Short, and longer than a file may be once there is one element a line.
std::string nearly_too_long() {
  std::string text = "a = [";
  while (text.size() < (1u << 20) - 10) text += "[\n],";
  return text + "]\n";
}

INSTANTIATE_TEST_SUITE_P(Format, NotFormatted,
                         testing::Values(Refused{"NoToml", "a = = 1\n", "LG101"},
                                         Refused{"OpenText", "a = \"\"\"b\n", "LG101"},
                                         Refused{"KeyTwice", "a = 1\na = 2\n", "LG101"},
                                         Refused{"Huge", std::string((1 << 20) + 1, '\n'), "LG100"},
                                         Refused{"Deep", "a = " + std::string(100, '['), "LG100"},
                                         Refused{"HugeOnceFormatted", nearly_too_long(), "LG100"}),
                         name_of<Refused>);

// Of a file that is TOML; found without the reader that formatting uses.
std::vector<std::string> comments_of(std::string_view text) {
  std::vector<std::string> comments;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '#') {
      const std::size_t end = std::min(text.find('\n', i), text.size());
      std::string comment(text.substr(i, end - i));
      comment.erase(comment.find_last_not_of(" \t\r") + 1);
      comments.push_back(std::move(comment));
      i = end;
    } else if (c == '"' || c == '\'') {
      const std::string quotes(text.substr(i, 3) == std::string(3, c) ? 3 : 1, c);
      i += quotes.size();
      while (text.substr(i, quotes.size()) != quotes) i += c == '"' && text[i] == '\\' ? 2 : 1;
      i += quotes.size();
      if (quotes.size() == 3) {
        while (i < text.size() && text[i] == c) ++i;
      }
    } else {
      ++i;
    }
  }
  std::sort(comments.begin(), comments.end());
  return comments;
}

// Gives it formatted; nullopt for what is not TOML.
std::optional<std::string> held_to_its_word(const std::string& name, const std::string& before) {
  std::vector<Issue> issues;
  const auto after = formatted(name, before, issues);
  if (!after) return std::nullopt;
  EXPECT_EQ(formatted(name, *after, issues), after) << name << '\n' << before;
  EXPECT_EQ(comments_of(*after), comments_of(before)) << name << '\n' << before;
  EXPECT_TRUE(toml::parse(*after).table() == toml::parse(before).table()) << name << '\n' << before;
  return after;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> files_below(const std::vector<fs::path>& folders) {
  std::vector<fs::path> found;
  for (const fs::path& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

TEST(Format, KeepsWhatEveryFileSaysAndItsComments) {
  int toml = 0;
  for (const fs::path& path :
       files_below({"rules/packs", "examples", "tests/rules", "tests/fuzz"})) {
    if (path.extension() != ".toml" && path.string().find("seed-") == std::string::npos) continue;
    toml += held_to_its_word(path.string(), bytes_of(path)).has_value();
  }
  EXPECT_GT(toml, 50);
}

// Lines taken out, doubled, swapped and joined: what is still TOML must come out of
// it with all it says.
TEST(Format, KeepsWhatMutatedFilesSay) {
  std::mt19937 random(20261127);
  const auto below = [&](std::size_t end) { return random() % end; };
  const std::string seed =
      "# of the file\n\n# alone\n\ntitle = 'a' # b\nroles = [ # c\n  'x', # d\n\n  # e\n  'y',\n]\n"
      "\n\n# --- part ---\n\n[[rule]]\n# of id\nid = 'ab-01'\nwhen = '''\n a # no comment\n'''\n"
      "at = { submit = 'ask' } # f\n\n# alone\n\nto = \"#\"\nsource = ['s', 't']\n[rule.more]\n"
      "a.b = [\n]\n# of the next\n[[rule]] # g\nsay = 1\nid = 2\n\n[[test]]\ngate = 1\nname = 2\n";
  std::vector<std::string> lines;
  for (std::size_t begin = 0, end = 0; begin < seed.size(); begin = end) {
    end = seed.find('\n', begin) + 1;
    lines.push_back(seed.substr(begin, end - begin));
  }
  int toml = 0;
  for (int i = 0; i < 3000; ++i) {
    std::vector<std::string> mutant = lines;
    for (std::size_t edits = 1 + below(4); edits > 0; --edits) {
      const auto at = mutant.begin() + static_cast<std::ptrdiff_t>(below(mutant.size()));
      switch (below(5)) {
        case 0:
          mutant.erase(at);
          break;
        case 1:
          mutant.insert(at, at->front() == '#' ? *at : "\n");
          break;
        case 2:
          std::iter_swap(at, mutant.begin() + static_cast<std::ptrdiff_t>(below(mutant.size())));
          break;
        case 3:
          mutant.insert(at, " # note " + std::to_string(i) + " \n");
          break;
        default:
          at->insert(below(at->size()), 1, " \t,]#\r"[below(6)]);
      }
    }
    std::string text;
    for (const std::string& line : mutant) text += line;
    toml += held_to_its_word("mutant " + std::to_string(i), text).has_value();
    if (HasFailure()) break;
  }
  EXPECT_GT(toml, 500);
}

}  // namespace
}  // namespace lockgate::rules
