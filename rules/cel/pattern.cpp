#include "rules/cel/pattern.hpp"

#include <re2/re2.h>

namespace lockgate::cel {

std::shared_ptr<const RE2> compile_pattern(std::string_view pattern) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  auto compiled = std::make_shared<const RE2>(pattern, options);
  return compiled->ok() ? compiled : nullptr;
}

bool occurs_in(const RE2& pattern, std::string_view text) {
  return RE2::PartialMatch(text, pattern);
}

}  // namespace lockgate::cel
