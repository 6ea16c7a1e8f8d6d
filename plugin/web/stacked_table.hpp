// A table whose rows become blocks on a phone, each cell under its heading.

#pragma once

#include <string>
#include <vector>

#include "plugin/web/components.hpp"

namespace lockgate::web {

struct StackedTable {
  std::string caption;
  bool caption_is_shown = false;  // else for screen readers alone
  std::vector<std::string> heads;
  std::vector<std::vector<Html>> rows;  // as many cells as heads; the first names the row
};
Html stacked_table(const StackedTable& options);

}  // namespace lockgate::web
