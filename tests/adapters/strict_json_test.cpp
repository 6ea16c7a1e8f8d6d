#include "adapters/strict_json.hpp"

#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace lockgate::adapters {
namespace {

using namespace std::string_literals;

std::string repeat(std::string_view part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

std::string object_with_keys(int count) {
  std::string text = "{";
  for (int i = 0; i < count; ++i) text += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":1";
  return text + "}";
}

const FactValue& at(const FactValue& map, std::size_t index) {
  return std::get<FactMap>(map)[index].second;
}

struct Refusal {
  std::string name;
  std::string text;
  std::string pointer;
  std::string detail;  // a part of it
};

void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.name; }

class StrictJsonRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(StrictJsonRefuses, WithWhereAndWhy) {
  const auto value = parse_json(GetParam().text);
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().code, Errc::unreadable);
  ASSERT_EQ(value.error().problems.size(), 1u);
  const Problem& problem = value.error().problems.front();
  EXPECT_EQ(problem.pointer, GetParam().pointer);
  EXPECT_NE(problem.detail.find(GetParam().detail), std::string::npos) << problem.detail;
  EXPECT_FALSE(problem.fix.empty());
}

const Refusal kRefusals[] = {
    // O44
    {"O44_AHundredThousandLists", repeat("[", 100'000), repeat("/0", 32), "32 deep, at byte 32"},
    {"O44_AHundredThousandObjects", repeat("{\"a\":", 100'000), repeat("/a", 32), "32 deep"},
    {"O44_Depth33", repeat("[", 33) + repeat("]", 33), repeat("/0", 32), "32 deep"},
    {"ObjectOf1001Keys", object_with_keys(1001), "", "1000 keys"},
    {"TextBeyond64KiB", "[\"" + repeat("a", 65'537) + "\"]", "/0", "64 KiB"},
    {"KeyBeyond64KiB", "{\"" + repeat("a", 65'537) + "\":1}", "", "64 KiB"},
    // O45
    {"O45_SameKeyTwice", R"({"amount":1,"amount":1000000})", "/amount", "same key twice"},
    {"O45_SameKeyTwiceBelow", R"({"a":[{"b":1,"b":2}]})", "/a/0/b", "at byte 15"},
    {"O45_SameKeyAfterEscapes", "{\"a\":1,\"\\u0061\":2}", "/a", "same key twice"},
    {"O45_SameKeyAmongMany",
     object_with_keys(60).substr(0, object_with_keys(60).size() - 1) + ",\"k7\":2}", "/k7",
     "same key twice"},
    // O46
    {"O46_LeadingSurrogateAlone", R"({"a":"\ud800"})", "/a", "surrogate"},
    {"O46_TrailingSurrogateAlone", R"({"a":"\udc00"})", "/a", "surrogate"},
    {"O46_SurrogatesSwapped", R"({"a":"\udc00\ud800"})", "/a", ""},
    {"O46_InvalidUtf8", "{\"a\":\"\xff\"}", "/a", "UTF-8, at byte 6"},
    {"O46_TruncatedUtf8", "[\"\xe2\x82\"]", "/0", "UTF-8"},
    {"O46_OverlongUtf8", "[\"\xc0\xaf\"]", "/0", "UTF-8"},
    {"O46_SurrogateInUtf8", "[\"\xed\xa0\x80\"]", "/0", "UTF-8"},
    {"O46_EscapedNul", R"({"a":"x\u0000y"})", "/a", "U+0000"},
    {"O46_NulInAKey", "{\"a\\u0000\":1}", "", "U+0000"},
    {"O46_RawNul", "{\"a\":\"\0\"}"s, "/a", "not JSON"},
    {"O46_ByteOrderMark", "\xef\xbb\xbf{}", "", "byte order mark"},
    {"O46_Utf16", "{\0}\0"s, "", "not JSON"},
    {"ControlCharacterInText", "[\"a\nb\"]", "/0", "not JSON"},
    // O47
    {"O47_BeyondADouble", "[1e400]", "/0", "range of a double"},
    {"O47_BelowADouble", "[-1e400]", "/0", "range of a double"},
    {"O47_HugeExponent", "[1e99999999999]", "/0", "range of a double"},
    {"O47_IntegerBeyond64Bits", R"({"a":18446744073709551616})", "/a", "beyond 64 bits"},
    {"O47_IntegerBelow64Bits", "[-9223372036854775809]", "/0", "beyond 64 bits"},
    {"NumberWithPlus", "[+1]", "/0", "not JSON"},
    {"NumberWithLeadingZero", "[01]", "/1", ""},
    {"NotANumber", "[NaN]", "/0", "not JSON"},
    {"HexadecimalNumber", "[0x1]", "/1", ""},
    // O51
    {"O51_Nothing", "", "", "empty, at byte 0"},
    {"O51_OnlyWhiteSpace", " \r\n\t", "", "empty"},
    {"O51_TwoValues", "{} {}", "", "follows the JSON value, at byte 3"},
    {"O51_TrailingCommaInAList", "[1,]", "/1", ""},
    {"O51_TrailingCommaInAnObject", R"({"a":1,})", "", "not JSON"},
    {"O51_LineComment", "// no\n{}", "", "not JSON"},
    {"O51_BlockComment", "{/* no */}", "", "not JSON"},
    {"BreaksOff", R"({"a":)", "/a", "breaks off, at byte 5"},
    {"SingleQuotes", "{'a':1}", "", "not JSON"},
    {"BareWord", "yes", "", "not JSON"},
};

INSTANTIATE_TEST_SUITE_P(Table, StrictJsonRefuses, testing::ValuesIn(kRefusals),
                         [](const auto& each) { return each.param.name; });

TEST(StrictJson, NeverQuotesAValueInItsWords) {
  const auto value = parse_json(R"({"name":"Ann Brook","name":"Ann Brook"})");
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().message.find("Ann"), std::string::npos);
  EXPECT_EQ(value.error().problems.front().detail.find("Ann"), std::string::npos);
}

TEST(StrictJson, GivesEveryKindOfValueInTheOrderGiven) {
  const auto value =
      parse_json(R"( {"z":null,"a":[true,false],"t":"\u00e9\n\ud83d\ude00","o":{}} )");
  ASSERT_TRUE(value.has_value());
  const auto& map = std::get<FactMap>(*value);
  ASSERT_EQ(map.size(), 4u);
  EXPECT_EQ(map[0].first, "z");
  EXPECT_EQ(map[1].first, "a");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(at(*value, 0)));
  EXPECT_EQ(std::get<FactList>(at(*value, 1)).size(), 2u);
  EXPECT_EQ(std::get<std::string>(at(*value, 2)), "é\n😀");
  EXPECT_TRUE(std::get<FactMap>(at(*value, 3)).empty());
}

TEST(StrictJson, O47_KeepsIntegersExact) {
  const auto value = parse_json(
      "[9007199254740993,-9223372036854775808,9223372036854775807,9223372036854775808,"
      "18446744073709551615,-0]");
  ASSERT_TRUE(value.has_value());
  const auto& list = std::get<FactList>(*value);
  EXPECT_EQ(std::get<std::int64_t>(list[0]), 9007199254740993);
  EXPECT_EQ(std::get<std::int64_t>(list[1]), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(std::get<std::int64_t>(list[2]), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(std::get<std::uint64_t>(list[3]), 9223372036854775808u);
  EXPECT_EQ(std::get<std::uint64_t>(list[4]), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(std::get<std::int64_t>(list[5]), 0);
}

TEST(StrictJson, O47_ReadsDoublesToTheLastBit) {
  const auto value = parse_json(
      "[0.1,0.2,1.0,1e2,1e-400,-1e-400,1.7976931348623157e308,5e-324,2.2250738585072011e-308,"
      "123456789.123456789e-3,-0.0]");
  ASSERT_TRUE(value.has_value());
  const auto& list = std::get<FactList>(*value);
  const double expected[] = {0.1,
                             0.2,
                             1.0,
                             100.0,
                             0.0,
                             -0.0,
                             std::numeric_limits<double>::max(),
                             5e-324,
                             2.2250738585072011e-308,
                             123456789.123456789e-3,
                             -0.0};
  for (std::size_t i = 0; i < std::size(expected); ++i) {
    EXPECT_EQ(std::get<double>(list[i]), expected[i]) << i;
  }
}

TEST(StrictJson, TakesWhatIsJustWithinItsLimits) {
  EXPECT_TRUE(parse_json(repeat("[", 32) + repeat("]", 32)).has_value());
  EXPECT_TRUE(parse_json(object_with_keys(1000)).has_value());
  EXPECT_TRUE(parse_json("[\"" + repeat("a", 65'536) + "\"]").has_value());
  EXPECT_TRUE(parse_json("\"text\"").has_value());
  EXPECT_TRUE(parse_json("7").has_value());
  EXPECT_TRUE(parse_json("-1.5").has_value());
  EXPECT_TRUE(parse_json("null").has_value());
  EXPECT_TRUE(parse_json(R"({"":{"":1}})").has_value());
}

TEST(StrictJson, TakesTheSameKeyInDifferentObjects) {
  EXPECT_TRUE(parse_json(R"([{"a":1},{"a":2},{"b":{"a":3},"a":4}])").has_value());
}

TEST(StrictJson, FindsAnyDuplicateAmongAnyNumberOfKeys) {
  for (int count = 1; count <= 64; ++count) {
    const std::string sound = object_with_keys(count);
    ASSERT_TRUE(parse_json(sound).has_value()) << count;
    for (int again = 0; again < count; ++again) {
      const std::string text =
          sound.substr(0, sound.size() - 1) + ",\"k" + std::to_string(again) + "\":2}";
      const auto value = parse_json(text);
      ASSERT_FALSE(value.has_value()) << text;
      EXPECT_EQ(value.error().problems.front().pointer, "/k" + std::to_string(again));
    }
  }
}

// Nothing that is made of the pieces of messages may break it; what it refuses it says where.
TEST(StrictJson, SurvivesMessagesPutTogetherAtRandom) {
  std::mt19937 random(20261123);
  const auto below = [&](std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most - 1)(random);
  };
  std::vector<std::string> pieces = {
      R"({"a":[1,-2.5e3,"x\u00e9",true,null],"b":{"c":"d","e":[[],{}]}})",
      "[0.1,1e2,1e-400,5e-324,-0.0,9007199254740993,18446744073709551615]",
      R"({"data":{"case":"CASE-1","facts":{"people":{"participants":30}}},"t":"\ud83d\ude00"})"};
  for (const Refusal& each : kRefusals) {
    if (!each.text.empty() && each.text.size() < 300) pieces.push_back(each.text);
  }
  int taken = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = pieces[below(pieces.size())];
    for (std::size_t change = below(4); change > 0; --change) {
      const std::string& other = pieces[below(pieces.size())];
      const std::size_t at = below(text.size() + 1), from = below(other.size());
      switch (below(4)) {
        case 0:
          text.erase(at, 1 + below(4));
          break;
        case 1:
          text.insert(at, 1, static_cast<char>(below(256)));
          break;
        case 2:
          text.insert(at, other.substr(from, 1 + below(16)));
          break;
        default:
          text = text.substr(0, at) + other.substr(from);
      }
    }
    const auto value = parse_json(text);
    taken += value.has_value();
    if (value) continue;
    ASSERT_EQ(value.error().problems.size(), 1u) << text;
    ASSERT_FALSE(value.error().problems.front().fix.empty()) << text;
  }
  EXPECT_GT(taken, 500);
}

// Whatever is cut off a sound message, the rest is refused and never crashes.
TEST(StrictJson, RefusesEveryBeginningOfAMessage) {
  const std::string text = R"({"a":[1,-2.5e3,"x\u00e9",true,null],"b":{"c":"d"}})";
  ASSERT_TRUE(parse_json(text).has_value());
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(parse_json(std::string_view(text).substr(0, size)).has_value()) << size;
  }
}

}  // namespace
}  // namespace lockgate::adapters
