// What programs ask: webhooks, health, the ledger's head.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/web/board_site.hpp"

namespace lockgate::web {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

net::Response send(BoardSite& site, const std::string& source, const std::string& body,
                   const std::string& secret = "right", const std::string& id = "msg_1") {
  return site.answer({.method = "POST",
                      .path = "/hooks/" + source,
                      .query = {},
                      .args = {},
                      .headers = {{"message", id}, {"secret", secret}},
                      .body = body,
                      .peer = "192.0.2.1"});
}

TEST(Webhooks, AreAnsweredAsTheirAdapterSays) {
  BoardSite site;
  const net::Response decided = send(site, "casework", R"({"case":"CASE-1","facts":{}})");
  EXPECT_EQ(decided.status, 200u);
  EXPECT_EQ(decided.content_type, "application/json");
  EXPECT_THAT(decided.body, HasSubstr("approve"));
  EXPECT_EQ(header_of(decided, "Cache-Control"), "no-store");
  const net::Response referred =
      send(site, "casework", R"({"case":"CASE-2","facts":{"people.participants":11}})", "right",
           "msg_2");
  EXPECT_EQ(referred.status, 202u);
}

TEST(Webhooks, AreRefusedWithTheSameBytesWhateverDoesNotFit) {
  BoardSite site;
  const net::Response wrong = send(site, "casework", "{}", "wrong");
  const net::Response nobody = send(site, "nobody", "{}");
  EXPECT_EQ(wrong.status, 401u);
  EXPECT_EQ(nobody.status, wrong.status);
  EXPECT_EQ(nobody.body, wrong.body);
  EXPECT_EQ(nobody.headers, wrong.headers);
  EXPECT_EQ(nobody.content_type, "application/problem+json");
  EXPECT_TRUE(site.house.log.contains("delivery_refused step=unknown source"));
  EXPECT_TRUE(site.house.log.contains("the secret is wrong"));
}

TEST(Webhooks, NameThePlaceOfAFactThatDoesNotFit) {
  BoardSite site;
  const net::Response refused =
      send(site, "casework", R"({"case":"CASE-1","facts":{"people.participants":"many"}})");
  EXPECT_EQ(refused.status, 422u);
  EXPECT_EQ(refused.content_type, "application/problem+json");
  EXPECT_THAT(refused.body, HasSubstr("people.participants"));
}

TEST(Webhooks, ThatCannotBeRecordedNowAreToBeSentAgain) {
  BoardSite site;
  site.house.store->fail_call(1, test::FaultyStore::Fault::refused, true);
  const net::Response later = send(site, "casework", R"({"case":"CASE-1","facts":{}})");
  EXPECT_EQ(later.status, 503u);
  EXPECT_NE(header_of(later, "Retry-After"), "");
}

TEST(Health, IsUpWithoutAndReadyOnlyWithTheDatabase) {
  BoardSite site;
  Browser nobody(site);
  EXPECT_EQ(nobody.get("/healthz").status, 200u);
  EXPECT_EQ(nobody.get("/readyz").status, 200u);
  site.house.store->fail_call(1, test::FaultyStore::Fault::refused, true);
  EXPECT_EQ(nobody.get("/healthz").status, 200u);
  const net::Response down = nobody.get("/readyz");
  EXPECT_EQ(down.status, 503u);
  EXPECT_NE(header_of(down, "Retry-After"), "");
}

TEST(Ledger, ShowsItsSignedHeadAndTheKeyToAnybody) {
  BoardSite site;
  Browser nobody(site);
  EXPECT_EQ(nobody.get("/ledger/checkpoint").status, 404u);
  site.deliver({.id = "msg_1"});
  const std::string checkpoint = site.house.place();
  const net::Response head = nobody.get("/ledger/checkpoint");
  EXPECT_EQ(head.status, 200u);
  EXPECT_EQ(head.content_type, "text/plain; charset=utf-8");
  EXPECT_EQ(head.body, checkpoint);
  EXPECT_EQ(nobody.get("/ledger/key").body, site.house.key.verifier().to_text() + "\n");
}

TEST(Routes, TellProgramsAndPeopleOfNothingInTheirOwnWay) {
  BoardSite site;
  Browser nobody(site);
  for (const char* path : {"/hooks/casework/more", "/ledger/other", "/v1/anything"}) {
    const net::Response response = nobody.get(path);
    EXPECT_EQ(response.status, 404u) << path;
    EXPECT_EQ(response.content_type, "application/problem+json") << path;
  }
  const net::Response page = nobody.get("/other");
  EXPECT_EQ(page.status, 404u);
  EXPECT_THAT(page.body, AllOf(HasSubstr("Page not found"), HasSubstr("Exampleshire Council")));
  EXPECT_EQ(nobody.get("/hooks/casework").status, 405u);
}

}  // namespace
}  // namespace lockgate::web
