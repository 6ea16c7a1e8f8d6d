#include "adapters/json_pointer.hpp"

#include <gtest/gtest.h>

#include "adapters/strict_json.hpp"

namespace lockgate::adapters {
namespace {

// The document of RFC 6901 section 5, with numbers that tell its members apart.
const FactValue& rfc_document() {
  static const FactValue document = *parse_json(R"({
    "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4,
    "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8})");
  return document;
}

struct Case {
  std::string pointer;
  std::int64_t number;
};

TEST(JsonPointer, FindsWhatRfc6901SaysItPointsTo) {
  const Case cases[] = {{"/", 0},     {"/a~1b", 1}, {"/c%d", 2}, {"/e^f", 3}, {"/g|h", 4},
                        {"/i\\j", 5}, {"/k\"l", 6}, {"/ ", 7},   {"/m~0n", 8}};
  for (const Case& each : cases) {
    const auto pointer = JsonPointer::parse(each.pointer);
    ASSERT_TRUE(pointer.has_value()) << each.pointer;
    const FactValue* value = pointer->find(rfc_document());
    ASSERT_NE(value, nullptr) << each.pointer;
    EXPECT_EQ(std::get<std::int64_t>(*value), each.number) << each.pointer;
  }
  EXPECT_EQ(JsonPointer::parse("")->find(rfc_document()), &rfc_document());
  EXPECT_EQ(std::get<std::string>(*JsonPointer::parse("/foo/0")->find(rfc_document())), "bar");
  EXPECT_EQ(std::get<std::string>(*JsonPointer::parse("/foo/1")->find(rfc_document())), "baz");
}

TEST(JsonPointer, FindsNothingWhereNothingIs) {
  for (const char* pointer : {"/none", "/foo/2", "/foo/-", "/foo/01", "/foo/+1", "/foo/1e0",
                              "/foo/99999999999999999999", "/foo/", "/foo/0/x", "//", "/a"}) {
    EXPECT_EQ(JsonPointer::parse(pointer)->find(rfc_document()), nullptr) << pointer;
  }
}

TEST(JsonPointer, IsNotAnyText) {
  for (const char* text : {"a", "a/b", "#/a", "/a~", "/a~2", "/~/b", " /a"}) {
    EXPECT_FALSE(JsonPointer::parse(text).has_value()) << text;
  }
}

// "~01" is "~1", never "/": the order of unescaping that RFC 6901 section 4 warns of.
TEST(JsonPointer, UnescapesInTheRightOrder) {
  const FactValue document = *parse_json(R"({"~1": 1, "/": 2})");
  EXPECT_EQ(std::get<std::int64_t>(*JsonPointer::parse("/~01")->find(document)), 1);
  EXPECT_EQ(std::get<std::int64_t>(*JsonPointer::parse("/~1")->find(document)), 2);
}

TEST(JsonPointer, EscapesAKeySoThatItIsFoundAgain) {
  for (const std::string key : {"", "a", "a/b", "m~n", "~1", "~01/"}) {
    const FactValue document(FactMap{{key, FactValue(true)}});
    const auto pointer = JsonPointer::parse("/" + pointer_token(key));
    ASSERT_TRUE(pointer.has_value());
    EXPECT_NE(pointer->find(document), nullptr) << key;
  }
}

}  // namespace
}  // namespace lockgate::adapters
