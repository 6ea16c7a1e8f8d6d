#include "plugin/web/problem.hpp"

#include <array>

#include <boost/json.hpp>

namespace lockgate::web {
namespace {

constexpr std::array<ProblemKind, 10> kKinds{{
    {Errc::unreadable, 400, "unreadable", "The message could not be read",
     "The body is not JSON that Lockgate takes. Each error says where and how to mend it. "
     "Nothing was saved; send the corrected message with a new webhook-id."},
    {Errc::unauthenticated, 401, "unauthenticated", "The message could not be authenticated",
     "Check the source's name in the address, the secret, the clock (five minutes either way) "
     "and that the signature covers the exact bytes of the body. The failed step is in "
     "Lockgate's log, not in the answer."},
    {Errc::forbidden, 403, "forbidden", "This is not allowed",
     "You are known, but this is not yours to do."},
    {Errc::not_found, 404, "not-found", "There is nothing here", "Check the address."},
    {Errc::conflict, 409, "conflict", "This does not fit what is recorded",
     "The first message with this webhook-id had another body, or the prototype has moved on. "
     "What was recorded first stands. A new message needs a new webhook-id."},
    {Errc::too_large, 413, "too-large", "The message is too large",
     "A body may have at most 256 KiB. Send facts and links, not documents."},
    {Errc::unsupported, 415, "unsupported", "This kind of message is not taken",
     "Send `Content-Type: application/json` in UTF-8, without a Content-Encoding."},
    {Errc::invalid, 422, "facts", "Some facts need changing",
     "The message is genuine and readable, but says something that the vocabulary of facts does "
     "not allow. Each error points to the place and says what to send. Nothing was saved; send "
     "the corrected message with a new webhook-id."},
    {Errc::unavailable, 503, "unavailable", "Lockgate cannot record this now",
     "Send the same message again, with the same webhook-id, after the time in Retry-After."},
    {Errc::internal, 500, "internal", "Something went wrong",
     "This is our mistake and it is in the log. Send the same message again later."},
}};

}  // namespace

std::span<const ProblemKind> problem_kinds() { return kKinds; }

const ProblemKind& problem_kind(Errc code) {
  for (const ProblemKind& kind : kKinds) {
    if (kind.code == code) return kind;
  }
  return kKinds.back();
}

net::Response problem(const Error& error) {
  const ProblemKind& kind = problem_kind(error.code);
  boost::json::object body{{"type", "/problems/" + std::string(kind.slug)},
                           {"title", kind.title},
                           {"status", kind.status}};
  if (error.code == Errc::unauthenticated || error.code == Errc::internal) {
    body["detail"] = kind.what_to_do;
  } else {
    body["detail"] = error.message;
    if (!error.problems.empty()) {
      boost::json::array errors;
      for (const Problem& each : error.problems) {
        errors.push_back(boost::json::object{
            {"pointer", each.pointer}, {"detail", each.detail}, {"fix", each.fix}});
      }
      body["errors"] = std::move(errors);
    }
  }
  net::Response response{.status = kind.status,
                         .content_type = "application/problem+json",
                         .headers = {{"Cache-Control", "no-store"}},
                         .body = boost::json::serialize(body)};
  if (error.code == Errc::unavailable) response.headers.emplace_back("Retry-After", "5");
  return response;
}

}  // namespace lockgate::web
