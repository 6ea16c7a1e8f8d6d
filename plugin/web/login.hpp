// Signing in: local accounts, one-time links, and the guard before every page.

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "lockgate/log.hpp"
#include "lockgate/store.hpp"
#include "plugin/net/router.hpp"
#include "plugin/web/form_body.hpp"
#include "plugin/web/layout.hpp"
#include "plugin/web/sessions.hpp"

namespace lockgate::web {

// Pages are plain functions on worker threads.  A form's body was read and its
// token compared before `form` is given; for GET it is empty.
using MemberPage = std::function<net::Response(const net::Request& request, const SignedIn& me,
                                               const FormBody& form)>;

// What signing in borrows; all of it must outlive the Login and its handlers.
struct LoginParts {
  Store& store;  // names are texts
  BoardStore& board;
  std::string public_url;  // https: the cookie is Secure and __Host-; http: loopback only
  std::function<Site()> site;
  const Clock& clock;
  Random& random;
  Log& log;
};

// Safe to use from many threads at once.  Handlers keep what they need of it.
class Login {
 public:
  explicit Login(LoginParts parts);

  // /sign-in, /sign-out and /set-password/{token}.
  std::vector<net::Route> routes() const;

  // Guards a page.  Without a session: GET goes to /sign-in and comes back here
  // afterwards; POST is answered 403.  A POST from another origin, without the
  // session's token, or that is not a form, is answered 403.
  net::Handler signed_in(MemberPage page) const;

 private:
  struct Desk;
  std::shared_ptr<Desk> desk_;
};

// Makes a link to set a password, good for seven days and one use; gives the
// last segment of /set-password/{token}.  The member must exist.
Result<std::string> make_link(BoardStore& board, const Clock& clock, Random& random,
                              const MemberId& member);

}  // namespace lockgate::web
