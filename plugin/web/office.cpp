#include "plugin/web/office.hpp"

#include <utility>

#include "plugin/web/to_do.hpp"
#include "plugin/web/trouble.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::web {
namespace {

constexpr std::size_t kShownHash = 12;  // characters of the rules' hash

}  // namespace

Site Office::site() const {
  return {.council = parts_.council.name, .rules = rules()->hash().substr(0, kShownHash)};
}

Account Office::account(const SignedIn& me) const {
  Account account{.name = me.name, .csrf = me.csrf};
  const auto with_ballots = board().with_open_ballot(me.member);
  if (with_ballots) account.tasks = static_cast<int>(to_do(*with_ballots, me.member, now()).size());
  return account;
}

net::Response Office::show(const SignedIn& me, Page page, unsigned status) const {
  page.account = account(me);
  return web::show(site(), page, status);
}

net::Response Office::refuse(const SignedIn& me, const Error& error,
                             const Html& explanation) const {
  if (error.code == Errc::internal) parts_.log.error("page_failed", {{"why", error.message}});
  return trouble(site(), error.code, explanation, account(me));
}

Result<Prototype> Office::prototype(const net::Request& request) const {
  const auto number = number_from_display(request.args.at("number"));
  if (!number) return fail(Errc::not_found, "the address names no prototype");
  return store().load_numbered(*number);
}

MemberPage in_office(std::shared_ptr<const Office> office, OfficePage page) {
  return [office = std::move(office), page = std::move(page)](
             const net::Request& request, const SignedIn& me, const FormBody& form) {
    auto response = page(*office, request, me, form);
    return response ? *std::move(response) : office->refuse(me, response.error());
  };
}

std::string path_of(std::int64_t number, std::string_view below) {
  return "/p/" + display_number(number) + std::string(below);
}

std::string path_of(const Prototype& prototype, std::string_view below) {
  return path_of(prototype.number, below);
}

}  // namespace lockgate::web
