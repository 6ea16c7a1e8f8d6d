// Expressions made to hurt: they end in a diagnostic or an error, quickly and
// without deep recursion.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/cel/program.hpp"

namespace lockgate::cel {
namespace {

const CompileOptions no_length_limit{.max_source = 100'000'000};

std::string repeat(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

std::string mistake_in(const std::string& source, const CompileOptions& options = {}) {
  const auto program = compile(source, {}, options);
  return program ? "" : program.error().front().message;
}

struct Hostile {
  const char* name;
  std::string source;
};

TEST(HostileSource, IsRefusedForItsLength) {
  for (const std::string& source : {repeat("(", 1'000'000), "true" + repeat(" || true", 100'000),
                                    std::string(1'000'000, 'a')}) {
    EXPECT_EQ(mistake_in(source), "the expression is longer than 4096 characters");
  }
}

TEST(HostileSource, IsRefusedForItsDepthWhateverItsLength) {
  const Hostile cases[] = {
      {"brackets", repeat("(", 1'000'000) + "1" + repeat(")", 1'000'000)},
      {"brackets never closed", repeat("(", 1'000'000)},
      {"lists", repeat("[", 1'000'000)},
      {"maps", repeat("{1:", 1'000'000)},
      {"ternaries", repeat("true ? 1 : ", 100'000) + "1"},
      {"ternaries in the middle", repeat("true ? (", 100'000)},
      {"minus signs", repeat("-", 1'000'000) + "(1)"},
      {"exclamation marks", repeat("!", 1'000'000) + "true"},
      {"sums", "1" + repeat(" + 1", 100'000)},
      {"selects", "a" + repeat(".b", 100'000)},
      {"indexes", "a" + repeat("[0]", 100'000)},
      {"calls", repeat("size(", 100'000)},
      {"member calls", "''" + repeat(".size()", 100'000)},
  };
  for (const Hostile& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_NE(mistake_in(c.source, no_length_limit), "");
  }
}

TEST(HostileSource, OfManyAlternativesNeedsNoDepth) {
  const auto program = compile("false" + repeat(" || false", 100'000), {}, no_length_limit);
  ASSERT_TRUE(program.has_value());
  EXPECT_TRUE(program->evaluate({}).is_false());
}

TEST(HostileSource, OfOneLongNameIsAnUnknownName) {
  EXPECT_TRUE(mistake_in(std::string(1'000'000, 'a'), no_length_limit).starts_with("unknown name"));
}

TEST(HostileSource, ThatIsNotUtf8IsRefused) {
  EXPECT_EQ(mistake_in("'\xff'"), "the expression is not valid UTF-8");
}

TEST(HostileEvaluation, IsStoppedByItsCost) {
  const std::string ten = "[1,2,3,4,5,6,7,8,9,10]";
  std::string nested = "x > 0";
  for (int i = 0; i < 12; ++i) nested = ten + ".all(x, " + nested + ")";
  std::string doubled = "[1]";
  for (int i = 0; i < 30; ++i) doubled += ".map(x, [x, x])";
  const Hostile cases[] = {
      {"nested comprehensions", nested},
      {"comparing what is shared", doubled + " == " + doubled},
  };
  for (const Hostile& c : cases) {
    SCOPED_TRACE(c.name);
    const auto program = compile(c.source, {});
    ASSERT_TRUE(program.has_value()) << program.error().front().message;
    const Value result = program->evaluate({}, {.cost = 100'000});
    ASSERT_TRUE(result.is_error()) << result.text();
    EXPECT_EQ(result.message(), "the expression takes too many steps");
  }
}

TEST(HostileEvaluation, CannotHideThatItWasStopped) {
  Declarations declarations;
  declarations.declare("items", Type::list(Kind::integer));
  const auto program = compile("items.all(x, x > 0) || true", declarations);
  ASSERT_TRUE(program.has_value());
  const Value items = Value::list(std::vector<Value>(1000, Value::integer(1)));
  EXPECT_TRUE(program->evaluate(std::vector{items}, {.cost = 100}).is_error());
}

}  // namespace
}  // namespace lockgate::cel
