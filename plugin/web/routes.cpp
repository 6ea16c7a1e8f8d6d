#include "plugin/web/routes.hpp"

#include <memory>
#include <utility>

#include "plugin/web/about.hpp"
#include "plugin/web/assets.hpp"
#include "plugin/web/ballots.hpp"
#include "plugin/web/health.hpp"
#include "plugin/web/ledger.hpp"
#include "plugin/web/lessons.hpp"
#include "plugin/web/login.hpp"
#include "plugin/web/office.hpp"
#include "plugin/web/problem.hpp"
#include "plugin/web/prototype_list.hpp"
#include "plugin/web/prototype_page.hpp"
#include "plugin/web/tasks.hpp"
#include "plugin/web/trouble.hpp"
#include "plugin/web/webhooks.hpp"

namespace lockgate::web {
namespace {

// Programs get problem details, people a page.
bool is_for_programs(std::string_view path) {
  return path.starts_with("/hooks/") || path.starts_with("/ledger/") || path.starts_with("/v1/");
}

net::Handler nothing_there(std::shared_ptr<const Office> office) {
  return [office = std::move(office)](const net::Request& request, const net::Respond& respond) {
    respond(is_for_programs(request.path)
                ? problem({Errc::not_found, "there is nothing at this address"})
                : trouble(office->site(), Errc::not_found));
  };
}

Result<net::Response> go_to_tasks(const Office&, const net::Request&, const SignedIn&,
                                  const FormBody&) {
  return see_other("/tasks");
}

}  // namespace

net::Router make_router(Parts parts) {
  const auto office = std::make_shared<const Office>(parts);
  const auto site = [office] { return office->site(); };
  const Login login({.store = parts.store,
                     .board = parts.board,
                     .public_url = parts.public_url,
                     .site = site,
                     .clock = parts.clock,
                     .random = parts.random,
                     .log = parts.log});
  const auto member = [&](auto page) { return login.signed_in(in_office(office, page)); };

  std::vector<net::Route> routes = {
      // For programs, which prove themselves in each message or need not.
      {"POST", "/hooks/{source}",
       webhook_handler(parts.sources, parts.gatekeeper, parts.clock, parts.log)},
      {"GET", "/healthz", health_handler()},
      {"GET", "/readyz", ready_handler(parts.store)},
      {"GET", "/ledger/checkpoint", checkpoint_handler(parts.store)},
      {"GET", "/ledger/key", verifier_key_handler(parts.verifier_key)},
      // For members, signed in.  What each may do with a prototype, workflow/access says.
      {"GET", "/", member(go_to_tasks)},
      {"GET", "/tasks", member(show_tasks)},
      {"GET", "/prototypes", member(show_prototypes)},
      {"GET", "/p/{number}", member(show_prototype)},
      {"GET", "/p/{number}/review", member(show_review)},
      {"POST", "/p/{number}/review", member(post_review)},
      {"POST", "/p/{number}/vote", member(post_vote)},
      {"GET", "/p/{number}/vote/recorded", member(show_recorded)},
      {"GET", "/p/{number}/lesson", member(show_lesson)},
      {"POST", "/p/{number}/lesson", member(post_lesson)},
      // For anybody.
      {"GET", "/assets/{name}", assets_handler()},
  };
  // Signing in and out; what the site says of itself.
  for (net::Route& route : login.routes()) routes.push_back(std::move(route));
  for (net::Route& route : about_routes(site)) routes.push_back(std::move(route));
  return net::Router(std::move(routes), nothing_there(office));
}

}  // namespace lockgate::web
