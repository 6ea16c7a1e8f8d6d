// The members of each type that is stored, listed once for writing and reading.

#pragma once

#include "plugin/record/json_archive.hpp"

namespace lockgate::record {

template <class A>
void members(A& a, typename A::template Ref<KeptFact> fact) {
  a("path", fact.path);
  a("value", fact.value);
  a("text", fact.text);
}

template <class A>
void members(A& a, typename A::template Ref<Finding> finding) {
  a("rule", finding.rule);
  a("outcome", finding.outcome);
  a("question", finding.question);
  a("to", finding.to);
  a("say", finding.say);
  a("fix", finding.fix);
  a("takes", finding.takes);
  a("before", finding.before);
  a("basis", finding.basis);
  a("source", finding.source);
  a("facts", finding.facts);
  a("waits_for", finding.waits_for);
  a("trouble", finding.trouble);
}

template <class A>
void members(A& a, typename A::template Ref<Question> question) {
  a("fact", question.fact);
  a("text", question.text);
  a("rules", question.rules);
}

template <class A>
void members(A& a, typename A::template Ref<Check> check) {
  a("id", check.id);
  a("number", check.number);
  a("gate", check.gate);
  a("verdict", check.verdict);
  a("findings", check.findings);
  a("questions", check.questions);
  a("unknown", check.unknown);
  a("facts", check.facts);
  a("rule_set", check.rule_set);
  a("engine", check.engine);
  a("at", check.at);
  a("strict", check.strict);
}

template <class A>
void members(A& a, typename A::template Ref<Vote> vote) {
  a("member", vote.member);
  a("choice", vote.choice);
  a("reasons", vote.reasons);
  a("note", vote.note);
  a("conditions", vote.conditions);
  a("not_mine", vote.not_mine);
  a("at", vote.at);
}

template <class A>
void members(A& a, typename A::template Ref<Seat> seat) {
  a("id", seat.id);
  a("name", seat.name);
  a("member", seat.member);
  a("required", seat.required);
  a("veto", seat.veto);
  a("own", seat.own);
  a("rules", seat.rules);
}

template <class A>
void members(A& a, typename A::template Ref<BallotTerms> terms) {
  a("board", terms.board);
  a("board_name", terms.board_name);
  a("seats", terms.seats);
  a("quorum", terms.quorum);
  a("proposer_known", terms.proposer_known);
  a("closes_at", terms.closes_at);
  a("extended_to", terms.extended_to);
}

template <class A>
void members(A& a, typename A::template Ref<Ballot> ballot) {
  a("id", ballot.id);
  a("terms", ballot.terms);
  a("state", ballot.state);
  a("votes", ballot.votes);
  a("check", ballot.check);
  a("opened_at", ballot.opened_at);
  a("extended", ballot.extended);
}

template <class A>
void members(A& a, typename A::template Ref<Condition> condition) {
  a("rule", condition.rule);
  a("say", condition.say);
  a("text", condition.text);
  a("to", condition.to);
  a("before", condition.before);
  a("state", condition.state);
}

template <class A>
void members(A& a, typename A::template Ref<Decision> decision) {
  a("id", decision.id);
  a("gate", decision.gate);
  a("outcome", decision.outcome);
  a("check", decision.check);
  a("verdict", decision.verdict);
  a("authority", decision.authority);
  a("conditions", decision.conditions);
  a("rule_set", decision.rule_set);
  a("at", decision.at);
}

template <class A>
void members(A& a, typename A::template Ref<Lesson> lesson) {
  a("result", lesson.result);
  a("expected", lesson.expected);
  a("happened", lesson.happened);
  a("next", lesson.next);
  a("by", lesson.by);
  a("at", lesson.at);
}

template <class A>
void members(A& a, typename A::template Ref<CaseRef> about) {
  a("source", about.source);
  a("key", about.key);
}

template <class A>
void members(A& a, typename A::template Ref<CheckRef> check) {
  a("id", check.id);
  a("number", check.number);
  a("version", check.version);
  a("gate", check.gate);
  a("verdict", check.verdict);
  a("rule_set", check.rule_set);
  a("findings", check.findings);
}

template <class A>
void members(A& a, typename A::template Ref<Prototype> prototype) {
  a("id", prototype.id);
  a("version", prototype.version);
  a("number", prototype.number);
  a("about", prototype.about);
  a("organisation", prototype.organisation);
  a("title", prototype.title);
  a("proposer", prototype.proposer);
  a("stage", prototype.stage);
  a("gate", prototype.gate);
  a("checks", prototype.checks);
  a("check", prototype.check);
  a("ballots", prototype.ballots);
  a("decision", prototype.decision);
  a("lesson", prototype.lesson);
  a("updated_at", prototype.updated_at);
}

template <class A>
void members(A& a, typename A::template Ref<BallotDraft> draft) {
  a("id", draft.id);
  a("terms", draft.terms);
}

template <class A>
void members(A& a, typename A::template Ref<Checked> checked) {
  a("check", checked.check);
  a("delivery", checked.delivery);
  a("number", checked.number);
  a("about", checked.about);
  a("organisation", checked.organisation);
  a("title", checked.title);
  a("proposer", checked.proposer);
  a("ballots", checked.ballots);
  a("decision", checked.decision);
  a("editors", checked.editors);
  a("body_hash", checked.body_hash);
}

template <class A>
void members(A& a, typename A::template Ref<VoteCast> cast) {
  a("ballot", cast.ballot);
  a("vote", cast.vote);
  a("seen", cast.seen);
  a("decision", cast.decision);
}

template <class A>
void members(A& a, typename A::template Ref<BallotTimedOut> timed_out) {
  a("ballot", timed_out.ballot);
  a("decision", timed_out.decision);
}

template <class A>
void members(A& a, typename A::template Ref<LessonWritten> written) {
  a("lesson", written.lesson);
}

template <class A>
void members(A& a, typename A::template Ref<WriteBack> promise) {
  a("decision", promise.decision);
}

template <class A>
void members(A& a, typename A::template Ref<WakeAt> promise) {
  a("ballot", promise.ballot);
  a("at", promise.at);
}

}  // namespace lockgate::record
