#include "plugin/web/trouble.hpp"

#include "plugin/web/problem.hpp"
#include "plugin/web/prose.hpp"

namespace lockgate::web {
namespace {

struct Words {
  const char* title;
  const char* usual;
};

Words words_for(Errc code) {
  switch (code) {
    case Errc::unauthenticated:
      return {"You need to sign in", "Sign in and try again."};
    case Errc::forbidden:
      return {"You cannot do this", "It is not yours to see or to do. Nothing was changed."};
    case Errc::not_found:
      return {"Page not found",
              "Check the address. If you followed a link, what it led to may have been removed."};
    case Errc::conflict:
      return {"This has moved on",
              "Somebody changed it while you were reading. Nothing of yours was recorded. Go back, "
              "read it again and decide what to do."};
    case Errc::unreadable:
    case Errc::too_large:
    case Errc::unsupported:
    case Errc::invalid:
      return {"This could not be read",
              "What was sent is not what this page sends. Go back and try again."};
    case Errc::unavailable:
      return {"Lockgate is busy", "It cannot be done just now. Try again in a minute."};
    case Errc::internal:
      return {"Something went wrong", "This is our mistake and it is in the log. Try again later."};
  }
  return {"Something went wrong", "Try again later."};
}

}  // namespace

net::Response trouble(const Site& site, Errc code, const Html& explanation,
                      const std::optional<Account>& account) {
  const Words words = words_for(code);
  Html body =
      page_heading(words.title) + paragraph(explanation.empty() ? Html(words.usual) : explanation);
  body += paragraph(account ? link("/tasks", "Go to your tasks") : link("/sign-in", "Sign in"));
  net::Response response =
      show(site, {.title = words.title, .body = two_thirds(body), .account = account},
           problem_kind(code).status);
  if (code == Errc::unavailable) response.headers.emplace_back("Retry-After", "60");
  return response;
}

}  // namespace lockgate::web
