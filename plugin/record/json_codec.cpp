#include "plugin/record/json_codec.hpp"

#include <stdexcept>
#include <type_traits>

#include <boost/json.hpp>

namespace lockgate::record {
namespace {

namespace json = boost::json;

// Each type lists its members once, in `members`; an archive writes or reads them.
class Writer {
 public:
  template <class T>
  using Ref = const T&;

  template <class T>
  void operator()(std::string_view name, const T& value) {
    object_[name] = write(value);
  }
  json::object take() { return std::move(object_); }

  static json::value write(const std::string& text) { return json::string(text); }
  static json::value write(bool value) { return value; }
  static json::value write(int value) { return value; }
  static json::value write(std::int64_t value) { return value; }
  static json::value write(UtcTime time) { return json::string(to_text(time)); }
  template <class Tag>
  static json::value write(const Id<Tag>& id) {
    return json::string(id.text);
  }
  template <class T>
  requires std::is_enum_v<T>
  static json::value write(T value) { return json::string(to_text(value)); }
  static json::value write(const FactValue& value);
  static json::value write(const std::pair<std::string, Outcome>& pair) {
    return json::array{json::string(pair.first), write(pair.second)};
  }
  template <class T>
  static json::value write(const std::optional<T>& value) {
    return value ? write(*value) : json::value(nullptr);
  }
  template <class T>
  static json::value write(const std::vector<T>& values) {
    json::array array;
    array.reserve(values.size());
    for (const T& value : values) array.push_back(write(value));
    return array;
  }
  template <class T>
  requires requires(Writer& writer, const T& value) { members(writer, value); }
  static json::value write(const T& value) {
    Writer writer;
    members(writer, value);
    return writer.take();
  }

 private:
  json::object object_;
};

// What another enum's word gives.
void parse(std::string_view text, std::optional<Gate>& value) { value = gate_from_text(text); }
void parse(std::string_view text, std::optional<Outcome>& value) {
  value = outcome_from_text(text);
}
void parse(std::string_view text, std::optional<Verdict>& value) {
  value = verdict_from_text(text);
}
void parse(std::string_view text, std::optional<Choice>& value) { value = choice_from_text(text); }
void parse(std::string_view text, std::optional<BallotState>& value) {
  value = ballot_state_from_text(text);
}
void parse(std::string_view text, std::optional<DecisionOutcome>& value) {
  value = decision_outcome_from_text(text);
}
void parse(std::string_view text, std::optional<ConditionState>& value) {
  value = condition_state_from_text(text);
}
void parse(std::string_view text, std::optional<LessonResult>& value) {
  value = lesson_result_from_text(text);
}
void parse(std::string_view text, std::optional<Stage>& value) { value = stage_from_text(text); }

template <class T>
T need(std::optional<T> value) {
  if (!value) throw std::invalid_argument("an unknown word");
  return *value;
}

// Throws whatever Boost.JSON throws, or std::invalid_argument.
class Reader {
 public:
  template <class T>
  using Ref = T&;

  explicit Reader(const json::object& object) : object_(object) {}

  template <class T>
  void operator()(std::string_view name, T& value) {
    read(object_.at(name), value);
  }

  static void read(const json::value& from, std::string& text) { text = from.as_string(); }
  static void read(const json::value& from, bool& value) { value = from.as_bool(); }
  static void read(const json::value& from, int& value) { value = from.to_number<int>(); }
  static void read(const json::value& from, std::int64_t& value) { value = from.as_int64(); }
  static void read(const json::value& from, UtcTime& time) {
    time = need(time_from_text(from.as_string()));
  }
  template <class Tag>
  static void read(const json::value& from, Id<Tag>& id) {
    id.text = from.as_string();
  }
  template <class T>
  requires std::is_enum_v<T>
  static void read(const json::value& from, T& value) {
    std::optional<T> word;
    parse(from.as_string(), word);
    value = need(word);
  }
  static void read(const json::value& from, FactValue& value);
  static void read(const json::value& from, std::pair<std::string, Outcome>& pair) {
    read(from.as_array().at(0), pair.first);
    read(from.as_array().at(1), pair.second);
  }
  template <class T>
  static void read(const json::value& from, std::optional<T>& value) {
    value.reset();
    if (!from.is_null()) read(from, value.emplace());
  }
  template <class T>
  static void read(const json::value& from, std::vector<T>& values) {
    values.clear();
    for (const json::value& each : from.as_array()) read(each, values.emplace_back());
  }
  template <class T>
  requires requires(Reader& reader, T& value) { members(reader, value); }
  static void read(const json::value& from, T& value) {
    Reader reader(from.as_object());
    members(reader, value);
  }

