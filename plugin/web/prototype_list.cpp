#include "plugin/web/prototype_list.hpp"

#include <algorithm>
#include <charconv>

#include "plugin/web/components.hpp"
#include "plugin/web/prototype_file.hpp"
#include "plugin/web/stacked_table.hpp"
#include "plugin/web/when.hpp"
#include "plugin/web/words.hpp"

namespace lockgate::web {
namespace {

constexpr int kOnAPage = 25;

// From 1; anything that is no page number is the first.
int page_of(const net::Request& request) {
  const auto given = request.query.find("page");
  if (given == request.query.end()) return 1;
  const std::string& text = given->second;
  int page = 1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && page >= 1 && page <= 1'000'000 ? page : 1;
}

Html pages(int page, int last) {
  if (last <= 1) return {};
  const auto at = [](int number) { return "/prototypes?page=" + std::to_string(number); };
  Pagination links;
  if (page > 1) links.previous = {.href = at(page - 1)};
  if (page < last) links.next = {.href = at(page + 1)};
  int before = 0;
  for (int number = 1; number <= last; ++number) {
    if (number != 1 && number != last && std::abs(number - page) > 1) continue;
    if (number - before > 1) links.items.push_back({.ellipsis = true});
    links.items.push_back(
        {.number = std::to_string(number), .href = at(number), .current = number == page});
    before = number;
  }
  return pagination(links);
}

}  // namespace

Result<net::Response> show_prototypes(const Office& office, const net::Request& request,
                                      const SignedIn& me, const FormBody&) {
  LOCKGATE_TRY(const std::int64_t count, office.board().prototype_count());
  const int last = static_cast<int>((count + kOnAPage - 1) / kOnAPage);
  const int page = std::min(page_of(request), std::max(last, 1));
  LOCKGATE_TRY(const auto rows, office.board().prototypes(kOnAPage, (page - 1) * kOnAPage));
  std::vector<TextId> titles;
  for (const PrototypeRow& row : rows) titles.push_back(row.title);
  LOCKGATE_TRY(const Texts texts, read_texts(office, titles));

  Html body = page_heading("Prototypes");
  if (rows.empty()) {
    body += paragraph("There are none yet. A prototype appears here when a case system sends it.");
  } else {
    StackedTable list{
        .caption =
            counted(static_cast<std::size_t>(count), "prototype", "prototypes") + ", newest first",
        .caption_is_shown = true,
        .heads = {"Prototype", "Last change", "Status"},
        .rows = {}};
    for (const PrototypeRow& row : rows) {
      list.rows.push_back(
          {link(path_of(row.number), display_number(row.number) + " " + title_of(row.title, texts)),
           moment_in_words(row.updated_at, office.council()), status_tag(row.stage, row.outcome)});
    }
    body += stacked_table(list) + pages(page, last);
  }
  std::string title = "Prototypes";
  if (page > 1) title += " (page " + std::to_string(page) + " of " + std::to_string(last) + ")";
  return office.show(me,
                     {.title = title, .body = full_width(body), .section = Section::prototypes});
}

}  // namespace lockgate::web
