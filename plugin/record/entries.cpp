#include "plugin/record/entries.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "plugin/record/canonical.hpp"
#include "plugin/record/digest.hpp"
#include "plugin/record/json_codec.hpp"

namespace lockgate::record {
namespace {

namespace json = boost::json;

json::string text(std::string_view value) { return json::string(value); }

template <class Tag>
json::array ids(const std::vector<Id<Tag>>& list) {
  json::array array;
  for (const auto& id : list) array.push_back(text(id.text));
  return array;
}

json::array texts(const std::vector<std::string>& list) {
  json::array array;
  for (const std::string& each : list) array.push_back(text(each));
  return array;
}

// The facts may hold doubles, and may have to be erased: their hash stands for them.
std::string facts_hash(const std::vector<KeptFact>& facts) {
  std::string bytes;
  for (const KeptFact& fact : facts) {
    bytes += fact.path + '\n' + (fact.text.empty() ? to_json(fact.value) : fact.text.text) + '\n';
  }
  return sha256_hex(bytes);
}

json::object check_entry(const Checked& checked) {
  const Check& check = checked.check;
  json::array findings;
  for (const Finding& finding : check.findings) {
    findings.push_back(json::object{{"rule", text(finding.rule)},
                                    {"outcome", text(to_text(finding.outcome))},
                                    {"to", text(finding.to)}});
  }
  return {{"type", "check"},
          {"check", text(check.id.text)},
          {"number", check.number},
          {"gate", text(to_text(check.gate))},
          {"verdict", text(to_text(check.verdict))},
          {"findings", std::move(findings)},
          {"unknown", texts(check.unknown)},
          {"facts", facts_hash(check.facts)},
          {"rule_set", text(check.rule_set)},
          {"engine", text(check.engine)},
          {"strict", check.strict},
          {"source", text(checked.about.source.text)},
          {"case", sha256_hex(checked.about.source.text + '\n' + checked.about.key)},
          {"delivery", text(checked.delivery)}};
}

json::object vote_entry(const VoteCast& cast) {
  return {{"type", "vote"},
          {"ballot", text(cast.ballot.text)},
          {"member", text(cast.vote.member.text)},
          {"choice", text(to_text(cast.vote.choice))},
          {"reasons", text(cast.vote.reasons.text)},
          {"note", text(cast.vote.note.text)},
          {"conditions", ids(cast.vote.conditions)},
          {"not_mine", cast.vote.not_mine},
          {"check", text(cast.seen.text)}};
}

json::object opened_entry(const Ballot& ballot) {
  json::array seats;
  for (const Seat& seat : ballot.terms.seats) {
    seats.push_back(json::object{{"seat", text(seat.id.text)},
                                 {"member", text(seat.member.text)},
                                 {"required", seat.required},
                                 {"veto", seat.veto},
                                 {"own", seat.own},
                                 {"rules", texts(seat.rules)}});
  }
  return {{"type", "ballot_opened"},
          {"ballot", text(ballot.id.text)},
          {"board", text(ballot.terms.board.text)},
          {"check", text(ballot.check.text)},
          {"quorum", ballot.terms.quorum},
          {"proposer_known", ballot.terms.proposer_known},
          {"closes_at", to_text(ballot.terms.closes_at)},
          {"seats", std::move(seats)}};
}

json::object closed_entry(const Ballot& ballot) {
  return {{"type", "ballot_closed"},
          {"ballot", text(ballot.id.text)},
          {"state", text(to_text(ballot.state))}};
}

json::object extended_entry(const Ballot& ballot) {
  return {{"type", "ballot_extended"},
          {"ballot", text(ballot.id.text)},
          {"closes_at", to_text(ballot.terms.closes_at)}};
}

json::object decision_entry(const Decision& decision) {
  json::array conditions;
  for (const Condition& condition : decision.conditions) {
    conditions.push_back(json::object{{"rule", text(condition.rule)},
                                      {"text", text(condition.text.text)},
                                      {"to", text(condition.to)},
                                      {"before", text(condition.before)}});
  }
  return {{"type", "decision"},
          {"decision", text(decision.id.text)},
          {"gate", text(to_text(decision.gate))},
          {"outcome", text(to_text(decision.outcome))},
          {"check", text(decision.check.text)},
          {"verdict", text(to_text(decision.verdict))},
          {"authority", texts(decision.authority)},
          {"conditions", std::move(conditions)},
          {"rule_set", text(decision.rule_set)}};
}

json::object deadline_entry(const BallotTimedOut& timed_out) {
  return {{"type", "deadline"}, {"ballot", text(timed_out.ballot.text)}};
}

json::object lesson_entry(const Lesson& lesson) {
  return {{"type", "lesson"},
          {"result", text(to_text(lesson.result))},
          {"expected", text(lesson.expected.text)},
          {"happened", text(lesson.happened.text)},
          {"next", text(lesson.next.text)},
          {"by", text(lesson.by.text)}};
}

bool over(const Ballot& ballot) {
  return ballot.state != BallotState::open && ballot.state != BallotState::paused;
}

void add_ballots(const Prototype& before, const Prototype& after,
                 std::vector<json::object>& entries) {
  const auto find = [](const Prototype& prototype, const BallotId& id) {
    const auto found = std::find_if(prototype.ballots.begin(), prototype.ballots.end(),
                                    [&](const Ballot& each) { return each.id == id; });
    return found == prototype.ballots.end() ? nullptr : &*found;
  };
  for (const Ballot& was : before.ballots) {
    const Ballot* is = find(after, was.id);
    if (!is && !over(was)) {  // a new round began without it
      Ballot withdrawn = was;
      withdrawn.state = BallotState::withdrawn;
      entries.push_back(closed_entry(withdrawn));
    } else if (is && !over(was) && over(*is)) {
      entries.push_back(closed_entry(*is));
    } else if (is && !was.extended && is->extended) {
      entries.push_back(extended_entry(*is));
    }
  }
  for (const Ballot& is : after.ballots) {
    if (!find(before, is.id)) entries.push_back(opened_entry(is));
  }
}

Entry finish(json::object entry, std::string_view at) {
  entry["at"] = text(at);
  std::string kind(entry.at("type").as_string());
  return {.kind = std::move(kind), .body = canonical(entry)};
}

}  // namespace

std::vector<Entry> entries_for(const Prototype& before, const Event& event,
                               const Prototype& after) {
  struct Happened {
    json::object operator()(const Checked& checked) const { return check_entry(checked); }
    json::object operator()(const VoteCast& cast) const { return vote_entry(cast); }
    json::object operator()(const BallotTimedOut& late) const { return deadline_entry(late); }
    json::object operator()(const LessonWritten& written) const {
      return lesson_entry(written.lesson);
    }
  };
  std::vector<json::object> entries;
  entries.push_back(std::visit(Happened{}, event.what));
  entries.back()["event"] = sha256_hex(to_json(event));
  add_ballots(before, after, entries);
  if (after.decision && after.decision != before.decision) {
    entries.push_back(decision_entry(*after.decision));
  }

  const std::string at = to_text(event.at);
  std::vector<Entry> finished;
  for (json::object& entry : entries) {
    entry["prototype"] = display_number(after.number);
    entry["version"] = after.version;
    finished.push_back(finish(std::move(entry), at));
  }
  return finished;
}

Entry member_entry(const Member& member, UtcTime at) {
  return finish({{"type", "member"},
                 {"member", text(member.login.text)},
                 {"name", text(member.name.text)},
                 {"aliases", ids(member.aliases)},
                 {"admin", member.admin}},
                to_text(at));
}

Entry rule_set_entry(const std::string& hash, UtcTime at) {
  return finish({{"type", "rule_set"}, {"rule_set", text(hash)}}, to_text(at));
}

}  // namespace lockgate::record
