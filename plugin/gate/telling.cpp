#include "plugin/gate/telling.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "plugin/workflow/decide.hpp"

namespace lockgate::gate {
namespace {

Result<std::vector<std::string>> in_words(const std::vector<Condition>& conditions, Store& store) {
  std::vector<TextId> ids;
  for (const Condition& condition : conditions) {
    if (!condition.text.empty()) ids.push_back(condition.text);
  }
  std::vector<Text> texts;
  if (!ids.empty()) {
    LOCKGATE_TRY(texts, store.texts(ids));
  }
  std::vector<std::string> words;
  for (const Condition& condition : conditions) {
    if (condition.text.empty()) {
      words.push_back(condition.say);
      continue;
    }
    const auto text = std::find_if(texts.begin(), texts.end(),
                                   [&](const Text& each) { return each.id == condition.text; });
    words.push_back(text == texts.end() ? "(erased)" : text->text);
  }
  return words;
}

}  // namespace

Result<Conclusion> conclusion_of(const Due& due, const WriteBack& promise, Store& store,
                                 const std::string& public_url) {
  LOCKGATE_TRY(const std::vector<Event> history, store.history(due.prototype));
  Prototype now{.id = due.prototype};
  for (const Event& event : history) {
    LOCKGATE_TRY(workflow::Step step, workflow::decide(now, event));
    now = std::move(step.next);
    if (now.decision && now.decision->id == promise.decision) break;
  }
  if (!now.decision || now.decision->id != promise.decision) {
    return fail(Errc::internal, "the history holds no decision " + promise.decision.text);
  }
  Conclusion conclusion{.message = due.id,
                        .about = now.about,
                        .number = now.number,
                        .decision = *now.decision,
                        .findings = {},
                        .conditions = {},
                        .prototype_url = public_url + "/p/" + display_number(now.number)};
  for (const Event& event : history) {
    const auto* checked = std::get_if<Checked>(&event.what);
    if (checked != nullptr && checked->check.id == now.decision->check) {
      conclusion.findings = checked->check.findings;
    }
  }
  LOCKGATE_TRY(conclusion.conditions, in_words(now.decision->conditions, store));
  return conclusion;
}

}  // namespace lockgate::gate
