#include "plugin/web/about.hpp"

#include <algorithm>
#include <utility>

#include "plugin/web/components.hpp"
#include "plugin/web/problem.hpp"
#include "plugin/web/sessions.hpp"
#include "plugin/web/trouble.hpp"

namespace lockgate::web {
namespace {

Html section(const char* title, const Html& content) {
  return heading(2, Size::m, title) + content;
}

Page page_of(const char* title, const Html& content) {
  return {.title = title, .body = two_thirds(page_heading(title) + content)};
}

Page help() {
  return page_of(
      "Help with this service",
      paragraph("Lockgate checks prototypes of new services before they are tried with people. "
                "What is safe goes ahead at once. What needs judgement goes to a board.") +
          section("If you are on a board",
                  list({"‘Your tasks’ lists the prototypes that wait for your vote, the soonest "
                        "first.",
                        "Read the findings, choose, and give your reasons. Nothing is recorded "
                        "before you have looked at it once more.",
                        "You vote once. You cannot vote on a prototype of your own."},
                       Marks::bullets)) +
          section("If your prototype was stopped",
                  paragraph("Its page says what was found, which rule it comes from, how to fix it "
                            "and who can help. Put it right where you asked, and it is checked "
                            "again.")) +
          section("If something does not work",
                  paragraph("Tell whoever runs Lockgate in your council what you did and what you "
                            "saw. They also make links to set a new password.")));
}

Page accessibility() {
  return page_of(
      "Accessibility",
      paragraph(
          "These pages are made to meet level AA of the Web Content Accessibility Guidelines, "
          "version 2.2. They work with a keyboard alone, without JavaScript, at 400% zoom and "
          "on a telephone.") +
          section("What has been checked",
                  paragraph("The parts of the pages are those of govuk-frontend, and are compared "
                            "with its official examples each time Lockgate changes. Forms, errors "
                            "and focus are tested in a browser.")) +
          section("What has not been checked yet",
                  paragraph("The pages have not been tried with people who use screen readers, "
                            "magnifiers or voice control.")) +
          section("If something is in your way",
                  paragraph("Tell whoever runs Lockgate in your council. The council that runs it "
                            "is responsible for its accessibility statement.")));
}

Page privacy() {
  return page_of(
      "Privacy",
      section("What is kept about you",
              list({"Your name, your login, and a form of your password from which it cannot be "
                    "read back.",
                    "What you decide here: votes, reasons, notes and lessons, with the time. Votes "
                    "and reasons are part of the council’s record of decisions.",
                    "In the log: when you signed in and out, and the address from which a sign-in "
                    "failed."})) +
          section(
              "Cookies",
              paragraph("One cookie, which says that it is you while you are signed in. It ends "
                        "when you sign out, after " +
                        std::to_string(kIdleTime.count()) + " minutes without use, or after " +
                        std::to_string(kLongestSession.count()) +
                        " hours. Nothing is measured and nothing comes from other sites.")) +
          section("Who is responsible",
                  paragraph("The council that runs this service. Its data protection officer "
                            "answers questions and requests.")));
}

net::Handler always(const std::function<Site()>& site, Page (*page)()) {
  return [=](const net::Request&, const net::Respond& respond) { respond(show(site(), page())); };
}

net::Handler problem_page(const std::function<Site()>& site) {
  return [=](const net::Request& request, const net::Respond& respond) {
    const auto kinds = problem_kinds();
    const auto kind = std::ranges::find(kinds, request.args.at("slug"), &ProblemKind::slug);
    if (kind == kinds.end()) return respond(trouble(site(), Errc::not_found));
    const std::string title(kind->title);
    const Html body =
        page_heading(title, "Status " + std::to_string(kind->status)) + paragraph(kind->what_to_do);
    respond(show(site(), {.title = title, .body = two_thirds(body)}));
  };
}

}  // namespace

std::vector<net::Route> about_routes(std::function<Site()> site) {
  return {{"GET", "/help", always(site, &help)},
          {"GET", "/accessibility", always(site, &accessibility)},
          {"GET", "/privacy", always(site, &privacy)},
          {"GET", "/problems/{slug}", problem_page(site)}};
}

}  // namespace lockgate::web
