#include "adapters/standard_webhooks.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/field_map.hpp"
#include "adapters/json_text.hpp"
#include "adapters/signature.hpp"
#include "adapters/strict_json.hpp"

namespace lockgate::adapters {
namespace {

using std::chrono::floor;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr seconds kTolerance{300};
constexpr std::size_t kMostIdBytes = 255;
constexpr std::size_t kMostTimestampDigits = 12;
constexpr std::size_t kMostSignatures = 10;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The id is part of what is signed, "id.timestamp.body": a full stop in it
// would let the same bytes be read as another id and timestamp.
bool is_message_id(std::string_view id) {
  return !id.empty() && id.size() <= kMostIdBytes &&
         std::all_of(id.begin(), id.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '.'; });
}

std::optional<sys_seconds> read_timestamp(std::string_view text) {
  if (text.empty() || text.size() > kMostTimestampDigits || text.front() < '0' ||
      text.front() > '9') {
    return std::nullopt;
  }
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return sys_seconds(seconds(value));
}

// `application/json`, in UTF-8 if it says in what.
bool is_json(std::string_view content_type) {
  std::size_t semicolon = content_type.find(';');
  if (!same_word(trim(content_type.substr(0, semicolon)), "application/json")) return false;
  while (semicolon != std::string_view::npos) {
    content_type.remove_prefix(semicolon + 1);
    semicolon = content_type.find(';');
    const std::string_view parameter = trim(content_type.substr(0, semicolon));
    const std::size_t equals = parameter.find('=');
    if (!same_word(parameter.substr(0, equals), "charset")) continue;
    if (equals == std::string_view::npos) return false;
    const std::string_view charset = parameter.substr(equals + 1);
    if (!same_word(charset, "utf-8") && !same_word(charset, "\"utf-8\"")) return false;
  }
  return true;
}

bool has_header(const Headers& headers, std::string_view name) {
  return std::any_of(headers.begin(), headers.end(),
                     [&](const auto& header) { return same_word(header.first, name); });
}

tl::unexpected<Error> refuse(std::string step) {
  return fail(Errc::unauthenticated, std::move(step));
}

void write_texts(JsonText& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).open('[');
  for (const std::string& each : texts) json.text(each);
  json.close(']');
}

// The values of facts are the sender's own; a sensitive one is not at hand here, and is null.
void write_finding(JsonText& json, const Finding& finding) {
  json.open('{')
      .member("rule", finding.rule)
      .member("outcome", to_text(finding.outcome))
      .member("question", finding.question)
      .member("to", finding.to)
      .member("say", finding.say)
      .member("fix", finding.fix)
      .member("takes", finding.takes)
      .member("basis", finding.basis);
  write_texts(json, "source", finding.source);
  json.key("facts").open('{');
  for (const KeptFact& fact : finding.facts) json.key(fact.path).fact(fact.value);
  json.close('}');
  write_texts(json, "waits_for", finding.waits_for);
  if (!finding.trouble.empty()) json.member("trouble", finding.trouble);
  json.close('}');
}

void write_question(JsonText& json, const Question& question) {
  json.open('{').member("fact", question.fact).member("question", question.text);
  write_texts(json, "rules", question.rules);
  json.close('}');
}

// A member's own words are not at hand here, and are the board's to show.
std::string_view words_of(const Condition& condition) {
  return condition.say.empty() ? "A condition of the board: see the prototype's page."
                               : std::string_view(condition.say);
}

void write_decision(JsonText& json, const std::optional<Decision>& decision) {
  json.key("decision");
  if (!decision) {
    json.null();
    return;
  }
  json.open('{').member("id", decision->id.text).member("outcome", to_text(decision->outcome));
  json.key("conditions").open('[');
  for (const Condition& condition : decision->conditions) json.text(words_of(condition));
  json.close(']').close('}');
}

bool is_at_work(const Ballot& ballot) {
  return ballot.state == BallotState::open || ballot.state == BallotState::paused;
}

void write_answer(JsonText& json, const Answered& answered) {
  const Check& check = answered.check;
  json.open('{').member("verdict", to_text(check.verdict));
  json.key("findings").open('[');
  for (const Finding& finding : check.findings) write_finding(json, finding);
  json.close(']').key("questions").open('[');
  for (const Question& question : check.questions) write_question(json, question);
  json.close(']');
  write_texts(json, "unknown", check.unknown);
  json.key("check").open('{').member("id", check.id.text);
  json.key("number").number(check.number);
  json.member("gate", to_text(check.gate)).member("rules", check.rule_set).close('}');
  json.key("prototype").open('{').member("id", display_number(answered.prototype.number));
  json.member("url", answered.prototype_url).close('}');
  write_decision(json, answered.decision);
  json.key("ballots").open('[');
  for (const Ballot& ballot : answered.prototype.ballots) {
    if (!is_at_work(ballot)) continue;
    json.open('{').member("board", ballot.terms.board.text).member("name", ballot.terms.board_name);
    json.member("decide_by", to_text(ballot.terms.closes_at)).close('}');
  }
  json.close(']').close('}');
}

std::string callback_body(const Conclusion& conclusion) {
  const Decision& decision = conclusion.decision;
  std::string body;
  JsonText json(body);
  json.open('{').member("type", "decision.made").member("timestamp", to_text(decision.at));
  json.key("data").open('{').member("id", decision.id.text);
  json.member("prototype", display_number(conclusion.number));
  json.member("case", conclusion.about.key).member("gate", to_text(decision.gate));
  json.member("verdict", to_text(decision.verdict)).member("outcome", to_text(decision.outcome));
  json.key("conditions").open('[');
  for (const std::string& each : conclusion.conditions) json.text(each);
  json.close(']').key("findings").open('[');
  for (const Finding& finding : conclusion.findings) {
    json.open('{').member("rule", finding.rule).member("outcome", to_text(finding.outcome));
    json.member("to", finding.to).member("say", finding.say).close('}');
  }
  json.close(']').member("url", conclusion.prototype_url).close('}').close('}');
  return body;
}

