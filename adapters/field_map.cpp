#include "adapters/field_map.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

namespace lockgate::adapters {
namespace {

constexpr std::size_t kCaseCharacters = 200;
constexpr std::size_t kTitleCharacters = 500;
constexpr std::size_t kPersonCharacters = 320;  // an e-mail address at its longest
constexpr std::size_t kEditors = 100;

std::optional<JsonPointer> place(const std::string& pointer) {
  return pointer.empty() ? std::nullopt : JsonPointer::parse(pointer);
}

std::string_view kind_of(const FactValue& value) {
  constexpr std::string_view kKinds[] = {"null",     "true or false", "a number", "a number",
                                         "a number", "text",          "a list",   "an object"};
  return kKinds[value.index()];
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

// Reads one message; collects what is wrong with it.
class Reading {
 public:
  explicit Reading(const FactValue& message) : message_(message) {}

  // nullptr if it is not mapped, absent or null.
  const FactValue* at(const std::optional<JsonPointer>& pointer) const {
    if (!pointer) return nullptr;
    const FactValue* value = pointer->find(message_);
    return value && std::holds_alternative<std::monostate>(*value) ? nullptr : value;
  }

  // One line of at most `most` characters; empty if there is none.
  std::string line(const std::optional<JsonPointer>& pointer, std::string_view what,
                   std::size_t most) {
    const FactValue* value = at(pointer);
    if (!value) return {};
    return line_of(*value, pointer->text(), what, most);
  }

  std::string line_of(const FactValue& value, const std::string& pointer, std::string_view what,
                      std::size_t most) {
    const auto* text = std::get_if<std::string>(&value);
    if (!text) {
      complain(pointer, std::string(what) + " is " + std::string(kind_of(value)), "send text");
      return {};
    }
    if (characters(*text) > most) {
      complain(pointer,
               std::string(what) + " is longer than " + std::to_string(most) + " characters",
               "send a shorter one");
      return {};
    }
    if (has_control(*text)) {
      complain(pointer, std::string(what) + " holds a control character", "send one line of text");
      return {};
    }
    return *text;
  }

  void complain(std::string pointer, std::string detail, std::string fix) {
    problems_.push_back({std::move(pointer), std::move(detail), std::move(fix)});
  }

  std::vector<Problem> take_problems() { return std::move(problems_); }

 private:
  const FactValue& message_;
  std::vector<Problem> problems_;
};

std::string read_case(Reading& reading, const std::optional<JsonPointer>& pointer) {
  const std::string where = pointer ? pointer->text() : "";
  const FactValue* value = reading.at(pointer);
  if (!value) {
    reading.complain(where, "the case is missing", "send the case's key as text");
    return {};
  }
  // Some systems send the same key now as a number, now as text.
  if (const auto* number = std::get_if<std::int64_t>(value)) return std::to_string(*number);
  if (const auto* number = std::get_if<std::uint64_t>(value)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(value); text && text->empty()) {
    reading.complain(where, "the case is empty", "send the case's key");
    return {};
  }
  return reading.line_of(*value, where, "the case", kCaseCharacters);
}

Gate read_gate(Reading& reading, const std::optional<JsonPointer>& pointer) {
  const FactValue* value = reading.at(pointer);
  if (!value) return Gate::submit;
  const auto* text = std::get_if<std::string>(value);
  const auto gate = text ? gate_from_text(*text) : std::nullopt;
  if (!gate) {
    reading.complain(
        pointer->text(),
        text ? "`" + *text + "` is not a gate" : "the gate is " + std::string(kind_of(*value)),
        "send `submit`, `decide`, `run` or `close`");
  }
  return gate.value_or(Gate::submit);
}

std::vector<std::string> read_editors(Reading& reading, const std::optional<JsonPointer>& pointer) {
  std::vector<std::string> editors;
  const FactValue* value = reading.at(pointer);
  if (!value) return editors;
  const auto* list = std::get_if<FactList>(value);
  if (!list) {
    editors.push_back(reading.line_of(*value, pointer->text(), "an editor", kPersonCharacters));
  } else if (list->size() > kEditors) {
    reading.complain(pointer->text(), "there are more than 100 editors", "send fewer");
  } else {
    for (std::size_t i = 0; i < list->size(); ++i) {
      editors.push_back(reading.line_of((*list)[i], pointer->text() + '/' + std::to_string(i),
                                        "an editor", kPersonCharacters));
    }
  }
  std::erase(editors, std::string());
  return editors;
}

}  // namespace

FieldMap::FieldMap(const MapSettings& settings)
    : case_key_(place(settings.case_key)),
      title_(place(settings.title)),
      gate_(place(settings.gate)),
      proposer_(place(settings.proposer)),
      editors_(place(settings.editors)),
      facts_(place(settings.facts)) {
  for (const auto& [path, pointer] : settings.fact) {
    if (auto parsed = JsonPointer::parse(pointer)) fact_.emplace_back(path, *std::move(parsed));
  }
}

Result<Submission> FieldMap::read(FactValue message) const {
  Reading reading(message);
  Submission submission;
  submission.case_key = read_case(reading, case_key_);
  submission.gate = read_gate(reading, gate_);
  submission.title = reading.line(title_, "the title", kTitleCharacters);
  submission.proposer = reading.line(proposer_, "the proposer", kPersonCharacters);
  submission.editors = read_editors(reading, editors_);
  const FactValue* const facts = reading.at(facts_);
  if (facts && !std::holds_alternative<FactMap>(*facts)) {
    reading.complain(facts_->text(), "the facts are " + std::string(kind_of(*facts)),
                     "send an object");
  }
  if (auto problems = reading.take_problems(); !problems.empty()) {
    return fail(Errc::invalid, "the message lacks what the source's mapping needs",
                std::move(problems));
  }

  // The single facts are copied before the tree, which may hold them, is moved.
  submission.facts.reserve(fact_.size() + 1);
  if (facts) submission.facts.push_back({"", facts_->text(), FactValue()});
  for (const auto& [path, pointer] : fact_) {
    if (const FactValue* value = pointer.find(message)) {
      submission.facts.push_back({path, pointer.text(), *value});
    }
  }
  if (facts) submission.facts.front().value = std::move(*facts_->find(message));
  return submission;
}

}  // namespace lockgate::adapters
