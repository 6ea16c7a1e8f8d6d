// The changes that are made to an expression.

#include "rules/mutants.hpp"

#include <gmock/gmock.h>

#include "tests/rules/small_council.hpp"

namespace lockgate::rules {
namespace {

struct Case {
  const char* name;
  std::string expression;
  std::vector<std::string> changed;
};

class Mutants : public testing::TestWithParam<Case> {};

TEST_P(Mutants, DifferInOnePlace) {
  static const auto rules = council(rule("aa-01", "true", R"(submit = "note")"));
  std::vector<std::string> all;
  for (const Mutant& each :
       mutants_of(GetParam().expression, rules->declarations(), rules->vocabulary())) {
    all.push_back(changed(GetParam().expression, each));
  }
  EXPECT_EQ(all, GetParam().changed);
}

void PrintTo(const Case& each, std::ostream* out) { *out << each.name; }

INSTANTIATE_TEST_SUITE_P(
    All, Mutants,
    testing::Values(
        Case{"Comparisons",
             "x < y || x <= y || x > y || x >= y",
             {"x <= y || x <= y || x > y || x >= y", "x < y && x <= y || x > y || x >= y",
              "x < y || x < y || x > y || x >= y", "x < y || x <= y && x > y || x >= y",
              "x < y || x <= y || x >= y || x >= y", "x < y || x <= y || x > y && x >= y",
              "x < y || x <= y || x > y || x > y"}},
        Case{"Equality",
             "(x) == (y) && !(x != y)",
             {"(x) != (y) && !(x != y)", "(x) == (y) || !(x != y)", "(x) == (y) && (x != y)",
              "(x) == (y) && !(x == y)"}},
        Case{"Arithmetic",
             "-x + y - x * y / x",
             {"-x - y - x * y / x", "-x + y + x * y / x", "-x + y - x / y / x",
              "-x + y - x * y * x"}},
        Case{"Booleans", "true ? x : false", {"false ? x : false", "true ? x : true"}},
        Case{"WholeNumbers",
             "[7, 0, -3, 5u, 0u, 0xF]",
             {"[8, 0, -3, 5u, 0u, 0xF]", "[6, 0, -3, 5u, 0u, 0xF]", "[7, 1, -3, 5u, 0u, 0xF]",
              "[7, -1, -3, 5u, 0u, 0xF]", "[7, 0, -4, 5u, 0u, 0xF]", "[7, 0, -2, 5u, 0u, 0xF]",
              "[7, 0, -3, 6u, 0u, 0xF]", "[7, 0, -3, 4u, 0u, 0xF]", "[7, 0, -3, 5u, 1u, 0xF]",
              "[7, 0, -3, 5u, 0u, 16]", "[7, 0, -3, 5u, 0u, 14]"}},
        Case{"NumbersWithAPoint",
             "[25000.0, 0.09, 0.0, 2.5e3, 99.99]",
             {"[25000.1, 0.09, 0.0, 2.5e3, 99.99]", "[24999.9, 0.09, 0.0, 2.5e3, 99.99]",
              "[25000.0, 0.10, 0.0, 2.5e3, 99.99]", "[25000.0, 0.08, 0.0, 2.5e3, 99.99]",
              "[25000.0, 0.09, 0.1, 2.5e3, 99.99]", "[25000.0, 0.09, -0.1, 2.5e3, 99.99]",
              "[25000.0, 0.09, 0.0, 2.6e3, 99.99]", "[25000.0, 0.09, 0.0, 2.4e3, 99.99]",
              "[25000.0, 0.09, 0.0, 2.5e3, 100.00]", "[25000.0, 0.09, 0.0, 2.5e3, 99.98]"}},
        Case{"WordOfAnEnum",
             R"(data.dpia == "draft" || "signed_off" != data.dpia)",
             {R"(data.dpia != "draft" || "signed_off" != data.dpia)",
              R"(data.dpia == "signed_off" || "signed_off" != data.dpia)",
              R"(data.dpia == "draft" && "signed_off" != data.dpia)",
              R"(data.dpia == "draft" || "none" != data.dpia)",
              R"(data.dpia == "draft" || "signed_off" == data.dpia)"}},
        Case{"WordInAList",
             R"(data.dpia in ["none", 'draft', "signed_off"])",
             {R"(data.dpia in ['draft', "signed_off"])", R"(data.dpia in ["none", "signed_off"])",
              R"(data.dpia in ["none", 'draft'])"}},
        Case{"OnlyWordInAList", R"(data.dpia in ["none"])", {R"(data.dpia in ["screened_out"])"}},
        Case{"WordsThatAreNoEnums",
             R"(x == "a && b" || y.matches("<"))",
             {R"(x != "a && b" || y.matches("<"))", R"(x == "a && b" && y.matches("<"))"}},
        Case{"NothingToChange", "people.children", {}},
        Case{"TooLargeANumber", "18446744073709551615u", {"18446744073709551614u"}},
        Case{"NotCel", "x &&", {}}),
    [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace lockgate::rules
