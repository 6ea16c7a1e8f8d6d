// Tables of expressions and what they yield.

#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <span>
#include <string>

#include "rules/cel/program.hpp"

namespace lockgate::cel {

struct Yields {
  const char* source;
  const char* result;  // as Value::text() shows it; "mistake: ..." if it is not valid
};

inline void PrintTo(const Yields& c, std::ostream* out) { *out << c.source; }

inline std::string text_of(const std::string& source, const Limits& limits = {}) {
  const auto program = compile(source, {});
  if (!program) return "mistake: " + program.error().front().message;
  return program->evaluate({}, limits).text();
}

inline void expect_all(std::span<const Yields> cases) {
  for (const Yields& c : cases) EXPECT_EQ(text_of(c.source), c.result) << c.source;
}

// Each takes more than its budget allows, and is told so before anything is built.
inline void expect_too_costly(std::span<const char* const> sources) {
  for (const char* source : sources) {
    EXPECT_EQ(text_of(source, {.cost = 20'000}), "error: the expression takes too many steps")
        << source;
  }
}

}  // namespace lockgate::cel
