#include "plugin/record/json_codec.hpp"

#include <stdexcept>

#include "plugin/record/json_members.hpp"

namespace lockgate::record {

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

namespace {

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
