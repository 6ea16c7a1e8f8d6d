// How a value becomes JSON and JSON a value: two archives with one shape.

#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "lockgate/event.hpp"
#include "lockgate/prototype.hpp"

namespace lockgate::record {

namespace json = boost::json;

// Each type lists its members once, in `members` (json_members.hpp); an archive writes or reads
// them.
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
inline void parse(std::string_view text, std::optional<Gate>& value) {
  value = gate_from_text(text);
}
inline void parse(std::string_view text, std::optional<Outcome>& value) {
  value = outcome_from_text(text);
}
inline void parse(std::string_view text, std::optional<Verdict>& value) {
  value = verdict_from_text(text);
}
inline void parse(std::string_view text, std::optional<Choice>& value) {
  value = choice_from_text(text);
}
inline void parse(std::string_view text, std::optional<BallotState>& value) {
  value = ballot_state_from_text(text);
}
inline void parse(std::string_view text, std::optional<DecisionOutcome>& value) {
  value = decision_outcome_from_text(text);
}
inline void parse(std::string_view text, std::optional<ConditionState>& value) {
  value = condition_state_from_text(text);
}
inline void parse(std::string_view text, std::optional<LessonResult>& value) {
  value = lesson_result_from_text(text);
}
inline void parse(std::string_view text, std::optional<Stage>& value) {
  value = stage_from_text(text);
}

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

}  // namespace lockgate::record
