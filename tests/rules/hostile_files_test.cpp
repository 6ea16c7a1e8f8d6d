// Rule files made to hurt: rejected or accepted within the limits, quickly, in
// bounded memory, and never a crash.

#include "tests/rules/counted_memory.hpp"
#include "tests/rules/small_council.hpp"

#include <gmock/gmock.h>

#include <ctime>
#include <random>

namespace lockgate::rules {
namespace {

std::string repeat(std::string_view part, std::size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

// "a0b\na1b\n..."
std::string numbered(const std::string& before, const std::string& after, std::size_t times,
                     std::size_t first = 0) {
  std::string out;
  for (std::size_t i = first; i < first + times; ++i) out += before + std::to_string(i) + after;
  return out;
}

#if defined(__SANITIZE_ADDRESS__)
constexpr double kSecondsAllowed = 8;  // sanitizers slow everything down
#else
constexpr double kSecondsAllowed = 1;
#endif

// Of the processor: other programs do not count.
class Stopwatch {
 public:
  double seconds() const {
    return static_cast<double>(std::clock() - begin_) / static_cast<double>(CLOCKS_PER_SEC);
  }

 private:
  std::clock_t begin_ = std::clock();
};

struct Hostile {
  const char* name;
  std::string bytes;
  const char* code;     // of its first issue; "" if it is accepted
  const char* message;  // of its first issue
};

void PrintTo(const Hostile& hostile, std::ostream* out) { *out << hostile.name; }

class O36_HostileToml : public testing::TestWithParam<Hostile> {};

TEST_P(O36_HostileToml, IsRejectedOrAcceptedWithinLimits) {
  const Hostile& c = GetParam();
  const MemoryPeak memory;
  const Stopwatch watch;
  const Loaded loaded = load({{"a.toml", c.bytes}});
  EXPECT_LT(watch.seconds(), kSecondsAllowed);
  const std::size_t most = memory.bytes();
  EXPECT_LT(most, 100'000'000u);
  EXPECT_EQ(loaded.rules != nullptr, std::string(c.code).empty());
  ASSERT_EQ(loaded.issues.empty(), std::string(c.code).empty());
  if (loaded.issues.empty()) return;
  EXPECT_EQ(loaded.issues.front().code, c.code);
  EXPECT_EQ(loaded.issues.front().message, c.message);
  // It can be shown, too.
  EXPECT_FALSE(in_human(loaded.issues, [&](std::string_view) -> std::string_view {
                 return c.bytes;
               }).empty());
}

std::string utf16(std::string_view text, bool little) {
  std::string out = little ? "\xFF\xFE" : "\xFE\xFF";
  for (const char c : text) out += little ? std::string{c, '\0'} : std::string{'\0', c};
  return out;
}

constexpr const char* kTooMuch = "the file holds more than 30000 keys and values";
constexpr const char* kTooDeep = "this is nested more than 32 deep";
constexpr const char* kTooLarge = "the file is larger than 1 MiB";

std::vector<Hostile> hostile_files() {
  return {
      {"TenMegabytesOfText", "title = \"" + std::string(10'000'000, 'x') + "\"\n", "LG100",
       kTooLarge},
      {"TextUpToTheLimit", "title = \"" + std::string((1 << 20) - 11, 'x') + "\"\n", "", ""},
      {"HundredThousandTables", numbered("[", "]\n", 100'000), "LG100", kTooMuch},
      {"HundredThousandRules", repeat("[[rule]]\n", 100'000), "LG100", kTooMuch},
      {"HundredThousandNumbers", "x = [" + repeat("1,", 100'000) + "]", "LG100", kTooMuch},
      {"HundredThousandKeys", numbered("", "=1\n", 100'000), "LG100", kTooMuch},
      {"AsManyKeysAsAllowed", numbered("k", "=1\n", 30'000), "LG102", "unknown key `k0`"},
      {"AsManyKeysOnOneLine", "settings = {" + numbered("'cfg.kö", "'=1,", 14'990) + "z=1}",
       "LG117", "there is no setting `cfg.kö0`"},
      // Every table searched for in a list of all those before it.
      {"ManyListsFoundAgain", numbered("[[t", "]]\n", 7'400) + numbered("[[t", "]]\n", 7'400),
       "LG102", "unknown key `t0`"},
      {"ManyDottedKeysFoundAgain",
       numbered("t", ".a=1\n", 15'000) + numbered("t", ".b=1\n", 15'000), "LG102",
       "unknown key `t0`"},
      {"ArraysThreeHundredDeep", "x = " + repeat("[", 300) + repeat("]", 300), "LG100", kTooDeep},
      {"ArraysNeverClosed", "x = " + repeat("[", 1'000'000), "LG100", kTooDeep},
      {"TablesThreeHundredDeep", "x = " + repeat("{a=", 300) + "1" + repeat("}", 300), "LG100",
       kTooDeep},
      {"KeyOfManyParts", repeat("a.", 500'000) + "b = 1\n", "LG100", kTooDeep},
      {"KeyOfManyQuotedParts", repeat("'a' . ", 100'000) + "b = 1\n", "LG100", kTooDeep},
      {"HeaderOfManyParts", "[" + repeat("a.", 500'000) + "b]\n", "LG100", kTooDeep},
      {"DeepKeysInDeepTables",
       "x = " + repeat("{" + repeat("a.", 30) + "a=", 30) + "1" + repeat("}", 30), "LG102",
       "unknown key `x`"},
      {"ArraysAsDeepAsAllowed", "title = " + repeat("[", 32) + repeat("]", 32), "LG104",
       "`title` must be text"},
      {"NothingAtAll", "", "", ""},
      {"ByteOrderMark", "\xEF\xBB\xBFtitle = \"x\"\n", "", ""},
      {"ByteOrderMarkAlone", "\xEF\xBB\xBF", "", ""},
      {"TwoByteOrderMarks", "\xEF\xBB\xBF\xEF\xBB\xBFtitle = \"x\"\n", "LG101",
       "this character can stand only in text or in a comment"},
      {"CarriageReturns", "title = \"x\"\r\nroles = [\r\n\"a\",\r\n\"b\"]\r\n", "", ""},
      {"CarriageReturnsAlone", "title = \"x\"\rroles = []\r", "LG101",
       "this line ends in half a line break"},
      {"Utf16LittleEndian", utf16("title = \"x\"\n", true), "LG101",
       "the file is written in UTF-16"},
      {"Utf16BigEndian", utf16("title = \"x\"\n", false), "LG101", "the file is written in UTF-16"},
      {"Utf16WithoutAMark", utf16("title = \"x\"\n", true).substr(2), "LG101",
       "there is a zero byte in the file"},
      {"ZeroByte", std::string("title = \"x\0y\"\n", 14), "LG101",
       "there is a zero byte in the file"},
      {"DuplicateKeys", "title = \"a\"\ntitle = \"b\"\n", "LG101", "`title` is given twice"},
      {"DatesAsKeys", "2026-11-23 = 1\n", "LG102", "unknown key `2026-11-23`"},
      {"ControlCharacters", "title = \"\x01\"\n", "LG101", "there is a control character here"},
      {"OverlongUtf8", "title = \"\xC0\xAF\"\n", "LG101", "the file is not valid UTF-8 here"},
      {"SurrogateInUtf8", "title = \"\xED\xA0\x80\"\n", "LG101",
       "the file is not valid UTF-8 here"},
      {"HalfACharacterAtTheEnd", "title = \"\xE2\x82", "LG101", "the file is not valid UTF-8 here"},
      {"TextOpenToTheEnd", "title = \"\"\"" + std::string(1'000'000, 'x'), "LG101",
       "this text has no closing quote"},
      // Each of these leads toml++ 3.3 into undefined behaviour or a failed assertion.
      {"LetterOutsideAscii", "cat\xC3\xA9gorie = 1\n", "LG101",
       "this character can stand only in text or in a comment"},
      {"LetterBehindAValue", "title = \"x\" \xC3\xA9\n", "LG101",
       "this character can stand only in text or in a comment"},
      {"LetterBehindABackslash", "title = \"\"\"a \\\n  \xC3\xA9\"\"\"\n", "LG101",
       "this character cannot follow a backslash"},
      {"LetterInANumber", "x = 1'\xC3\xA9'\n", "LG101", "this is neither a number nor a date"},
      {"DayWithHalfATime", "x = 2026-11-23 1\n", "LG101", "this is neither a number nor a date"},
      {"DayWithLetters", "x = [2026-11-23t.e]\n", "LG101", "this is neither a number nor a date"},
      {"HeaderWithoutAName", "[=]\n", "LG101", "this is not a table header"},
      {"BraceInAList", "x = [ }\n", "LG101", "a `]` is missing before this"},
      {"HugeNumber", "x = " + std::string(100'000, '9'), "LG101",
       "this is neither a number nor a date"},
  };
}

INSTANTIATE_TEST_SUITE_P(All, O36_HostileToml, testing::ValuesIn(hostile_files()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(HostileRules, AreLimitedInNumber) {
  std::string text;
  for (int i = 0; i < 1001; ++i) {
    text += "[[rule]]\nid = \"fp-" + std::to_string(1000 + i) +
            "\"\nquestion = \"q?\"\nwhen = 'true'\nat = { submit = \"note\" }\nto = \"Board\"\n"
            "say = \"s\"\nbasis = \"law\"\nsource = [\"s\"]\nchecked_on = 2026-11-23\n"
            "review_by = 2026-11-23\n";
  }
  const Loaded loaded = load_with(text);
  ASSERT_EQ(loaded.issues.size(), 1u) << in_plain(loaded.issues).substr(0, 1000);
  EXPECT_EQ(loaded.issues[0].code, "LG100");
  EXPECT_EQ(loaded.issues[0].message, "this is rule number 1001; there may be 1000");
}

// Named expressions that each use the one before, 20 lists deeper.
std::string expressions_in_a_row(int count, const std::string& as) {
  std::string text;
  std::string is = "people.participants";
  for (int i = 0; i < count; ++i) {
    const std::string name = "calc.e" + std::to_string(i);
    text += "[[expression]]\nname = \"" + name + "\"\nmeaning = \"m\"\nis = '" + is + "'\n";
    is = repeat("[", 20) + as + '(' + name + ')' + repeat("]", 20);
  }
  return text;
}

TEST(HostileRules, NestNoDeeperThanTheirLimitsTogether) {
  const Loaded most = load_with(
      expressions_in_a_row(64, "dyn") +
      rule("fp-01", "calc.e63 == calc.e63 && calc.e63 != calc.e62", R"(submit = "refer")"));
  ASSERT_TRUE(most.rules) << in_plain(most.issues).substr(0, 1000);
  EXPECT_EQ(check(*most.rules, {{"people.participants", 3}}).verdict, Verdict::refer);

  const Loaded more = load_with(expressions_in_a_row(70, "dyn"));
  ASSERT_EQ(more.issues.size(), 1u) << in_plain(more.issues).substr(0, 1000);
  EXPECT_EQ(more.issues[0].code, "LG100");
  EXPECT_EQ(more.issues[0].message,
            "`calc.e64` is the last of more than 64 named expressions of which each uses the one "
            "before");

  const Loaded typed = load_with(expressions_in_a_row(4, ""));
  ASSERT_EQ(typed.issues.size(), 1u) << in_plain(typed.issues).substr(0, 1000);
  EXPECT_EQ(typed.issues[0].code, "LG100");
  EXPECT_EQ(typed.issues[0].message, "`calc.e2` is nested more than 32 deep");
}

TEST(HostileRules, ThatAllNameUnknownFactsTakeNoTimeWorthMention) {
  std::string facts;
  for (int i = 0; i < 900; ++i) {
    facts += "[[fact]]\nname = \"branch.fact" + std::to_string(1000 + i) +
             "\"\ntype = \"bool\"\nmeaning = \"m\"\nquestion = \"q?\"\n";
  }
  std::string names = "branch.fcat0000";
  for (int i = 1; i < 200; ++i) names += " && branch.fcat" + std::to_string(1000 + i);
  std::string rules;
  for (int i = 100; i < 300; ++i) {
    rules += rule("fp-" + std::to_string(i), names, "submit = \"note\"");
  }
  const Stopwatch watch;
  const Loaded loaded = load({{"a.toml", kCore}, {"b.toml", facts}, {"c.toml", rules}});
  EXPECT_LT(watch.seconds(), 2 * kSecondsAllowed);
  EXPECT_EQ(loaded.rules, nullptr);
  EXPECT_GE(loaded.issues.size(), 1000u);
  EXPECT_LE(loaded.issues.size(), 1200u);
}

TEST(HostileRules, OfManyTruthsAreTriedOutWithinBounds) {
  std::string facts;
  std::string when = "x.f0";
  for (int i = 0; i < 60; ++i) {
    facts += "[[fact]]\nname = \"x.f" + std::to_string(i) +
             "\"\ntype = \"bool\"\nmeaning = \"m\"\nquestion = \"q?\"\n";
    if (i > 0) when += " && x.f" + std::to_string(i);
  }
  std::string rules = facts;
  for (int i = 100; i < 600; ++i) {
    rules += rule("fp-" + std::to_string(i), when + " && !x.f59", "submit = \"note\"");
  }
  const Stopwatch watch;
  const Loaded loaded = load_with(rules);
  EXPECT_LT(watch.seconds(), 2 * kSecondsAllowed);
  EXPECT_TRUE(loaded.rules) << in_plain(loaded.issues).substr(0, 500);
}

// Breaks good files at random and expects no more than a verdict on them.
TEST(HostileFiles, BrokenAtRandomAreJudgedWithoutACrash) {
  const std::string good = kCore + rule("fp-01", "people.participants > 20 && data.personal",
                                        R"(submit = "refer", decide = "block")");
  const unsigned seed = 20261123;
  std::mt19937 random(seed);
  const auto below = [&](std::size_t n) { return random() % n; };
  const std::string interesting = "\"'[]{}=.,#\n\r\\ \t-_0a\xC3\xA9\xFF";
  int accepted = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = good;
    for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
      const std::size_t at = below(bytes.size());
      switch (below(4)) {
        case 0:
          bytes.erase(at, 1 + below(30));
          break;
        case 1:
          bytes.insert(at, 1, interesting[below(interesting.size())]);
          break;
        case 2:
          bytes[at] = interesting[below(interesting.size())];
          break;
        default:
          bytes.insert(at, bytes.substr(below(bytes.size()), below(60)));
      }
    }
    const Loaded loaded = load({{"a.toml", bytes}});
    ASSERT_EQ(loaded.rules == nullptr, !loaded.issues.empty()) << "seed " << seed;
    accepted += loaded.rules != nullptr;
    for (const Issue& issue : loaded.issues) {
      ASSERT_FALSE(issue.message.empty());
      ASSERT_FALSE(issue.code.empty());
    }
    in_human(loaded.issues, [&](std::string_view) -> std::string_view { return bytes; });
  }
  EXPECT_GT(accepted, 30);
  EXPECT_LT(accepted, 2900);
}

}  // namespace
}  // namespace lockgate::rules
