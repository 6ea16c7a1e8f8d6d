// Tables of cases: what expressions yield, and what is wrong with them.

#pragma once

#include <gtest/gtest.h>

#include <span>
#include <string>

#include "rules/cel/program.hpp"

namespace lockgate::cel {

struct Yielding {
  const char* source;
  const char* result;  // as Value::text() shows it
};

// Unchecked cases are those whose mistake the check would find first.
inline void expect_results(std::span<const Yielding> cases, const CompileOptions& options = {}) {
  for (const Yielding& c : cases) {
    SCOPED_TRACE(c.source);
    const auto program = compile(c.source, {}, options);
    if (!program) {
      ADD_FAILURE() << program.error().front().message;
      continue;
    }
    EXPECT_EQ(program->evaluate({}).text(), c.result);
  }
}

struct Mistaken {
  const char* source;
  std::size_t offset;
  const char* message;
  const char* help;
};

inline void expect_mistakes(std::span<const Mistaken> cases,
                            const Declarations& declarations = {}) {
  for (const Mistaken& c : cases) {
    SCOPED_TRACE(c.source);
    const auto program = compile(c.source, declarations);
    if (program) {
      ADD_FAILURE() << "has no mistake";
      continue;
    }
    const Diagnostic& first = program.error().front();
    EXPECT_EQ(first.message, c.message);
    EXPECT_EQ(first.offset, c.offset);
    EXPECT_EQ(first.help, c.help);
  }
}

}  // namespace lockgate::cel