 private:
  const json::object& object_;
};

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

json::value Writer::write(const FactValue& value) {
  return std::visit(
      [](const auto& held) -> json::value {
        using T = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
          return nullptr;
        } else if constexpr (std::is_same_v<T, FactMap>) {
          json::object object;
          for (const auto& [key, each] : held) object[key] = write(each);
          return object;
        } else if constexpr (std::is_same_v<T, FactList> || std::is_same_v<T, std::string>) {
          return write(held);
        } else {
          return held;
        }
      },
      static_cast<const FactValue::variant&>(value));
}

void Reader::read(const json::value& from, FactValue& value) {
  switch (from.kind()) {
    case json::kind::null:
      value = std::monostate();
      return;
    case json::kind::bool_:
      value = from.get_bool();
      return;
    case json::kind::int64:
      value = from.get_int64();
      return;
    case json::kind::uint64:
      value = from.get_uint64();
      return;
    case json::kind::double_:
      value = from.get_double();
      return;
    case json::kind::string:
      value = std::string(from.get_string());
      return;
    case json::kind::array: {
      FactList list;
      read(from, list);
      value = std::move(list);
      return;
    }
    case json::kind::object: {
      FactMap map;
      for (const auto& [key, each] : from.get_object()) {
        read(each, map.emplace_back(std::string(key), FactValue()).second);
      }
      value = std::move(map);
      return;
    }
  }
}

template <class Variant>
std::string type_and_members(const char* const (&names)[std::variant_size_v<Variant>],
                             const Variant& variant, json::object object) {
  json::value value = std::visit([](const auto& held) { return Writer::write(held); }, variant);
  object["type"] = names[variant.index()];
  for (auto& [key, member] : value.as_object()) object[key] = std::move(member);
  return json::serialize(object);
}

template <class Variant, std::size_t I = 0>
void read_variant(const char* const (&names)[std::variant_size_v<Variant>],
                  const json::object& object, Variant& variant) {
  if constexpr (I == std::variant_size_v<Variant>) {
    throw std::invalid_argument("an unknown type");
  } else if (object.at("type").as_string() == names[I]) {
    Reader reader(object);
    members(reader, variant.template emplace<I>());
  } else {
    read_variant<Variant, I + 1>(names, object, variant);
  }
}

constexpr const char* kEvents[] = {"checked", "vote_cast", "ballot_timed_out", "lesson_written"};
constexpr const char* kEffects[] = {"write_back", "wake_at"};

// Whatever went wrong in reading: the text is ours, and not as we wrote it.
template <class T, class Read>
Result<T> guarded(std::string_view text, Read read) {
  try {
    json::parse_options options;
    options.max_depth = 64;
    const json::value parsed = json::parse(text, {}, options);
    T value;
    read(parsed, value);
    return value;
  } catch (const std::exception&) {
    return fail(Errc::internal, "a stored record cannot be read: it is not as it was written");
  }
}

}  // namespace

std::string to_json(const Event& event) {
  return type_and_members(kEvents, event.what, {{"at", to_text(event.at)}});
}

std::string to_json(const Prototype& prototype) {
  return json::serialize(Writer::write(prototype));
}

std::string to_json(const Effect& effect) { return type_and_members(kEffects, effect, {}); }

std::string to_json(const FactValue& value) { return json::serialize(Writer::write(value)); }

Result<Event> event_from_json(std::string_view text) {
  return guarded<Event>(text, [](const json::value& from, Event& event) {
    Reader::read(from.as_object().at("at"), event.at);
    read_variant(kEvents, from.as_object(), event.what);
  });
}

Result<Prototype> prototype_from_json(std::string_view text) {
  return guarded<Prototype>(
      text, [](const json::value& from, Prototype& prototype) { Reader::read(from, prototype); });
}

Result<Effect> effect_from_json(std::string_view text) {
  return guarded<Effect>(text, [](const json::value& from, Effect& effect) {
    read_variant(kEffects, from.as_object(), effect);
  });
}

Result<FactValue> fact_value_from_json(std::string_view text) {
  return guarded<FactValue>(
      text, [](const json::value& from, FactValue& value) { Reader::read(from, value); });
}

}  // namespace lockgate::record
