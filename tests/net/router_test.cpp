#include "plugin/net/router.hpp"

#include <gtest/gtest.h>

namespace lockgate::net {
namespace {

void nothing(Request, Respond) {}

Router router() {
  return Router({{"GET", "/", nothing},
                 {"GET", "/p/new", nothing},
                 {"GET", "/p/{number}", nothing},
                 {"GET", "/p/{number}/review", nothing},
                 {"POST", "/p/{number}/review", nothing},
                 {"POST", "/hooks/{source}", nothing},
                 {"GET", "/assets/{file*}", nothing}});
}

std::string pattern(const Router& from, std::string_view method, std::string_view path) {
  const Router::Found found = from.find(method, path);
  return found.route ? found.route->method + ' ' + found.route->pattern
                     : std::to_string(found.status);
}

TEST(Router, FindsTheFirstRouteThatFits) {
  const Router routes = router();
  EXPECT_EQ(pattern(routes, "GET", "/"), "GET /");
  EXPECT_EQ(pattern(routes, "GET", "/p/new"), "GET /p/new");
  EXPECT_EQ(pattern(routes, "GET", "/p/PR-0001"), "GET /p/{number}");
  EXPECT_EQ(pattern(routes, "GET", "/p/PR-0001/review"), "GET /p/{number}/review");
  EXPECT_EQ(pattern(routes, "POST", "/p/PR-0001/review"), "POST /p/{number}/review");
}

TEST(Router, NamesTheSegmentsThatTheBracesStandFor) {
  const Router routes = router();
  EXPECT_EQ(routes.find("GET", "/p/PR-0001/review").args.at("number"), "PR-0001");
  EXPECT_EQ(routes.find("GET", "/assets/fonts/a.woff2").args.at("file"), "fonts/a.woff2");
  EXPECT_TRUE(routes.find("GET", "/").args.empty());
}

TEST(Router, KnowsNothingElse) {
  const Router routes = router();
  for (const char* path : {"/p", "/p/", "/p//review", "/p/1/review/", "/p/1/review/x", "//",
                           "//p/1", "/P/new/x/y", "/hooks", "/assets", "/assets/", "/none"}) {
    EXPECT_EQ(pattern(routes, "GET", path), "404") << path;
  }
}

TEST(Router, SaysWhichMethodsAnAddressTakes) {
  const Router routes = router();
  EXPECT_EQ(routes.find("PUT", "/p/1/review").status, 405u);
  EXPECT_EQ(routes.find("PUT", "/p/1/review").allow, "GET, HEAD, POST");
  EXPECT_EQ(routes.find("GET", "/hooks/casework").allow, "POST");
  EXPECT_EQ(routes.find("TRACE", "/").status, 405u);
  EXPECT_EQ(routes.find("get", "/").status, 405u);
}

TEST(Router, ServesHeadFromGet) {
  const Router routes = router();
  EXPECT_EQ(pattern(routes, "HEAD", "/p/1"), "GET /p/{number}");
  EXPECT_EQ(routes.find("HEAD", "/hooks/casework").status, 405u);
}

}  // namespace
}  // namespace lockgate::net
