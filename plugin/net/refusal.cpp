#include "plugin/net/refusal.hpp"

#include <ostream>  // which Boost 1.81's string_view forgets
#include <utility>

#include <boost/beast/http/status.hpp>

namespace lockgate::net {

Response refusal(unsigned status, std::string_view detail) {
  const auto title = boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(status));
  std::string body = R"({"type":"about:blank","title":")";
  body.append(title.data(), title.size());
  body += R"(","status":)" + std::to_string(status) + R"(,"detail":")";
  body += detail;
  body += "\"}";
  Response response{.status = status, .content_type = "application/problem+json"};
  response.headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
  response.body = std::move(body);
  return response;
}

}  // namespace lockgate::net
