// Pages that say something about the site itself, for anybody.

#pragma once

#include <functional>
#include <vector>

#include "plugin/net/router.hpp"
#include "plugin/web/layout.hpp"

namespace lockgate::web {

// /help, /accessibility, /privacy, and /problems/{slug} for each problem_kind().
std::vector<net::Route> about_routes(std::function<Site()> site);

}  // namespace lockgate::web
