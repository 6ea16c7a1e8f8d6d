#include "plugin/web/prototype_file.hpp"

#include <variant>

namespace lockgate::web {
namespace {

class TextIds {
 public:
  void add(const TextId& id) {
    if (!id.empty()) ids_.push_back(id);
  }
  void add(const std::vector<KeptFact>& facts) {
    for (const KeptFact& fact : facts) add(fact.text);
  }
  void add(const Vote& vote) {
    add(vote.reasons);
    add(vote.note);
    for (const TextId& condition : vote.conditions) add(condition);
  }
  std::vector<TextId> take() && { return std::move(ids_); }

 private:
  std::vector<TextId> ids_;
};

std::vector<TextId> texts_of(const Prototype& prototype, const Check& check) {
  TextIds ids;
  ids.add(prototype.title);
  ids.add(prototype.proposer);
  for (const Ballot& ballot : prototype.ballots) {
    for (const Vote& vote : ballot.votes) ids.add(vote);
  }
  if (prototype.decision) {
    for (const Condition& condition : prototype.decision->conditions) ids.add(condition.text);
  }
  if (const auto& lesson = prototype.lesson) {
    ids.add(lesson->expected);
    ids.add(lesson->happened);
    ids.add(lesson->next);
  }
  ids.add(check.facts);
  for (const Finding& finding : check.findings) ids.add(finding.facts);
  return std::move(ids).take();
}

Result<Check> latest_check(const Prototype& prototype, const std::vector<Event>& history) {
  const auto version = prototype.check ? static_cast<std::size_t>(prototype.check->version) : 0;
  if (version == 0 || version > history.size()) {
    return fail(Errc::internal, "the history of a prototype lacks its latest check");
  }
  const auto* checked = std::get_if<Checked>(&history[version - 1].what);
  if (!checked) return fail(Errc::internal, "the state names a check that is no check");
  return checked->check;
}

}  // namespace

std::string PrototypeFile::title() const { return title_of(prototype.title, texts); }

std::string title_of(const TextId& title, const Texts& texts) {
  const std::string text = texts.of(title);
  return text.empty() ? "Untitled" : text;
}

Result<PrototypeFile> read_file(const Office& office, const net::Request& request) {
  PrototypeFile file;
  LOCKGATE_TRY(file.prototype, office.prototype(request));
  LOCKGATE_TRY(file.history, office.store().history(file.prototype.id));
  LOCKGATE_TRY(file.check, latest_check(file.prototype, file.history));
  LOCKGATE_TRY(file.texts, read_texts(office, texts_of(file.prototype, file.check)));
  LOCKGATE_TRY(file.names, read_names(office));
  return file;
}

Result<Names> read_names(const Office& office) {
  LOCKGATE_TRY(const std::vector<Member> members, office.board().members());
  std::vector<TextId> ids;
  for (const Member& member : members) ids.push_back(member.name);
  LOCKGATE_TRY(const Texts texts, read_texts(office, ids));
  std::map<MemberId, std::string> names;
  for (const Member& member : members) names.emplace(member.login, texts.of(member.name));
  return Names(std::move(names));
}

Result<Texts> read_texts(const Office& office, const std::vector<TextId>& ids) {
  LOCKGATE_TRY(std::vector<Text> texts, office.store().texts(ids));
  return Texts(std::move(texts));
}

}  // namespace lockgate::web
