// Does something again whenever files change.

#pragma once

#include <filesystem>
#include <functional>
#include <vector>

namespace lockgate::app {

using Paths = std::vector<std::filesystem::path>;

// Runs `action` now, and again soon after a *.toml file at or below one of the
// paths is written, made or taken away; returns after SIGINT or SIGTERM.  Only
// the first 10,000 files are looked at.  `action` gives the paths to look at from then on.
void watch(Paths paths, const std::function<Paths()>& action);

}  // namespace lockgate::app
