// The pages of a board, asked as a browser asks them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/web/board_site.hpp"

namespace lockgate::web {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// The value of the hidden field of that name in the first form that has one.
std::string hidden(const net::Response& page, const std::string& name) {
  const std::string before = "name=\"" + name + "\" value=\"";
  const std::size_t at = page.body.find(before);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + before.size();
  return page.body.substr(begin, page.body.find('"', begin) - begin);
}

// The fields of a vote as the review page of this member has them.
Fields vote_fields(Browser& browser, const std::string& number, const std::string& choice,
                   const std::string& reasons = "It is small.") {
  const net::Response page = browser.get("/p/" + number + "/review");
  return {{"csrf", hidden(page, "csrf")},
          {"ballot", hidden(page, "ballot")},
          {"seen", hidden(page, "seen")},
          {"choice", choice},
          {"reasons", reasons}};
}

// A case of Pat's that is referred to the panel.
std::string refer(BoardSite& site, const std::string& more = {}) {
  return display_number(site.house.refer(R"(,"proposer":"pat")" + more).number);
}

TEST(BoardPages, SendPeopleWithoutASessionToSignInAndBack) {
  BoardSite site;
  Browser nobody(site);
  for (const char* path : {"/", "/tasks", "/prototypes", "/p/PR-0001", "/p/PR-0001/review",
                           "/p/PR-0001/vote/recorded", "/p/PR-0001/lesson"}) {
    const net::Response response = nobody.get(path);
    EXPECT_EQ(response.status, 303u) << path;
    EXPECT_THAT(header_of(response, "Location"), HasSubstr("/sign-in?to=")) << path;
  }
  for (const char* path : {"/p/PR-0001/review", "/p/PR-0001/vote", "/p/PR-0001/lesson"}) {
    EXPECT_EQ(nobody.post(path, {}).status, 403u) << path;
  }
}

TEST(BoardPages, ListWhatAMemberHasToDo) {
  BoardSite site;
  Browser ann = site.member("ann");
  EXPECT_EQ(header_of(ann.get("/"), "Location"), "/tasks");
  EXPECT_THAT(ann.get("/tasks").body, HasSubstr("You have nothing to do."));
  const std::string number = refer(site, R"(,"title":"Later hours & <b>tea</b>")");
  const std::string page = ann.get("/tasks").body;
  EXPECT_THAT(page, AllOf(HasSubstr("Your tasks (1)"), HasSubstr("/p/" + number + "/review"),
                          HasSubstr("Vote, on the Panel"), HasSubstr("5 working days left"),
                          HasSubstr("Later hours &amp; &lt;b&gt;tea&lt;/b&gt;")));
  EXPECT_THAT(site.member("dee").get("/tasks").body, HasSubstr("You have nothing to do."));
}

TEST(BoardPages, MarkATaskAsLateWhoseTimeWasExtended) {
  BoardSite site;
  const Prototype referred = site.house.refer();
  const Ballot& ballot = referred.ballots.at(0);
  site.house.clock.set(ballot.terms.closes_at + 1min);
  ASSERT_TRUE(site.house.gatekeeper->time_out(referred.id, ballot.id));
  EXPECT_THAT(site.member("ann").get("/tasks").body, HasSubstr(">Late<"));
}

TEST(BoardPages, ListPrototypesNewestFirstOnAsManyPagesAsItTakes) {
  BoardSite site;
  Browser ann = site.member("ann");
  EXPECT_THAT(ann.get("/prototypes").body, HasSubstr("There are none yet."));
  for (int i = 1; i <= 26; ++i) {
    site.house.clock.advance(1s);
    site.deliver({.id = "msg_" + std::to_string(i), .key = "CASE-" + std::to_string(i)});
  }
  const std::string first = ann.get("/prototypes").body;
  EXPECT_LT(first.find("PR-0026"), first.find("PR-0025"));
  EXPECT_THAT(first, AllOf(HasSubstr("26 prototypes"), Not(HasSubstr("PR-0001")),
                           HasSubstr("/prototypes?page=2")));
  const std::string second = ann.get("/prototypes?page=2").body;
  EXPECT_THAT(second, AllOf(HasSubstr("PR-0001"), Not(HasSubstr("PR-0002"))));
  // What is no page is the nearest one.
  EXPECT_THAT(ann.get("/prototypes?page=-1").body, HasSubstr("PR-0026"));
  EXPECT_THAT(ann.get("/prototypes?page=abc").body, HasSubstr("PR-0026"));
  EXPECT_THAT(ann.get("/prototypes?page=999999999999").body, HasSubstr("PR-0026"));
  EXPECT_THAT(ann.get("/prototypes?page=999").body, HasSubstr("PR-0001"));
}

TEST(PrototypePage, SaysWhatToFixAndWhatTheRulesWereTold) {
  BoardSite site;
  const std::string number =
      site.deliver({.id = "msg_1",
                    .facts = R"({"people.participants":1001,"money.cost":2500.5})",
                    .more = R"(,"title":"A very large test","proposer":"pat")"});
  const std::string page = site.member("cy").get("/p/" + number).body;
  EXPECT_THAT(page, AllOf(HasSubstr("A very large test"), HasSubstr("Stopped: 1 thing to fix"),
                          HasSubstr("What to do next"), HasSubstr("Too many people take part."),
                          HasSubstr("Must fix"), HasSubstr("For decision"), HasSubstr("1,001")));
  EXPECT_THAT(page, AllOf(HasSubstr("£2,500.50"), HasSubstr("Who asked for it"), HasSubstr("pat"),
                          HasSubstr("CASE-1")));
}

TEST(PrototypePage, AsksTheQuestionsThatHoldItUp) {
  BoardSite site;
  const std::string number = site.deliver({.id = "msg_1", .facts = R"({"data.personal":true})"});
  const std::string page = site.member("cy").get("/p/" + number).body;
  EXPECT_THAT(page, AllOf(HasSubstr("Waiting for information: 1 thing to answer"),
                          HasSubstr("Have people agreed?"), HasSubstr("data.consent"),
                          HasSubstr("Is personal data used without consent?")));
}

TEST(PrototypePage, ShowsAnErasedTextAsErased) {
  BoardSite site;
  const std::string number = site.deliver({.id = "msg_1",
                                           .facts = R"({"people.diagnosis":"gout"})",
                                           .more = R"(,"title":"For one patient")"});
  Browser ann = site.member("ann");
  EXPECT_THAT(ann.get("/p/" + number).body, AllOf(HasSubstr("For one patient"), HasSubstr("gout")));
  const std::string path = site.house.place_of_database.url().substr(sizeof("sqlite:") - 1);
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(
      sqlite3_exec(database, "DELETE FROM texts WHERE text LIKE '%gout%' OR text LIKE 'For one%'",
                   nullptr, nullptr, nullptr),
      SQLITE_OK);
  sqlite3_close(database);
  const std::string page = ann.get("/p/" + number).body;
  EXPECT_THAT(page, AllOf(HasSubstr("(erased)"), Not(HasSubstr("gout")),
                          Not(HasSubstr("For one patient"))));
}

TEST(PrototypePage, IsNotFoundUnderAnyOtherName) {
  BoardSite site;
  site.deliver({.id = "msg_1"});
  Browser ann = site.member("ann");
  EXPECT_EQ(ann.get("/p/PR-0001").status, 200u);
  for (const char* path : {"/p/PR-0002", "/p/1", "/p/PR-1", "/p/PR-00001",
                           "/p/PR-99999999999999999", "/p/PR-0001/other", "/nowhere"}) {
    const net::Response response = ann.get(path);
    EXPECT_EQ(response.status, 404u) << path;
    EXPECT_THAT(response.body, HasSubstr("Page not found")) << path;
  }
}

TEST(Voting, GoesFromTheReviewOverALastLookToARecordedVote) {
  BoardSite site;
  const std::string number = refer(site, R"(,"title":"Later hours")");
  Browser ann = site.member("ann");
  const std::string review = ann.get("/p/" + number + "/review").body;
  EXPECT_THAT(review,
              AllOf(HasSubstr("Your board needs to decide"), HasSubstr("Many people take part."),
                    HasSubstr("You will see how others voted after you vote."),
                    HasSubstr("The name of ann (DPO)")));
  Fields fields = vote_fields(ann, number, "yes_with_conditions", "Small & safe.");
  fields.emplace_back("conditions", "Ask <first>.\r\nReport.");
  fields.emplace_back("note", "For us.");

  const net::Response look = ann.post("/p/" + number + "/review", fields);
  EXPECT_EQ(look.status, 200u);
  EXPECT_THAT(look.body, AllOf(HasSubstr("Check your vote"), HasSubstr("Small &amp; safe."),
                               HasSubstr("Ask &lt;first&gt;."), HasSubstr("For us."),
                               HasSubstr("formaction=\"/p/" + number + "/review#reasons\"")));
  EXPECT_TRUE(site.house.prototype().ballots.at(0).votes.empty());

  const net::Response done = ann.post("/p/" + number + "/vote", fields);
  EXPECT_EQ(done.status, 303u);
  EXPECT_EQ(header_of(done, "Location"), "/p/" + number + "/vote/recorded");
  EXPECT_THAT(ann.get("/p/" + number + "/vote/recorded").body,
              AllOf(HasSubstr("Vote recorded"), HasSubstr("Yes, with conditions"),
                    HasSubstr("1 of 3 has voted. 2 are needed.")));
  const Vote vote = site.house.prototype().ballots.at(0).votes.at(0);
  EXPECT_EQ(vote.member.text, "ann");
  EXPECT_EQ(site.house.database->texts(vote.conditions)->size(), 2u);

  Browser bo = site.member("bo");
  EXPECT_EQ(bo.post("/p/" + number + "/vote", vote_fields(bo, number, "yes")).status, 303u);
  EXPECT_THAT(
      bo.get("/p/" + number + "/vote/recorded").body,
      AllOf(HasSubstr("That was the last vote needed."), HasSubstr("Approved with conditions")));
  const std::string page = site.member("dee").get("/p/" + number).body;
  EXPECT_THAT(page, AllOf(HasSubstr("Approved with 2 conditions"), HasSubstr("Small &amp; safe."),
                          HasSubstr("Ask &lt;first&gt;."), HasSubstr("Carried"),
                          Not(HasSubstr("For us."))));
  EXPECT_THAT(ann.get("/p/" + number).body, HasSubstr("For us."));
}

TEST(Voting, BringsTheFormBackWithWhatIsWrongBesideTheFields) {
  BoardSite site;
  const std::string number = refer(site);
  Browser ann = site.member("ann");
  Fields fields = vote_fields(ann, number, "yes_with_conditions", "");
  fields.emplace_back("note", "Kept <note>");
  for (const char* path : {"/review", "/vote"}) {
    const net::Response response = ann.post("/p/" + number + path, fields);
    EXPECT_EQ(response.status, 422u);
    EXPECT_THAT(response.body,
                AllOf(HasSubstr("<title>Error: "), HasSubstr("href=\"#reasons\""),
                      HasSubstr("href=\"#conditions\""), HasSubstr("id=\"reasons-error\""),
                      HasSubstr("Kept &lt;note&gt;")));
    EXPECT_THAT(response.body, testing::ContainsRegex("value=\"yes_with_conditions\" checked"));
  }
  EXPECT_TRUE(site.house.prototype().ballots.at(0).votes.empty());
}

TEST(Voting, CanGoBackToChangeWhatWasTyped) {
  BoardSite site;
  const std::string number = refer(site);
  Browser ann = site.member("ann");
  Fields fields = vote_fields(ann, number, "no", "Not yet good.");
  fields.emplace_back("change", "reasons");
  const net::Response response = ann.post("/p/" + number + "/review", fields);
  EXPECT_EQ(response.status, 200u);
  EXPECT_THAT(response.body,
              AllOf(HasSubstr("Not yet good.</textarea>"), HasSubstr("value=\"no\" checked"),
                    Not(HasSubstr("There is a problem"))));
}

TEST(Voting, IsNotOfferedAndNotTakenWhereAMemberHasNoVote) {
  BoardSite site;
  const std::string number =
      display_number(site.house.refer(R"(,"proposer":"cy@council.example")").number);
  Browser ann = site.member("ann");
  const Fields anns = vote_fields(ann, number, "yes");
  struct Case {
    const char* login;
    const char* words;
  };
  for (const Case& each : {Case{"cy",
                                "This prototype is your own. Nobody votes on a prototype of "
                                "their own."},
                           Case{"dee", "You have no seat on the Panel."}}) {
    Browser other = site.member(each.login);
    const net::Response page = other.get("/p/" + number + "/review");
    EXPECT_EQ(page.status, 200u);
    EXPECT_THAT(page.body, AllOf(HasSubstr(each.words), Not(HasSubstr("name=\"choice\""))));
    Fields forged = anns;
    forged[0].second = other.csrf();
    for (const char* path : {"/review", "/vote"}) {
      const net::Response refused = other.post("/p/" + number + path, forged);
      EXPECT_EQ(refused.status, 403u) << each.login << path;
      EXPECT_THAT(refused.body, HasSubstr(each.words));
    }
  }
  EXPECT_TRUE(site.house.prototype().ballots.at(0).votes.empty());
}

TEST(Voting, IsOnceAndForAll) {
  BoardSite site;
  const std::string number = refer(site);
  Browser ann = site.member("ann");
  const Fields fields = vote_fields(ann, number, "yes");
  EXPECT_EQ(ann.post("/p/" + number + "/vote", fields).status, 303u);
  const net::Response again = ann.post("/p/" + number + "/vote", fields);
  EXPECT_EQ(again.status, 409u);
  EXPECT_THAT(again.body, HasSubstr("You have voted: ‘Yes’."));
  const net::Response review = ann.get("/p/" + number + "/review");
  EXPECT_THAT(review.body, AllOf(HasSubstr("You have voted"), Not(HasSubstr("name=\"choice\""))));
  EXPECT_EQ(site.house.prototype().ballots.at(0).votes.size(), 1u);
}

TEST(Voting, NeedsTheTokenOfTheSessionAndAFormOfThisSite) {
  BoardSite site;
  const std::string number = refer(site);
  Browser ann = site.member("ann");
  Fields fields = vote_fields(ann, number, "yes");
  EXPECT_EQ(ann.post("/p/" + number + "/vote", fields, {{"Sec-Fetch-Site", "cross-site"}}).status,
            403u);
  fields.erase(fields.begin());
  EXPECT_EQ(ann.post("/p/" + number + "/vote", fields).status, 403u);
  EXPECT_EQ(ann.get("/p/" + number + "/vote").status, 405u);
  EXPECT_TRUE(site.house.prototype().ballots.at(0).votes.empty());
}

TEST(Voting, StopsWhereTheFindingsChangedAndKeepsWhatWasWritten) {
  BoardSite site;
  const std::string number = refer(site);
  Browser ann = site.member("ann");
  const Fields fields = vote_fields(ann, number, "yes", "I read <all> of it.");
  ASSERT_TRUE(site.house.deliver(
      {.id = "msg_again", .facts = R"({"people.participants":11,"place.public":true})"}));
  for (const char* path : {"/review", "/vote"}) {
    const net::Response changed = ann.post("/p/" + number + path, fields);
    EXPECT_EQ(changed.status, 409u);
    EXPECT_THAT(changed.body,
                AllOf(HasSubstr("The findings changed while you were reading"),
                      HasSubstr("1 finding is new"), HasSubstr("Is it in a public place? (aa-07)"),
                      HasSubstr("I read &lt;all&gt; of it.")));
  }
  Fields back = fields;
  back.emplace_back("change", "seen");
  const net::Response review = ann.post("/p/" + number + "/review", back);
  EXPECT_EQ(review.status, 200u);
  EXPECT_THAT(review.body, HasSubstr("I read &lt;all&gt; of it.</textarea>"));
  EXPECT_NE(hidden(review, "seen"), fields[2].second);
}

TEST(Voting, WaitsForInformationWithoutSayingWhoVotedHow) {
  BoardSite site;
  const std::string number = refer(site);
  Browser ann = site.member("ann");
  ASSERT_EQ(ann.post("/p/" + number + "/vote",
                     vote_fields(ann, number, "need_information", "Who opens the door?"))
                .status,
            303u);
  EXPECT_THAT(ann.get("/p/" + number + "/vote/recorded").body,
              HasSubstr("The board waits until the team has sent what was asked for."));
  EXPECT_THAT(site.member("dee").get("/p/" + number).body,
              AllOf(HasSubstr("The board waits for more information"),
                    HasSubstr("Who opens the door?"), HasSubstr("Has voted")));
  Browser bo = site.member("bo");
  EXPECT_THAT(
      bo.get("/p/" + number + "/review").body,
      AllOf(HasSubstr("You can vote when it has come."), Not(HasSubstr("name=\"choice\""))));
}

TEST(Voting, AsksWhoseItIsWhereTheCaseSystemDoesNotSay) {
  BoardSite site;
  const std::string number =
      site.deliver({.id = "msg_1", .facts = R"({"people.participants":11})"});
  Browser ann = site.member("ann");
  Fields fields = vote_fields(ann, number, "yes");
  const net::Response wrong = ann.post("/p/" + number + "/review", fields);
  EXPECT_EQ(wrong.status, 422u);
  EXPECT_THAT(wrong.body, HasSubstr("href=\"#not_mine\""));
  fields.emplace_back("not_mine", "yes");
  EXPECT_EQ(ann.post("/p/" + number + "/vote", fields).status, 303u);
  EXPECT_TRUE(site.house.prototype().ballots.at(0).votes.at(0).not_mine);
}

TEST(Voting, SaysSoWhereTheRulesStillStopWhatTheBoardCarried) {
  BoardSite site;
  site.house.council.boards[0].seats.resize(1);
  site.house.council.boards[0].quorum = 1;
  const std::string number = refer(site);
  Browser ann = site.member("ann");
  ASSERT_EQ(ann.post("/p/" + number + "/vote", vote_fields(ann, number, "yes")).status, 303u);
  EXPECT_THAT(ann.get("/p/" + number + "/vote/recorded").body,
              AllOf(HasSubstr("The Panel voted for it. But the rules"), HasSubstr("Stopped")));
  EXPECT_THAT(ann.get("/p/" + number).body,
              HasSubstr("The Panel voted for it, but the rules have to be met too."));
}

TEST(Voting, HasARecordedPageOnlyForThoseWhoVoted) {
  BoardSite site;
  const std::string number = refer(site);
  EXPECT_EQ(header_of(site.member("bo").get("/p/" + number + "/vote/recorded"), "Location"),
            "/p/" + number);
}

TEST(Lessons, AreWrittenOnceAPrototypeIsDecidedAndReadOnItsPage) {
  BoardSite site;
  const std::string number = site.deliver({.id = "msg_1", .more = R"(,"title":"Later hours")"});
  const std::string path = "/p/" + number + "/lesson";
  Browser dee = site.member("dee");
  EXPECT_THAT(dee.get("/p/" + number).body, HasSubstr(path));
  const net::Response form = dee.get(path);
  EXPECT_EQ(form.status, 200u);
  Fields fields{{"csrf", hidden(form, "csrf")},
                {"result", "did_not_work"},
                {"expected", "More visits."},
                {"happened", "Fewer <visits>."}};
  const net::Response wrong = dee.post(path, fields);
  EXPECT_EQ(wrong.status, 422u);
  EXPECT_THAT(wrong.body,
              AllOf(HasSubstr("href=\"#next\""), HasSubstr("Fewer &lt;visits&gt;.</textarea>"),
                    HasSubstr("value=\"did_not_work\" checked")));
  fields.emplace_back("next", "Ask first.");
  const net::Response done = dee.post(path, fields);
  EXPECT_EQ(done.status, 303u);
  EXPECT_EQ(header_of(done, "Location"), "/p/" + number);
  EXPECT_THAT(site.member("ann").get("/p/" + number).body,
              AllOf(HasSubstr("Closed: It did not work"), HasSubstr("Fewer &lt;visits&gt;."),
                    HasSubstr("The name of dee")));
  EXPECT_EQ(dee.post(path, fields).status, 409u);
  EXPECT_THAT(dee.get(path).body, AllOf(HasSubstr("The lesson of this prototype is written"),
                                        Not(HasSubstr("name=\"result\""))));
}

TEST(Lessons, AreNotWrittenBeforeADecision) {
  BoardSite site;
  const std::string number = refer(site);
  Browser dee = site.member("dee");
  const std::string path = "/p/" + number + "/lesson";
  EXPECT_THAT(dee.get(path).body,
              AllOf(HasSubstr("A lesson is written once a prototype is decided"),
                    Not(HasSubstr("name=\"result\""))));
  EXPECT_EQ(dee.post(path, {{"csrf", dee.csrf()},
                            {"result", "worked"},
                            {"expected", "a"},
                            {"happened", "b"},
                            {"next", "c"}})
                .status,
            409u);
}

TEST(BoardPages, SayWhenTheDatabaseDoesNotAnswer) {
  BoardSite site;
  const std::string number = refer(site);
  Browser ann = site.member("ann");
  const std::string csrf = ann.csrf();
  site.house.store->fail_call(2, test::FaultyStore::Fault::refused, true);
  const net::Response page = ann.get("/p/" + number);
  EXPECT_EQ(page.status, 503u);
  EXPECT_NE(header_of(page, "Retry-After"), "");
  EXPECT_THAT(page.body, HasSubstr("Lockgate is busy"));
}

TEST(BoardPages, CarryTheFieldsThatKeepABrowserSafe) {
  BoardSite site;
  const std::string number = refer(site);
  Browser ann = site.member("ann");
  for (const std::string& path :
       {std::string("/tasks"), std::string("/prototypes"), "/p/" + number,
        "/p/" + number + "/review", "/p/" + number + "/lesson", std::string("/p/PR-9999"),
        std::string("/nowhere"), std::string("/sign-in"), std::string("/help")}) {
    const net::Response page = ann.get(path);
    EXPECT_THAT(header_of(page, "Content-Security-Policy"), HasSubstr("default-src 'none'"))
        << path;
    EXPECT_EQ(header_of(page, "X-Content-Type-Options"), "nosniff") << path;
    EXPECT_EQ(header_of(page, "Cache-Control"), "no-store") << path;
  }
}

TEST(BoardPages, PutNothingOfACaseIntoTheLog) {
  BoardSite site;
  const std::string number = refer(site, R"(,"title":"A secret title")");
  Browser ann = site.member("ann");
  Fields fields = vote_fields(ann, number, "yes_with_conditions", "secret reasons");
  fields.emplace_back("conditions", "secret condition");
  ann.post("/p/" + number + "/review", fields);
  ann.post("/p/" + number + "/vote", fields);
  ann.post("/p/" + number + "/vote", fields);
  ann.get("/p/" + number);
  site.house.store->fail_call(1, test::FaultyStore::Fault::refused, true);
  ann.get("/p/" + number);
  EXPECT_FALSE(site.house.log.contains("secret"));
}

}  // namespace
}  // namespace lockgate::web
