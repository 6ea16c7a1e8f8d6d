// Expressions made to hurt: they end in a diagnostic or an error, quickly and
// without deep recursion.

#include <gtest/gtest.h>
#include <pthread.h>

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
      {"brackets", repeat("(", 100'000) + "1" + repeat(")", 100'000)},
      {"brackets never closed", repeat("(", 100'000)},
      {"lists", repeat("[", 100'000)},
      {"maps", repeat("{1:", 100'000)},
      {"ternaries", repeat("true ? 1 : ", 100'000) + "1"},
      {"ternaries in the middle", repeat("true ? (", 100'000)},
      {"minus signs", repeat("-", 100'000) + "(1)"},
      {"exclamation marks", repeat("!", 100'000) + "true"},
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

// The sanitizers make every frame several times as large.
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t small_stack = 1024 * 1024;
#else
constexpr std::size_t small_stack = 256 * 1024;
#endif

struct Task {
  std::string source;
  std::string mistake;
};

void* compile_task(void* task) {
  auto& [source, mistake] = *static_cast<Task*>(task);
  mistake = mistake_in(source, no_length_limit);
  return nullptr;
}

TEST(HostileSource, O37_IsRefusedOnASmallStack) {
  const Hostile cases[] = {
      {"a million brackets", repeat("(", 1'000'000) + "1" + repeat(")", 1'000'000)},
      {"100,000 alternatives", "1" + repeat(" || true", 100'000)},
      {"10,000 ternaries", repeat("true ? 1 : ", 10'000) + "1"},
      {"10,000 ternaries in the middle",
       repeat("true ? (", 10'000) + "1" + repeat(") : 1", 10'000)},
      {"a name of a million letters", std::string(1'000'000, 'a')},
      {"optional selects", "{}" + repeat(".?a", 100'000)},
      {"optional indexes", "{}" + repeat("[?1]", 100'000)},
      {"optional elements", repeat("[?", 100'000)},
      {"optional entries", repeat("{?1:", 100'000)},
      {"bindings", repeat("cel.bind(x, ", 100'000)},
      {"bindings in bindings", repeat("cel.bind(x, 1, ", 1'000) + "x" + repeat(")", 1'000)},
      {"a block", "cel.block([1" + repeat(", 1", 100'000) + "], 1)"},
      {"member functions", "[]" + repeat(".transformList(i, v, v)", 100'000)},
  };
  for (const Hostile& c : cases) {
    SCOPED_TRACE(c.name);
    Task task{c.source, {}};
    pthread_attr_t small;
    ASSERT_EQ(pthread_attr_init(&small), 0);
    ASSERT_EQ(pthread_attr_setstacksize(&small, small_stack), 0);
    pthread_t thread;
    ASSERT_EQ(pthread_create(&thread, &small, compile_task, &task), 0);
    ASSERT_EQ(pthread_join(thread, nullptr), 0);
    pthread_attr_destroy(&small);
    EXPECT_NE(task.mistake, "");
  }
}

struct Subject {
  const char* pattern;
  std::string text;
  bool occurs;
};

TEST(Patterns, O39_TakeTimeByTheLengthOfTheTextAlone) {
  const std::string most(64 * 1024, 'a');
  const Subject cases[] = {
      {"(a+)+$", most, true},
      {"(a+)+$", most + '!', false},
      {"^(a|aa)+$", most + '!', false},
      {"^(a?){50}a{50}!$", most, false},
      {"(x+x+)+y", std::string(64 * 1024, 'x'), false},
      {"^(([a-z])+.)+[A-Z]([a-z])+$", most, false},
  };
  Declarations declarations;
  declarations.declare("text", Kind::string);
  for (const Subject& c : cases) {
    SCOPED_TRACE(c.pattern);
    const auto program = compile("text.matches('" + std::string(c.pattern) + "')", declarations);
    ASSERT_TRUE(program.has_value()) << program.error().front().message;
    const std::vector values = {Value::string(c.text)};
    const Value result = program->evaluate(values);
    EXPECT_EQ(result.text(), c.occurs ? "true" : "false");
    EXPECT_TRUE(program->evaluate(values, {.cost = 500}).is_error()) << "long text costs more";
  }
}

TEST(Patterns, O39_ThatAreTooLargeAreRefused) {
  for (const char* pattern : {"((a{1000}){1000}){1000}", "(\\\\pL{500}){500}"}) {
    EXPECT_EQ(mistake_in("'a'.matches('" + std::string(pattern) + "')"), "not a valid pattern");
  }
}

TEST(Patterns, O39_FromAFactAreHeldToTheSame) {
  struct Given {
    const char* pattern;
    const char* result;
  };
  const Given cases[] = {
      {"(a+)+$", "false"},
      {"((a{1000}){1000}){1000}", "error: not a valid pattern"},
      {"(a", "error: not a valid pattern"},
  };
  Declarations declarations;
  declarations.declare("text", Kind::string);
  declarations.declare("pattern", Kind::string);
  const auto program = compile("text.matches(pattern)", declarations);
  ASSERT_TRUE(program.has_value());
  for (const Given& c : cases) {
    const std::vector values = {Value::string(std::string(64 * 1024, 'a') + '!'),
                                Value::string(c.pattern)};
    EXPECT_EQ(program->evaluate(values).text(), c.result) << c.pattern;
    EXPECT_TRUE(program->evaluate(values, {.cost = 20}).is_error()) << c.pattern;
  }
}

// `before` and `after` around `core`, `depth` times.
std::string nest(std::string_view before, std::size_t depth, std::string_view core,
                 std::string_view after) {
  return repeat(before, depth) + std::string(core) + repeat(after, depth);
}

TEST(HostileEvaluation, O38_IsStoppedByItsCostWhateverItsNesting) {
  const CompileOptions deep{.max_source = 100'000, .max_depth = 100};
  Declarations declarations;
  declarations.declare("events", Type::list(Kind::integer));
  std::string blocks = "'12345678'", lists = "[1, 2]", shared = "[]";
  for (int i = 0; i < 40; ++i) {
    const std::string last = "cel.index(" + std::to_string(i) + ")";
    blocks += ", " + last + " + " + last;
    lists += ", " + last + " + " + last;
    shared += ", [" + last + ", " + last + "]";
  }
  const Hostile cases[] = {
      {"all, 40 deep", nest("[0, 1].all(x, ", 40, "x >= 0", ")")},
      {"all of pairs, 40 deep", nest("[0, 1].all(i, v, ", 40, "v >= 0", ")")},
      {"lists of lists, 40 deep", nest("[0, 1].transformList(i, v, ", 40, "v", ")")},
      {"maps of maps, 40 deep", nest("[0, 1].transformMap(i, v, ", 40, "v", ")")},
      {"a thousand times a thousand times a thousand",
       "events.all(a, events.all(b, events.all(c, a + b + c >= 0)))"},
      {"the same in pairs",
       "events.transformMap(i, a, events.transformList(j, b, events.exists(k, c, c < 0)))"},
      {"entries of entries",
       "cel.bind(all, events.transformMap(i, v, v), "
       "events.transformMapEntry(i, v, i > 0, all).size() == 0)"},
      {"text doubled", "cel.block([" + blocks + "], size(cel.index(40)) > 0)"},
      {"lists doubled", "cel.block([" + lists + "], size(cel.index(40)) > 0)"},
      {"comparing what is shared",
       "cel.block([" + shared + "], cel.index(40) == [cel.index(39), cel.index(39)])"},
  };
  const std::vector events = {Value::list(std::vector<Value>(1000, Value::integer(1)))};
  for (const Hostile& c : cases) {
    SCOPED_TRACE(c.name);
    const auto program = compile(c.source, declarations, deep);
    ASSERT_TRUE(program.has_value()) << program.error().front().message;
    const Value result = program->evaluate(events);
    ASSERT_TRUE(result.is_error()) << result.text();
    EXPECT_EQ(result.message(), "the expression takes too many steps");
  }
}

TEST(HostileEvaluation, O38_IsRefusedWhenItIsNestedTooDeep) {
  EXPECT_EQ(mistake_in(nest("[0, 1].all(x, ", 40, "x >= 0", ")")),
            "the expression is nested more than 32 deep");
}

}  // namespace
}  // namespace lockgate::cel
