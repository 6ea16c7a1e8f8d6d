#include "plugin/web/login.hpp"

#include <algorithm>
#include <utility>

#include <sodium.h>

#include "lockgate/adapter.hpp"
#include "plugin/record/digest.hpp"
#include "plugin/web/local_path.hpp"
#include "plugin/web/login_pages.hpp"
#include "plugin/web/passwords.hpp"
#include "plugin/web/same_origin.hpp"
#include "plugin/web/throttle.hpp"
#include "plugin/web/trouble.hpp"

namespace lockgate::web {
namespace {

using std::chrono::seconds;

constexpr std::chrono::hours kLinkLives{7 * 24};
constexpr const char* kWrong = "Login and password do not match";

bool is_equal(std::string_view one, std::string_view other) {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

// Whom the throttle counts: the socket's address, or what a proxy on this machine
// says of it.
std::string peer_of(const net::Request& request) {
  if (request.peer != "127.0.0.1" && request.peer != "::1") return request.peer;
  std::string_view said = only_header(request.headers, "x-forwarded-for").value_or("");
  if (const auto comma = said.rfind(','); comma != std::string_view::npos) {
    said.remove_prefix(comma + 1);
  }
  said.remove_prefix(std::min(said.find_first_not_of(' '), said.size()));
  return said.empty() || said.size() > 45 ? request.peer : std::string(said);
}

// Logins are small letters; people type them as they like.
std::string as_login(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text.size() <= 64 ? text : std::string();
}

}  // namespace

struct Login::Desk {
  explicit Desk(LoginParts given)
      : parts(std::move(given)),
        sessions(parts.store, parts.board, parts.clock, parts.random,
                 SessionCookie(parts.public_url)) {}

  net::Response show_sign_in(const net::Request& request) const;
  net::Response sign_in(const net::Request& request);
  net::Response sign_out(const net::Request& request, const SignedIn& me);
  net::Response show_set_password(const net::Request& request) const;
  net::Response set_password(const net::Request& request);
  net::Response guarded(const MemberPage& page, const net::Request& request);

  // One guess at `login`: how long to wait, if at all.
  std::optional<seconds> may_guess(const std::string& login, const std::string& peer);
  void was_no_guess(const std::string& login, const std::string& peer);
  net::Response too_many(const SignInForm& form, seconds wait) const;
  net::Response trouble(const Error& error) const;
  net::Response refused(const char* why) const;
  Result<MemberId> link_of(const net::Request& request) const;

