#include "adapters/standard_webhooks.hpp"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>
#include <boost/json.hpp>

#include "adapters/signature.hpp"

namespace lockgate::adapters {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;
using std::chrono::sys_seconds;
using testing::HasSubstr;

constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* kOtherSecret = "whsec_bG9ja2dhdGUtcm90YXRpb24tc2VjcmV0LW51bWJlcjI=";
constexpr const char* kCallbackSecret = "whsec_Y2FsbGJhY2stc2VjcmV0LW9mLXRoZS1leGFtcGxl";
constexpr std::int64_t kSent = 1'767'603'600;  // 2026-01-05T09:00:00Z
constexpr const char* kBody =
    R"({"type":"prototype.submitted","data":{"case":"CASE-1","title":"Parking permit chatbot"}})";

Settings settings() {
  Settings settings;
  settings.secret = kSecret;
  settings.map.case_key = "/data/case";
  settings.map.title = "/data/title";
  settings.map.facts = "/data/facts";
  settings.callback_url = "http://127.0.0.1:9099/decisions";
  settings.callback_secret = kCallbackSecret;
  return settings;
}

std::string signed_with(std::string_view secret, std::string_view id, std::string_view timestamp,
                        std::string_view body) {
  return sign(*Secret::parse(secret), id, timestamp, body);
}

struct Sent {
  std::string id = "msg_2rotation0001";
  std::string timestamp = std::to_string(kSent);
  std::string body = kBody;
  std::string signature = {};  // empty: made with kSecret
  std::string content_type = "application/json";
  UtcTime received_at = sys_seconds(seconds(kSent));
};

Delivery delivery(Sent sent = {}) {
  if (sent.signature.empty()) {
    sent.signature = signed_with(kSecret, sent.id, sent.timestamp, sent.body);
  }
  return {.source = {"casework"},
          .headers = {{"Host", "lockgate"},
                      {"Content-Type", sent.content_type},
                      {"webhook-id", sent.id},
                      {"Webhook-Timestamp", sent.timestamp},
                      {"webhook-signature", sent.signature}},
          .body = sent.body,
          .received_at = sent.received_at};
}

Result<void> verify(const Delivery& given, const Settings& with = settings()) {
  return make_standard_webhooks(with)->verify(given);
}

// Why it was refused; empty if it was not.
std::string step(const Delivery& given, const Settings& with = settings()) {
  const auto verified = verify(given, with);
  if (verified) return {};
  EXPECT_EQ(verified.error().code, Errc::unauthenticated);
  EXPECT_TRUE(verified.error().problems.empty());
  return verified.error().message;
}

TEST(StandardWebhooks, AcceptsWhatTheNpmPackageSigned) {
  // Made with the package standardwebhooks 1.1.1 and the two secrets above.
  Sent sent;
  sent.body =
      R"({"type":"case.submitted","timestamp":"2026-01-05T09:00:00Z","data":{"case":"EXP-1",)"
      R"("title":"Parking permit chatbot pilot","personal_data":true}})";
  const std::string first = "v1,HKCb+smcsVHV+sIXb1Q+lqwhYdpimpboAXXkuPnhGKw=";
  const std::string second = "v1,mExSWekZWVEfPRcte9gk1EMXfCShVmIkhxet7wF7LAk=";
  Settings other = settings();
  other.secret = kOtherSecret;
  sent.signature = first + " " + second;
  EXPECT_EQ(step(delivery(sent)), "");
  EXPECT_EQ(step(delivery(sent), other), "");
  sent.signature = first;
  EXPECT_EQ(step(delivery(sent)), "");
  EXPECT_EQ(step(delivery(sent), other), "no v1 signature matches the body");
}

TEST(StandardWebhooks, RefusesEverythingWithoutASecret) {
  Settings without = settings();
  without.secret.clear();
  EXPECT_EQ(step(delivery(), without), "no secret is configured");
  without.old_secret = kSecret;
  without.old_secret_until = sys_seconds(seconds(kSent + 1000));
  EXPECT_EQ(step(delivery(), without), "no secret is configured");
}

TEST(StandardWebhooks, O05_TheTimestampMayBeThreeHundredSecondsOff) {
  for (const int age : {-300, -299, 0, 299, 300}) {
    Sent sent;
    sent.received_at += seconds(age);
    EXPECT_EQ(step(delivery(sent)), "") << age;
  }
  Sent old;
  old.received_at += 301s;
  EXPECT_THAT(step(delivery(old)), HasSubstr("301 s old"));
  Sent ahead;
  ahead.received_at -= 301s;
  EXPECT_THAT(step(delivery(ahead)), HasSubstr("301 s ahead"));
}

TEST(StandardWebhooks, O05_FractionsOfASecondAreNotCounted) {
  Sent sent;
  sent.received_at += 300s + 999'999us;
  EXPECT_EQ(step(delivery(sent)), "");
}

TEST(StandardWebhooks, O06_TimestampThatIsNotPlainDigitsIsRefused) {
  for (const char* timestamp :
       {"", "1e9", "0x5f", "+1700000000", " 1700000000", "1700000000 ", "-1", "-0",
        "99999999999999999999", "1700000000.0", "1700000000,5", "١٧٠٠", "NaN", "1 700 000 000"}) {
    Sent sent;
    sent.timestamp = timestamp;
    EXPECT_EQ(step(delivery(sent)), "webhook-timestamp is not plain digits") << timestamp;
  }
  Delivery without = delivery();
  std::erase_if(without.headers, [](const auto& h) { return h.first == "Webhook-Timestamp"; });
  EXPECT_EQ(step(without), "webhook-timestamp is missing or repeated");
  Delivery twice = delivery();
  twice.headers.emplace_back("webhook-timestamp", std::to_string(kSent));
  EXPECT_EQ(step(twice), "webhook-timestamp is missing or repeated");
}

TEST(StandardWebhooks, O07_AnyOfSeveralSignaturesMayMatch) {
  const std::string right = signed_with(kSecret, Sent().id, Sent().timestamp, kBody);
  const std::string wrong = signed_with(kOtherSecret, Sent().id, Sent().timestamp, kBody);
  for (const std::string& signatures :
       {wrong + " " + right, right + " " + wrong, "v9,AAAA " + wrong + " " + right,
        "v1a,hnO3 junk v1, " + right, right + " "}) {
    Sent sent;
    sent.signature = signatures;
    EXPECT_EQ(step(delivery(sent)), "") << signatures;
  }
  for (const std::string& signatures :
       {wrong, "v9," + right.substr(3), right.substr(3), std::string("v1,"), std::string("junk"),
        std::string(" ")}) {
    Sent sent;
    sent.signature = signatures;
    EXPECT_EQ(step(delivery(sent)), "no v1 signature matches the body") << signatures;
  }
}

TEST(StandardWebhooks, O07_MoreThanTenSignaturesAreRefusedEvenIfOneMatches) {
  const std::string right = signed_with(kSecret, Sent().id, Sent().timestamp, kBody);
  std::string junk;
  for (int i = 0; i < 9; ++i) junk += "v1,AAAA ";
  Sent sent;
  sent.signature = junk + right;
  EXPECT_EQ(step(delivery(sent)), "");
  sent.signature = "v1,AAAA " + junk + right;
  EXPECT_EQ(step(delivery(sent)), "webhook-signature has more than 10 entries");
}

TEST(StandardWebhooks, O08_TheOldSecretEndsToTheSecond) {
  Settings rotating = settings();
  rotating.secret = kOtherSecret;
  rotating.old_secret = kSecret;
  rotating.old_secret_until = sys_seconds(seconds(kSent + 60));
  Sent sent;  // signed with the old one
  for (const auto age : {0us, 59'000'000us, 59'999'999us}) {
    sent.received_at = sys_seconds(seconds(kSent)) + age;
    EXPECT_EQ(step(delivery(sent), rotating), "") << age.count();
  }
  for (const auto age : {60'000'000us, 61'000'000us}) {
    sent.received_at = sys_seconds(seconds(kSent)) + age;
    EXPECT_EQ(step(delivery(sent), rotating), "no v1 signature matches the body") << age.count();
  }
  sent.signature = signed_with(kOtherSecret, sent.id, sent.timestamp, sent.body);
  for (const int age : {0, 59, 60, 61}) {
    sent.received_at = sys_seconds(seconds(kSent + age));
    EXPECT_EQ(step(delivery(sent), rotating), "") << age;
  }
}

TEST(StandardWebhooks, O09_TheSecretOfAnotherSourceProvesNothing) {
  Settings other = settings();
  other.secret = kOtherSecret;
  EXPECT_EQ(step(delivery(), other), "no v1 signature matches the body");
}

TEST(StandardWebhooks, O10_TheBytesAreSignedNotTheJson) {
  const std::string body = "{\"a\": 1,\r\n\"b\": 2}";
  Sent sent;
  sent.body = body;
  const Delivery genuine = delivery(sent);
  EXPECT_EQ(step(genuine), "");
  for (const char* changed :
       {"{\"a\": 1,\r\n\"b\": 3}", "{\"a\":1,\r\n\"b\": 2}", "{\"b\": 2,\r\n\"a\": 1}",
        "{\"a\": 1,\n\"b\": 2}", "{\"a\": 1,\r\n\"b\": 2} ", ""}) {
    Delivery forged = genuine;
    forged.body = changed;
    EXPECT_EQ(step(forged), "no v1 signature matches the body") << changed;
  }
}

TEST(StandardWebhooks, O10_EveryByteOfTheBodyIsSigned) {
  const Delivery genuine = delivery();
  for (std::size_t i = 0; i < genuine.body.size(); ++i) {
    Delivery forged = genuine;
    forged.body[i] = static_cast<char>(forged.body[i] ^ 1);
    EXPECT_NE(step(forged), "") << i;
  }
}

TEST(StandardWebhooks, O12_AnIdIsVisibleCharactersWithoutAFullStop) {
  const std::string wrong[] = {"",
                               "a.b",
                               ".",
                               "msg_1.1767603600",
                               std::string(256, 'a'),
                               std::string(10'000, 'a'),
                               std::string("a\0b", 3),
                               "a\tb",
                               "a\nb",
                               "a b",
                               "\x7f",
                               "\xc3\xa9"};
  for (const std::string& id : wrong) {
    Sent sent;
    sent.id = id;
    EXPECT_THAT(step(delivery(sent)), HasSubstr("webhook-id is not")) << id;
  }
  for (const std::string& id : {std::string("a"), std::string(255, 'a'), std::string("!~,;:/%")}) {
    Sent sent;
    sent.id = id;
    EXPECT_EQ(step(delivery(sent)), "") << id;
  }
  Delivery twice = delivery();
  twice.headers.emplace_back("Webhook-Id", "another");
  EXPECT_EQ(step(twice), "webhook-id is missing or repeated");
}

// What is signed is "id.timestamp.body"; no part may pass for another.
TEST(StandardWebhooks, O12_TheBorderBetweenIdAndTimestampCannotBeMoved) {
  Sent sent;
  sent.id = "msg";
  const Delivery genuine = delivery(sent);
  Delivery moved = genuine;
  moved.headers[2].second = "msg." + sent.timestamp;
  moved.headers[3].second = "";
  EXPECT_NE(step(moved), "");
}

TEST(StandardWebhooks, NeverSaysASecretOrABody) {
  Delivery forged = delivery();
  forged.body += " ";
  const std::string said = step(forged);
  EXPECT_THAT(said, testing::Not(HasSubstr("whsec_")));
  EXPECT_THAT(said, testing::Not(HasSubstr("CASE-1")));
}

TEST(StandardWebhooks, O49_OnlyPlainJsonInUtf8IsTranslated) {
  const auto adapter = make_standard_webhooks(settings());
  for (const char* type :
       {"application/json", "application/json; charset=utf-8", "APPLICATION/JSON;charset=UTF-8",
        "application/json ; charset=\"utf-8\"", "application/json; profile=x"}) {
    Sent sent;
    sent.content_type = type;
    EXPECT_TRUE(adapter->translate(delivery(sent)).has_value()) << type;
  }
  for (const char* type :
       {"", "text/plain", "application/json; charset=utf-16", "application/json; charset",
        "application/jsonp", "application/problem+json", "application/json, text/plain",
        "application/json; charset=utf-8; charset=utf-16"}) {
    Sent sent;
    sent.content_type = type;
    const auto translated = adapter->translate(delivery(sent));
    ASSERT_FALSE(translated.has_value()) << type;
    EXPECT_EQ(translated.error().code, Errc::unsupported) << type;
  }
  for (const char* encoding : {"gzip", "identity", "br, gzip", ""}) {
    Delivery encoded = delivery();
    encoded.headers.emplace_back("Content-Encoding", encoding);
    const auto translated = adapter->translate(encoded);
    ASSERT_FALSE(translated.has_value());
    EXPECT_EQ(translated.error().code, Errc::unsupported) << encoding;
  }
  Delivery without = delivery();
  std::erase_if(without.headers, [](const auto& h) { return h.first == "Content-Type"; });
  EXPECT_EQ(adapter->translate(without).error().code, Errc::unsupported);
}

TEST(StandardWebhooks, TranslatesADeliveryIntoOneSubmission) {
  Sent sent;
  sent.body = R"({"data":{"case":"CASE-1","title":"T","facts":{"cost":{"total":8400}}}})";
  const auto translated = make_standard_webhooks(settings())->translate(delivery(sent));
  ASSERT_TRUE(translated.has_value());
  const auto& submissions = std::get<std::vector<Submission>>(*translated);
  ASSERT_EQ(submissions.size(), 1u);
  EXPECT_EQ(submissions[0].delivery, sent.id);
  EXPECT_EQ(submissions[0].case_key, "CASE-1");
  EXPECT_EQ(submissions[0].facts.size(), 1u);
}

TEST(StandardWebhooks, O51_WhatIsNotJsonIsUnreadable) {
  for (const char* body : {"", " ", "{} {}", "{\"a\":1,}", "/**/{}", "<case/>"}) {
    Sent sent;
    sent.body = body;
    const auto translated = make_standard_webhooks(settings())->translate(delivery(sent));
    ASSERT_FALSE(translated.has_value()) << body;
    EXPECT_EQ(translated.error().code, Errc::unreadable) << body;
    EXPECT_EQ(translated.error().problems.size(), 1u) << body;
  }
}

TEST(StandardWebhooks, JsonWithoutTheCaseIsInvalid) {
  Sent sent;
  sent.body = R"({"data":{}})";
  const auto translated = make_standard_webhooks(settings())->translate(delivery(sent));
  ASSERT_FALSE(translated.has_value());
  EXPECT_EQ(translated.error().code, Errc::invalid);
  EXPECT_EQ(translated.error().problems.front().pointer, "/data/case");
}

Answered answered() {
  Answered answered;
  Check& check = answered.check;
  check.id = {"chk_1"};
  check.number = 3;
  check.gate = Gate::submit;
  check.verdict = Verdict::refer;
  check.rule_set = "abc123";
  Finding finding;
  finding.rule = "dp-01";
  finding.outcome = Outcome::refer;
  finding.question = "Is a DPIA needed?";
  finding.to = "data_protection_officer";
  finding.say = "A \"DPIA\" is needed.";
  finding.fix = "Start one.";
  finding.takes = "two weeks";
  finding.basis = "law";
  finding.source = {"UK GDPR Article 35"};
  finding.facts = {{"people.participants", FactValue(std::int64_t{12})},
                   {"people.names", FactValue(), {"txt_1"}},
                   {"cost.share", FactValue(0.5)}};
  finding.waits_for = {"data.sensitive"};
  check.findings = {finding};
  check.questions = {{"data.sensitive", "Is it sensitive?", {"dp-02", "dp-03"}}};
  check.unknown = {"data.sensitive"};
  answered.prototype.number = 7;
  answered.prototype_url = "http://127.0.0.1:8080/p/PR-0007";
  return answered;
}

Ballot ballot(BallotState state) {
  Ballot ballot;
  ballot.state = state;
  ballot.terms.board = {"governance"};
  ballot.terms.board_name = "Governance board";
  ballot.terms.closes_at = sys_seconds(seconds(kSent));
  return ballot;
}

constexpr const char* kAnswerBegins =
    R"({"verdict":"refer","findings":[{"rule":"dp-01","outcome":"refer",)"
    R"("question":"Is a DPIA needed?",)"
    R"("to":"data_protection_officer","say":"A \"DPIA\" is needed.","fix":"Start one.",)"
    R"("takes":"two weeks","basis":"law","source":["UK GDPR Article 35"],)"
    R"("facts":{"people.participants":12,"people.names":null,"cost.share":0.5},)"
    R"("waits_for":["data.sensitive"]}],)"
    R"("questions":[{"fact":"data.sensitive","question":"Is it sensitive?",)"
    R"("rules":["dp-02","dp-03"]}],"unknown":["data.sensitive"],)"
    R"("check":{"id":"chk_1","number":3,"gate":"submit","rules":"abc123"},)"
    R"("prototype":{"id":"PR-0007","url":"http://127.0.0.1:8080/p/PR-0007"},)";

TEST(StandardWebhooks, AnswersWith202WhileTheBoardIsAtWork) {
  for (const BallotState state : {BallotState::open, BallotState::paused}) {
    Answered outcome = answered();
    outcome.prototype.ballots = {ballot(BallotState::withdrawn), ballot(state)};
    const Reply reply = make_standard_webhooks(settings())->acknowledge(delivery(), {&outcome, 1});
    EXPECT_EQ(reply.status, 202u);
    EXPECT_EQ(reply.content_type, "application/json");
    EXPECT_EQ(reply.body, std::string(kAnswerBegins) +
                              R"("decision":null,"ballots":[{"board":"governance",)"
                              R"("name":"Governance board",)"
                              R"("decide_by":"2026-01-05T09:00:00.000000Z"}]})");
  }
}

TEST(StandardWebhooks, O40_SaysWhyARuleCouldNotBeEvaluated) {
  Answered outcome = answered();
  outcome.check.findings[0].trouble = "division by zero";
  const Reply reply = make_standard_webhooks(settings())->acknowledge(delivery(), {&outcome, 1});
  EXPECT_THAT(reply.body,
              HasSubstr(R"("waits_for":["data.sensitive"],"trouble":"division by zero"}])"));
}

TEST(StandardWebhooks, AnswersWith200OnceItIsDecided) {
  Answered outcome = answered();
  outcome.prototype.ballots = {ballot(BallotState::carried)};
  Decision decision;
  decision.id = {"dec_1"};
  decision.outcome = DecisionOutcome::approved_with_conditions;
  Condition from_rule, from_vote;
  from_rule.say = "Tell the participants.";
  from_vote.text = {"txt_2"};
  decision.conditions = {from_rule, from_vote};
  outcome.decision = decision;
  const Reply reply = make_standard_webhooks(settings())->acknowledge(delivery(), {&outcome, 1});
  EXPECT_EQ(reply.status, 200u);
  EXPECT_EQ(reply.body,
            std::string(kAnswerBegins) +
                R"("decision":{"id":"dec_1","outcome":"approved_with_conditions",)"
                R"("conditions":["Tell the participants.",)"
                R"("A condition of the board: see the prototype's page."]},"ballots":[]})");
}

TEST(StandardWebhooks, AnswersTheSameOutcomeWithTheSameBytes) {
  const Answered outcome = answered();
  const auto adapter = make_standard_webhooks(settings());
  EXPECT_EQ(adapter->acknowledge(delivery(), {&outcome, 1}).body,
            adapter->acknowledge(delivery(), {&outcome, 1}).body);
}

Conclusion conclusion() {
  Conclusion conclusion;
  conclusion.message = "obx_1";
  conclusion.about = {{"casework"}, "CASE-1"};
  conclusion.number = 7;
  conclusion.decision.id = {"dec_1"};
  conclusion.decision.outcome = DecisionOutcome::not_approved;
  conclusion.decision.verdict = Verdict::refer;
  conclusion.decision.at = sys_seconds(seconds(kSent));
  conclusion.findings = answered().check.findings;
  conclusion.conditions = {"Ask again in May."};
  conclusion.prototype_url = "http://127.0.0.1:8080/p/PR-0007";
  return conclusion;
}

std::string header(const OutboundRequest& request, std::string_view name) {
  return std::string(only_header(request.headers, name).value_or("(none)"));
}

TEST(StandardWebhooks, WritesBackTheDecisionWithoutFacts) {
  const auto requests =
      make_standard_webhooks(settings())->write_back(conclusion(), sys_seconds(seconds(kSent + 9)));
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].method, "POST");
  EXPECT_EQ(requests[0].url, "http://127.0.0.1:9099/decisions");
  EXPECT_EQ(header(requests[0], "content-type"), "application/json");
  EXPECT_EQ(header(requests[0], "webhook-id"), "obx_1");
  EXPECT_EQ(header(requests[0], "webhook-timestamp"), std::to_string(kSent + 9));
  EXPECT_EQ(requests[0].body,
            R"({"type":"decision.made","timestamp":"2026-01-05T09:00:00.000000Z","data":{)"
            R"("id":"dec_1","prototype":"PR-0007","case":"CASE-1","gate":"submit",)"
            R"("verdict":"refer","outcome":"not_approved","conditions":["Ask again in May."],)"
            R"("findings":[{"rule":"dp-01","outcome":"refer","to":"data_protection_officer",)"
            R"("say":"A \"DPIA\" is needed."}],"url":"http://127.0.0.1:8080/p/PR-0007"}})");
  EXPECT_NO_THROW(boost::json::parse(requests[0].body));
}

