#include "plugin/net/response_text.hpp"

#include <gtest/gtest.h>

namespace lockgate::net {
namespace {

TEST(ResponseText, IsStatusLineAndFields) {
  Response response{.status = 201, .content_type = "text/plain", .headers = {}, .body = "hello"};
  response.headers = {{"Location", "/p/PR-0001"}};
  EXPECT_EQ(response_head(response, {}),
            "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
            "Location: /p/PR-0001\r\n\r\n");
}

TEST(ResponseText, SaysHowTheConnectionGoesOn) {
  const Response response{.status = 200, .content_type = "", .headers = {}, .body = ""};
  EXPECT_EQ(response_head(response, {.keep_alive = false, .date = {}}),
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(response_head(response, {.http_1_0 = true, .date = {}}),
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n");
}

TEST(ResponseText, GivesTheDateInTheFormOfHttp) {
  const Response response{.status = 204, .content_type = "text/plain", .headers = {}, .body = ""};
  const auto at = std::chrono::sys_days(std::chrono::year(1994) / 11 / 6) + std::chrono::hours(8) +
                  std::chrono::minutes(49) + std::chrono::seconds(37);
  EXPECT_EQ(response_head(response, {.date = at}),
            "HTTP/1.1 204 No Content\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n");
}

TEST(ResponseText, LeavesOutWhatWouldBreakTheFraming) {
  Response response{.status = 200, .content_type = "a/b\r\nX: y", .headers = {}, .body = "x"};
  response.headers = {{"X-A", "a\r\nSet-Cookie: b"},
                      {"X\r\nY", "z"},
                      {"", "a"},
                      {"content-length", "99"},
                      {"Connection", "upgrade"},
                      {"Transfer-Encoding", "chunked"},
                      {"X B", "c"},
                      {"X-C", "kept"}};
  EXPECT_EQ(response_head(response, {}),
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX-C: kept\r\n\r\n");
}

}  // namespace
}  // namespace lockgate::net