class StandardWebhooks final : public Adapter {
 public:
  explicit StandardWebhooks(const Settings& settings)
      : secret_(Secret::parse(settings.secret)),
        old_secret_(Secret::parse(settings.old_secret)),
        old_secret_until_(settings.old_secret_until),
        map_(settings.map),
        callback_url_(settings.callback_url),
        callback_secret_(Secret::parse(settings.callback_secret)) {}

  Result<void> verify(const Delivery& delivery) const override {
    if (!secret_) return refuse("no secret is configured");
    const auto id = only_header(delivery.headers, "webhook-id");
    if (!id) return refuse("webhook-id is missing or repeated");
    if (!is_message_id(*id)) {
      return refuse("webhook-id is not 1 to 255 visible characters without a full stop");
    }
    const auto timestamp = only_header(delivery.headers, "webhook-timestamp");
    if (!timestamp) return refuse("webhook-timestamp is missing or repeated");
    const auto sent = read_timestamp(*timestamp);
    if (!sent) return refuse("webhook-timestamp is not plain digits");
    const seconds age = floor<seconds>(delivery.received_at) - *sent;
    if (age > kTolerance || age < -kTolerance) {
      return refuse("webhook-timestamp is " + std::to_string(std::abs(age.count())) + " s " +
                    (age.count() > 0 ? "old" : "ahead") + ", more than 300 s: check the clocks");
    }
    const auto signatures = only_header(delivery.headers, "webhook-signature");
    if (!signatures) return refuse("webhook-signature is missing or repeated");
    return check_signatures(delivery, *id, *timestamp, *signatures);
  }

  Result<Translation> translate(const Delivery& delivery) const override {
    const auto content_type = only_header(delivery.headers, "content-type");
    if (!content_type || !is_json(*content_type)) {
      return fail(Errc::unsupported, "the content type is not application/json in UTF-8");
    }
    if (has_header(delivery.headers, "content-encoding")) {
      return fail(Errc::unsupported, "the body has a content encoding");
    }
    LOCKGATE_TRY(FactValue message, parse_json(delivery.body));
    LOCKGATE_TRY(Submission submission, map_.read(std::move(message)));
    submission.delivery = only_header(delivery.headers, "webhook-id").value_or("");
    std::vector<Submission> submissions;
    submissions.push_back(std::move(submission));
    return Translation(std::move(submissions));
  }

  // One answer is an object, several are a list; 202 while a board is at work
  // on any of them.
  Reply acknowledge(const Delivery&, std::span<const Answered> outcomes) const override {
    Reply reply{.status = 200, .content_type = "application/json", .headers = {}, .body = {}};
    reply.body.reserve(4096);
    JsonText json(reply.body);
    if (outcomes.size() != 1) json.open('[');
    for (const Answered& answered : outcomes) {
      write_answer(json, answered);
      const auto& ballots = answered.prototype.ballots;
      if (std::any_of(ballots.begin(), ballots.end(), is_at_work)) reply.status = 202;
    }
    if (outcomes.size() != 1) json.close(']');
    return reply;
  }

  std::vector<OutboundRequest> write_back(const Conclusion& conclusion, UtcTime at) const override {
    if (callback_url_.empty() || !callback_secret_) return {};
    OutboundRequest request{
        .method = "POST", .url = callback_url_, .headers = {}, .body = callback_body(conclusion)};
    const std::string timestamp = std::to_string(floor<seconds>(at).time_since_epoch().count());
    request.headers = {{"Content-Type", "application/json"},
                       {"webhook-id", conclusion.message},
                       {"webhook-timestamp", timestamp},
                       {"webhook-signature",
                        sign(*callback_secret_, conclusion.message, timestamp, request.body)}};
    std::vector<OutboundRequest> requests;
    requests.push_back(std::move(request));
    return requests;
  }

 private:
  Result<void> check_signatures(const Delivery& delivery, std::string_view id,
                                std::string_view timestamp, std::string_view signatures) const {
    const auto spaces = std::count(signatures.begin(), signatures.end(), ' ');
    if (static_cast<std::size_t>(spaces) >= kMostSignatures) {
      return refuse("webhook-signature has more than 10 entries");
    }
    const Mac current = secret_->mac(id, timestamp, delivery.body);
    std::optional<Mac> old;
    if (old_secret_ && delivery.received_at < old_secret_until_) {
      old = old_secret_->mac(id, timestamp, delivery.body);
    }
    // Every entry is looked at, whichever matches.
    bool genuine = false;
    while (!signatures.empty()) {
      const std::size_t space = std::min(signatures.find(' '), signatures.size());
      if (const auto given = read_signature(signatures.substr(0, space))) {
        genuine |= same(*given, current);
        if (old) genuine |= same(*given, *old);
      }
      signatures.remove_prefix(std::min(space + 1, signatures.size()));
    }
    if (!genuine) return refuse("no v1 signature matches the body");
    return {};
  }

  std::optional<Secret> secret_;
  std::optional<Secret> old_secret_;
  UtcTime old_secret_until_;
  FieldMap map_;
  std::string callback_url_;
  std::optional<Secret> callback_secret_;
};

}  // namespace

std::unique_ptr<const Adapter> make_standard_webhooks(const Settings& settings) {
  return std::make_unique<StandardWebhooks>(settings);
}

}  // namespace lockgate::adapters
