// What every page for members is made in: the stores, the site around a page,
// and the page that says why there is none.

#pragma once

#include <functional>
#include <memory>

#include "plugin/web/layout.hpp"
#include "plugin/web/login.hpp"
#include "plugin/web/routes.hpp"

namespace lockgate::web {

// Constant after construction; safe to use from many threads at once.
class Office {
 public:
  explicit Office(Parts parts) : parts_(std::move(parts)) {}

  Store& store() const { return parts_.store; }
  BoardStore& board() const { return parts_.board; }
  gate::Gatekeeper& gatekeeper() const { return parts_.gatekeeper; }
  const gate::Council& council() const { return parts_.council; }
  std::shared_ptr<const rules::RuleSet> rules() const { return parts_.rules.load(); }
  UtcTime now() const { return parts_.clock.now(); }

  Site site() const;
  // Who asks, with the number of tasks.
  Account account(const SignedIn& me) const;

  net::Response show(const SignedIn& me, Page page, unsigned status = 200) const;
  // The page for an error; `explanation` instead of the usual words.  An
  // internal one goes to the log.
  net::Response refuse(const SignedIn& me, const Error& error, const Html& explanation = {}) const;

  // The prototype that the address names.  Errc::not_found for anything that is
  // not the display number of one.
  Result<Prototype> prototype(const net::Request& request) const;

 private:
  Parts parts_;
};

// A page that may fail; then its error is shown.
using OfficePage = std::function<Result<net::Response>(
    const Office& office, const net::Request& request, const SignedIn& me, const FormBody& form)>;
MemberPage in_office(std::shared_ptr<const Office> office, OfficePage page);

// The address of a prototype's page, or of one below it: "/p/PR-0231/review".
std::string path_of(const Prototype& prototype, std::string_view below = {});
std::string path_of(std::int64_t number, std::string_view below = {});

}  // namespace lockgate::web
