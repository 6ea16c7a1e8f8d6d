// A case system that says in our words what it means.
//
//   id: the field `message`; secret: the field `secret`, "right" or refused
//   body: {"case": ..., "gate": ..., "title": ..., "proposer": ..., "editors": [...], "facts":
//   {...}}

#pragma once

#include <string>

#include "lockgate/adapter.hpp"
#include "plugin/record/json_codec.hpp"

namespace lockgate::test {

class PlainAdapter final : public Adapter {
 public:
  explicit PlainAdapter(std::string callback = "https://case.example/decisions")
      : callback_(std::move(callback)) {}

  Result<void> verify(const Delivery& delivery) const override {
    if (only_header(delivery.headers, "secret") == "right") return {};
    return fail(Errc::unauthenticated, "the secret is wrong");
  }

  Result<Translation> translate(const Delivery& delivery) const override {
    const auto parsed = record::fact_value_from_json(delivery.body);
    const auto* message = parsed ? std::get_if<FactMap>(&*parsed) : nullptr;
    if (message == nullptr) return fail(Errc::unreadable, "the body is not a JSON object");
    Submission submission;
    submission.delivery = std::string(only_header(delivery.headers, "message").value_or(""));
    for (const auto& [key, value] : *message) {
      const auto* text = std::get_if<std::string>(&value);
      if (key == "case") submission.case_key = text ? *text : "";
      if (key == "gate") submission.gate = gate_from_text(text ? *text : "").value_or(Gate::submit);
      if (key == "title") submission.title = text ? *text : "";
      if (key == "proposer") submission.proposer = text ? *text : "";
      if (key == "facts") submission.facts.push_back({"", "/facts", value});
      if (const auto* list = std::get_if<FactList>(&value); key == "editors" && list) {
        for (const FactValue& each : *list) {
          submission.editors.push_back(std::get<std::string>(each));
        }
      }
    }
    return Translation(std::vector{std::move(submission)});
  }

  // "check chk_... approve decision dec_... PR-0001", 202 while a board is at work.
  Reply acknowledge(const Delivery&, std::span<const Answered> outcomes) const override {
    Reply reply{.status = 200, .content_type = "application/json", .headers = {}, .body = {}};
    for (const Answered& each : outcomes) {
      reply.body += "check " + each.check.id.text + ' ' + std::string(to_text(each.check.verdict));
      reply.body += " decision " + (each.decision ? each.decision->id.text : "none");
      reply.body += ' ' + display_number(each.prototype.number);
      if (each.prototype.stage == Stage::voting) reply.status = 202;
    }
    return reply;
  }

  // The moment stands where a signature would.
  std::vector<OutboundRequest> write_back(const Conclusion& conclusion, UtcTime at) const override {
    if (callback_.empty()) return {};
    return {
        {.method = "POST",
         .url = callback_,
         .headers = {{"message", conclusion.message}, {"at", to_text(at)}},
         .body = conclusion.about.key + ' ' + std::string(to_text(conclusion.decision.outcome))}};
  }

 private:
  const std::string callback_;
};

}  // namespace lockgate::test
