#include "adapters/json_text.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "adapters/strict_json.hpp"

namespace lockgate::adapters {
namespace {

std::string text_of(const FactValue& value) {
  std::string out;
  JsonText(out).fact(value);
  return out;
}

TEST(JsonText, PutsCommasWhereTheyBelong) {
  std::string out;
  JsonText json(out);
  json.open('{')
      .member("a", "1")
      .key("b")
      .open('[')
      .close(']')
      .key("c")
      .open('[')
      .number(1)
      .text("x")
      .null()
      .open('{')
      .close('}')
      .close(']')
      .key("d")
      .null()
      .close('}');
  EXPECT_EQ(out, R"({"a":"1","b":[],"c":[1,"x",null,{}],"d":null})");
}

TEST(JsonText, EscapesWhatJsonDemandsAndNothingElse) {
  std::string out;
  JsonText(out).text("\"\\\n\r\t\x01\x1f\x7f/é😀<");
  EXPECT_EQ(out, "\"\\\"\\\\\\n\\r\\t\\u0001\\u001f\x7f/é😀<\"");
}

// Whatever was read is written so that it reads as the same again.
TEST(JsonText, WritesWhatReadsBackAsTheSame) {
  const std::string texts[] = {
      "[null,true,false,0,-1,9223372036854775807,18446744073709551615,-9223372036854775808]",
      R"({"a":[],"b":{},"c":{"d":["é\n\"\\"]},"":""})"};
  for (const std::string& text : texts) EXPECT_EQ(text_of(*parse_json(text)), text);
  for (const double number : {0.1, 1.0, -2.5, 1e22, 1e300, 5e-324, 1.7976931348623157e308}) {
    const auto again = parse_json("[" + text_of(FactValue(number)) + "]");
    ASSERT_TRUE(again.has_value()) << number;
    const FactValue& value = std::get<FactList>(*again).front();
    const double read = std::holds_alternative<double>(value)
                            ? std::get<double>(value)
                            : static_cast<double>(std::get<std::int64_t>(value));
    EXPECT_EQ(read, number);
  }
}

}  // namespace
}  // namespace lockgate::adapters
