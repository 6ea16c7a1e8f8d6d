// Who is asking: sessions, kept on the server under the hash of the cookie's value.

#pragma once

#include <chrono>
#include <string>

#include "lockgate/store.hpp"
#include "lockgate/time.hpp"
#include "plugin/net/message.hpp"
#include "plugin/web/cookies.hpp"
#include "plugin/web/html.hpp"

namespace lockgate::web {

constexpr std::chrono::minutes kIdleTime{30};
constexpr std::chrono::hours kLongestSession{8};

// Who is asking, with a session that is alive.
struct SignedIn {
  MemberId member;
  std::string name;  // shown
  bool admin = false;
  std::string csrf;  // every form of this person carries it, see csrf_field()
};

// The hidden field with the session's token, for every form.
Html csrf_field(const SignedIn& me);

// 128 random bits as 22 characters of base64url.
std::string random_value(Random& random);

// Safe to use from many threads at once; borrows what it is given.
class Sessions {
 public:
  Sessions(Store& store, BoardStore& board, const Clock& clock, Random& random,
           SessionCookie cookie);

  // Errc::not_found if nobody is signed in; a session that has idled for half an
  // hour or is eight hours old ends here.
  Result<SignedIn> find(const net::Request& request);

  // A new session, whatever the browser had before, which ends.  Gives the value
  // of Set-Cookie.
  Result<std::string> begin(const net::Request& request, const MemberId& member);

  // Ends the browser's session, if it has one.  Gives the value of Set-Cookie.
  Result<std::string> end(const net::Request& request);

 private:
  Result<std::string> name_of(const Member& member);

  Store& store_;
  BoardStore& board_;
  const Clock& clock_;
  Random& random_;
  const SessionCookie cookie_;
};

}  // namespace lockgate::web