  const LoginParts parts;
  Sessions sessions;
  Passwords passwords;
  // A guesser at one place is slowed down long before others are kept from the
  // same login; many places together are slowed down by the login's own tries.
  Throttle by_login_and_peer{{.tries = 5, .each = seconds(30)}};
  Throttle by_login{{.tries = 50, .each = seconds(10)}};
  Throttle by_peer{{.tries = 40, .each = seconds(5)}};
};

net::Response Login::Desk::trouble(const Error& error) const {
  if (error.code == Errc::internal || error.code == Errc::unavailable) {
    parts.log.error("page_failed", {{"why", error.message}});
  }
  return web::trouble(parts.site(), error.code);
}

net::Response Login::Desk::refused(const char* why) const {
  parts.log.warn("form_refused", {{"why", why}});
  return web::trouble(parts.site(), Errc::forbidden,
                      "Nothing was changed. You may have signed out, or have left the page open "
                      "for too long. Sign in, then do it again from the page itself.");
}

net::Response Login::Desk::show_sign_in(const net::Request& request) const {
  SignInForm form;
  if (const auto to = request.query.find("to");
      to != request.query.end() && is_local_path(to->second)) {
    form.to = to->second;
  }
  form.password_was_set = request.query.contains("set");
  return show(parts.site(), sign_in_page(form));
}

std::optional<seconds> Login::Desk::may_guess(const std::string& login, const std::string& peer) {
  const UtcTime now = parts.clock.now();
  if (const auto wait = by_peer.take(peer, now)) return wait;
  if (const auto wait = by_login_and_peer.take(login + ' ' + peer, now)) {
    by_peer.give_back(peer);
    return wait;
  }
  if (const auto wait = by_login.take(login, now)) {
    by_peer.give_back(peer);
    by_login_and_peer.give_back(login + ' ' + peer);
    return wait;
  }
  return std::nullopt;
}

void Login::Desk::was_no_guess(const std::string& login, const std::string& peer) {
  by_peer.give_back(peer);
  by_login_and_peer.give_back(login + ' ' + peer);
  by_login.give_back(login);
}

net::Response Login::Desk::too_many(const SignInForm& form, seconds wait) const {
  SignInForm again = form;
  again.password_error = "There were too many tries. Wait " + std::to_string(wait.count()) +
                         " seconds, then try again";
  net::Response response = show(parts.site(), sign_in_page(again), 429);
  response.headers.emplace_back("Retry-After", std::to_string(wait.count()));
  return response;
}

net::Response Login::Desk::sign_in(const net::Request& request) {
  if (!is_same_origin(request, parts.public_url)) return refused("from another origin");
  const auto body = read_form(request);
  if (!body) return refused("not a form");
  SignInForm form{.login = body->text("login"), .to = body->text("to")};
  if (!is_local_path(form.to)) form.to.clear();
  const std::string_view password = body->raw("password");
  if (form.login.empty()) form.login_error = "Enter your login";
  if (password.empty()) form.password_error = "Enter your password";
  if (form.login.empty() || password.empty()) {
    return show(parts.site(), sign_in_page(form), 422);
  }

  const std::string login = as_login(form.login);
  const std::string peer = peer_of(request);
  if (const auto wait = may_guess(login, peer)) {
    parts.log.warn("sign_in_slowed", {{"peer", peer}});
    return too_many(form, *wait);
  }
  // An unknown login takes the same path as a wrong password.
  const auto member = parts.board.member({login});
  if (!member && member.error().code != Errc::not_found) return trouble(member.error());
  const auto right = passwords.is_right(member ? member->password : "", password);
  if (!right) {
    was_no_guess(login, peer);
    return trouble(right.error());
  }
  if (!*right) {
    parts.log.warn("sign_in_refused", {{"peer", peer}});
    form.login_error = kWrong;
    return show(parts.site(), sign_in_page(form), 403);
  }
  was_no_guess(login, peer);
  const auto cookie = sessions.begin(request, member->login);
  if (!cookie) return trouble(cookie.error());
  parts.log.info("signed_in", {{"member", member->login.text}});
  net::Response response = see_other(form.to.empty() ? "/tasks" : form.to);
  response.headers.emplace_back("Set-Cookie", *cookie);
  return response;
}

net::Response Login::Desk::sign_out(const net::Request& request, const SignedIn& me) {
  const auto cookie = sessions.end(request);
  if (!cookie) return trouble(cookie.error());
  parts.log.info("signed_out", {{"member", me.member.text}});
  net::Response response = see_other("/sign-in");
  response.headers.emplace_back("Set-Cookie", *cookie);
  return response;
}

Result<MemberId> Login::Desk::link_of(const net::Request& request) const {
  return parts.board.link(record::sha256_hex(request.args.at("token")),
                          parts.clock.now() - kLinkLives);
}

net::Response Login::Desk::show_set_password(const net::Request& request) const {
  const auto member = link_of(request);
  if (!member) {
    if (member.error().code != Errc::not_found) return trouble(member.error());
    return show(parts.site(), dead_link_page(), 404);
  }
  return show(parts.site(), new_password_page({.token = encoded(request.args.at("token")),
                                               .login = member->text}));
}

net::Response Login::Desk::set_password(const net::Request& request) {
  if (!is_same_origin(request, parts.public_url)) return refused("from another origin");
  const auto body = read_form(request);
  if (!body) return refused("not a form");
  const auto dead = [&](const Error& error) {
    return error.code == Errc::not_found ? show(parts.site(), dead_link_page(), 404)
                                         : trouble(error);
  };
  const auto member = link_of(request);
  if (!member) return dead(member.error());

  NewPasswordForm form{.token = encoded(request.args.at("token")), .login = member->text};
  const std::string_view password = body->raw("password");
  form.password_error = refusal_of(password, member->text).value_or("");
  if (form.password_error.empty() && body->raw("again") != password) {
    form.again_error = "Enter the same password twice";
  }
  if (!form.password_error.empty() || !form.again_error.empty()) {
    return show(parts.site(), new_password_page(form), 422);
  }
  const auto hashed = passwords.hash(password);
  if (!hashed) return trouble(hashed.error());
  // Of two at once with the same link, one takes it.
  const auto taken = parts.board.take_link(record::sha256_hex(request.args.at("token")),
                                           parts.clock.now() - kLinkLives);
  if (!taken) return dead(taken.error());
  if (const auto set = parts.board.set_password(*taken, *hashed); !set) return trouble(set.error());
  parts.log.info("password_set", {{"member", taken->text}});
  return see_other("/sign-in?set=1");
}

net::Response Login::Desk::guarded(const MemberPage& page, const net::Request& request) {
  const bool changes = request.method != "GET" && request.method != "HEAD";
  if (changes && !is_same_origin(request, parts.public_url)) return refused("from another origin");
  const auto me = sessions.find(request);
  if (!me) {
    if (me.error().code != Errc::not_found) return trouble(me.error());
    if (changes) return refused("nobody is signed in");
    return see_other(with_query("/sign-in", "to", target_of(request)));
  }
  if (!changes) return page(request, *me, {});
  const auto form = read_form(request);
  if (!form) return refused("not a form");
  if (!is_equal(form->raw("csrf"), me->csrf)) return refused("not this session's token");
  return page(request, *me, *form);
}

Login::Login(LoginParts parts) : desk_(std::make_shared<Desk>(std::move(parts))) {}

net::Handler Login::signed_in(MemberPage page) const {
  return [desk = desk_, page = std::move(page)](const net::Request& request,
                                                const net::Respond& respond) {
    respond(desk->guarded(page, request));
  };
}

std::vector<net::Route> Login::routes() const {
  const auto open = [desk = desk_](auto page) -> net::Handler {
    return [desk, page](const net::Request& request, const net::Respond& respond) {
      respond((*desk.*page)(request));
    };
  };
  return {
      {"GET", "/sign-in", open(&Desk::show_sign_in)},
      {"POST", "/sign-in", open(&Desk::sign_in)},
      {"POST", "/sign-out",
       signed_in([desk = desk_.get()](const net::Request& request, const SignedIn& me,
                                      const FormBody&) { return desk->sign_out(request, me); })},
      {"GET", "/set-password/{token}", open(&Desk::show_set_password)},
      {"POST", "/set-password/{token}", open(&Desk::set_password)},
  };
}

Result<std::string> make_link(BoardStore& board, const Clock& clock, Random& random,
                              const MemberId& member) {
  std::string token = random_value(random);
  LOCKGATE_CHECK(board.add_link(record::sha256_hex(token), member, clock.now()));
  return token;
}

}  // namespace lockgate::web
