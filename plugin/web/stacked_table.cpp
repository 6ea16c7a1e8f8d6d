#include "plugin/web/stacked_table.hpp"

namespace lockgate::web {

Html stacked_table(const StackedTable& options) {
  Table shown{.head = {},
              .rows = {},
              .caption = options.caption,
              .caption_classes =
                  options.caption_is_shown ? "govuk-table__caption--s" : "govuk-visually-hidden",
              .first_cell_is_header = true,
              .classes = "lg-stacked"};
  for (const std::string& head : options.heads) shown.head.push_back({.content = head});
  for (const std::vector<Html>& row : options.rows) {
    std::vector<Table::Cell> cells;
    for (std::size_t column = 0; column < row.size(); ++column) {
      Table::Cell cell{.content = row[column]};
      if (column > 0) cell.attributes.add("data-label", options.heads[column]);
      cells.push_back(std::move(cell));
    }
    shown.rows.push_back(std::move(cells));
  }
  return table(shown);
}

}  // namespace lockgate::web
