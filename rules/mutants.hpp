// One expression -> the expressions that differ from it in one place.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/program.hpp"
#include "rules/facts.hpp"

namespace lockgate::rules {

// `length` bytes at `offset` of the expression, replaced by `by`.
struct Mutant {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string by;
};

// In the order of the expression, each once: a comparison turned to its
// neighbour (== and !=, < and <=, > and >=), && and || exchanged, a ! taken out,
// true and false exchanged, + and -, * and /; a number one more and one less in
// the last place that is written; a word replaced by the next value of the enum
// it is compared with, or taken out of the list after `in`.  Not every one
// compiles: 'a' + 'b' has no difference.  Empty if the expression is not CEL.
std::vector<Mutant> mutants_of(std::string_view expression, const cel::Declarations& declarations,
                               const Vocabulary& vocabulary);

std::string changed(std::string_view expression, const Mutant& mutant);

}  // namespace lockgate::rules
