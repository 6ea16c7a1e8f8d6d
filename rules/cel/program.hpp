// compile(text, declarations) -> Program: an expression made ready to be
// evaluated often and from many threads.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <tl/expected.hpp>

#include "rules/cel/type.hpp"
#include "rules/cel/value.hpp"

namespace lockgate::cel {

// What is wrong: how it is written, a name that is not declared, or a value of
// a kind that has no place there.
enum class Fault : std::uint8_t { form, name, type };

// A mistake in an expression: where, what, and what to do.
struct Diagnostic {
  std::size_t offset = 0;  // bytes from the start of the expression
  std::size_t length = 1;
  std::string message;     // "unknown name `data.dpai`"
  std::string label = {};  // under the caret; may be empty: "this is text"
  std::string help = {};   // may be empty: "did you mean `data.dpia`?"
  Fault fault = Fault::form;
};

// A function that the host has.  Calls of it are checked; evaluating one is an error.
struct HostFunction {
  std::string name;  // may be dotted
  std::vector<Type> parameters = {};
  Type result = {};
  bool member = false;  // parameters[0] is what stands before the dot
};

// Declared variables.  A variable's slot is its index in order of declaration.
class Declarations {
 public:
  // `name` may be dotted: "data.dpia".  Declaring a name again gives it the new
  // type and its old slot.
  std::size_t declare(std::string name, Type type);
  std::optional<std::size_t> find(std::string_view name) const;
  const std::string& name(std::size_t slot) const { return names_[slot]; }
  const Type& type(std::size_t slot) const { return types_[slot]; }
  std::size_t size() const { return names_.size(); }
  void declare(HostFunction function) { functions_.push_back(std::move(function)); }
  std::span<const HostFunction> functions() const { return functions_; }
  // The declared name nearest to a mistyped one; empty if none is near.
  std::string nearest(std::string_view name) const;

 private:
  std::vector<std::string> names_;
  std::vector<Type> types_;
  std::unordered_map<std::string, std::size_t> slots_;
  std::vector<HostFunction> functions_;
};

struct CompileOptions {
  std::size_t max_source = 4096;  // code points
  int max_depth = 32;             // brackets, lists, calls within each other
  bool check = true;              // false: no type check; mistakes become errors at run time
  bool macros = true;
  std::string container = {};  // names are looked for within it first: "a.b"
};

struct Limits {
  std::uint64_t cost = 1'000'000;  // steps; exceeding it is an error value
  bool finite = false;             // true: a calculation that gives infinity or NaN is an error
};

struct Plan;  // rules/cel/plan.hpp
class Quick;  // rules/cel/quick.hpp

// Immutable; evaluate is const and may be called from many threads.
class Program {
 public:
  explicit Program(std::shared_ptr<const Plan> plan);
  const Type& type() const;                    // static type of the result
  std::span<const std::size_t> slots() const;  // slots it reads, each once, in order of first use
  // values[slot] is the variable's value, Value::unknown(slot) if it was not
  // given, or an error (a named expression that failed).  The result may be a
  // value, an error (with a message for people) or an unknown (with the slots
  // that it waits for).  A slot beyond `values` is unknown.
  Value evaluate(std::span<const Value> values, const Limits& limits = {}) const;
  // The same, within `left` steps at most; takes what it used from `left`.
  Value evaluate(std::span<const Value> values, const Limits& limits, std::uint64_t& left) const;

 private:
  friend class Conditions;
  Value by_plan(std::span<const Value> values, const Limits& limits, std::uint64_t& left) const;

  std::shared_ptr<const Plan> plan_;
  const Quick* quick_ = nullptr;  // the plan's
};

// At least one diagnostic if the expression is not valid.
tl::expected<Program, std::vector<Diagnostic>> compile(std::string_view source,
                                                       const Declarations& declarations,
                                                       const CompileOptions& options = {});

}  // namespace lockgate::cel
