#include "plugin/web/tasks.hpp"

#include "plugin/web/components.hpp"
#include "plugin/web/prototype_file.hpp"
#include "plugin/web/stacked_table.hpp"
#include "plugin/web/to_do.hpp"
#include "plugin/web/when.hpp"
#include "plugin/web/words.hpp"

namespace lockgate::web {
namespace {

Html decide_by_cell(const Ballot& ballot, UtcTime now, const gate::Council& council) {
  Html html = decide_by(now, ballot.terms.closes_at, council);
  if (!ballot.extended) return html;
  return tag({.content = "Late", .classes = "govuk-tag--red"}) + " " + html +
         ". The first date has passed.";
}

}  // namespace

Result<net::Response> show_tasks(const Office& office, const net::Request&, const SignedIn& me,
                                 const FormBody&) {
  LOCKGATE_TRY(const auto prototypes, office.board().with_open_ballot(me.member));
  const UtcTime now = office.now();
  const std::vector<ToDo> tasks = to_do(prototypes, me.member, now);
  std::vector<TextId> titles;
  for (const ToDo& task : tasks) titles.push_back(task.prototype->title);
  LOCKGATE_TRY(const Texts texts, read_texts(office, titles));

  Html body = page_heading("Your tasks");
  if (tasks.empty()) {
    body += paragraph("You have nothing to do. What needs your vote appears here.");
  } else {
    StackedTable list{.caption = "What you need to do, what is due first at the top",
                      .heads = {"Prototype", "What you need to do", "Decide by", "Status"},
                      .rows = {}};
    for (const ToDo& task : tasks) {
      const Prototype& prototype = *task.prototype;
      list.rows.push_back(
          {link(path_of(prototype, "/review"),
                display_number(prototype.number) + " " + title_of(prototype.title, texts)),
           "Vote, on the " + task.ballot->terms.board_name,
           decide_by_cell(*task.ballot, now, office.council()), status_tag(prototype.stage, {})});
    }
    body += stacked_table(list);
  }
  return office.show(me,
                     {.title = "Your tasks", .body = full_width(body), .section = Section::tasks});
}

}  // namespace lockgate::web
