// compile(text, declarations) -> Program.  SKETCH of the seam between rules and
// rules/cel: names here are agreed, the owner of rules/cel completes them.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "rules/cel/type.hpp"
#include "rules/cel/value.hpp"

namespace lockgate::cel {

// A mistake in an expression: where, what, and what to do.
struct Diagnostic {
  std::size_t offset = 0;  // bytes from the start of the expression
  std::size_t length = 1;
  std::string message;     // "unknown name `data.dpai`"
  std::string label;       // under the caret; may be empty: "this is text"
  std::string help;        // may be empty: "did you mean `data.dpia`?"
};

// Declared variables.  A variable's slot is its index in order of declaration.
class Declarations {
 public:
  std::size_t declare(std::string name, Type type);  // name may be dotted: "data.dpia"
  // ...
};

struct CompileOptions {
  std::size_t max_source = 4096;  // code points
  int max_depth = 32;
  bool check = true;              // false: no type check (conformance vectors)
  bool macros = true;
  std::string container;
};

struct Limits {
  std::uint64_t cost = 1'000'000;  // steps; exceeding it is an error value
};

class Program;
tl::expected<Program, std::vector<Diagnostic>> compile(std::string_view source,
                                                       const Declarations& declarations,
                                                       const CompileOptions& options = {});

// Immutable; evaluate is const and may be called from many threads.
class Program {
 public:
  const Type& type() const;                        // static type of the result
  std::span<const std::size_t> slots() const;      // slots it reads, each once, in order of first use
  // values[slot] is the variable's value, Value::unknown(slot) if it was not
  // given, or an error (a named expression that failed).  The result may be a
  // value, an error (with a message for people) or an unknown (with the slots
  // that it waits for).
  Value evaluate(std::span<const Value> values, const Limits& limits = {}) const;
};

}  // namespace lockgate::cel
