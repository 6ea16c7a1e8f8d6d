// The rule packs that Lockgate ships, built into the program.

#pragma once

#include <vector>

#include "rules/rule_set.hpp"

namespace lockgate::app {

// By path, "packs/data-protection.toml"; made from rules/packs at build time.
std::vector<rules::SourceFile> shipped_packs();

}  // namespace lockgate::app