// RFC 2104 by hand over SHA-256, as a receiver without our code would do it.
std::string hmac_sha256(std::string key, const std::string& text) {
  const auto sha256 = [](const std::string& bytes) {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return digest;
  };
  key.resize(64, '\0');
  std::string inner, outer;
  for (const char c : key) {
    inner += static_cast<char>(c ^ 0x36);
    outer += static_cast<char>(c ^ 0x5c);
  }
  return sha256(outer + sha256(inner + text));
}

TEST(StandardWebhooks, SignsTheCallBackAsAReceiverComputesIt) {
  const auto requests =
      make_standard_webhooks(settings())->write_back(conclusion(), sys_seconds(seconds(kSent)));
  ASSERT_EQ(requests.size(), 1u);
  const std::string mac =
      hmac_sha256("callback-secret-of-the-example", header(requests[0], "webhook-id") + "." +
                                                        header(requests[0], "webhook-timestamp") +
                                                        "." + requests[0].body);
  char text[64];
  sodium_bin2base64(text, sizeof text, reinterpret_cast<const unsigned char*>(mac.data()),
                    mac.size(), sodium_base64_VARIANT_ORIGINAL);
  EXPECT_EQ(header(requests[0], "webhook-signature"), std::string("v1,") + text);
}

TEST(StandardWebhooks, SignsEachAttemptAfreshUnderTheSameId) {
  const auto adapter = make_standard_webhooks(settings());
  const auto first = adapter->write_back(conclusion(), sys_seconds(seconds(kSent)));
  const auto second = adapter->write_back(conclusion(), sys_seconds(seconds(kSent + 5)));
  EXPECT_EQ(first[0].body, second[0].body);
  EXPECT_EQ(header(first[0], "webhook-id"), header(second[0], "webhook-id"));
  EXPECT_NE(header(first[0], "webhook-timestamp"), header(second[0], "webhook-timestamp"));
  EXPECT_NE(header(first[0], "webhook-signature"), header(second[0], "webhook-signature"));
}

TEST(StandardWebhooks, WritesNothingBackWithoutACallback) {
  Settings without = settings();
  without.callback_url.clear();
  EXPECT_TRUE(make_standard_webhooks(without)->write_back(conclusion(), {}).empty());
  without = settings();
  without.callback_secret.clear();
  EXPECT_TRUE(make_standard_webhooks(without)->write_back(conclusion(), {}).empty());
}

}  // namespace
}  // namespace lockgate::adapters
