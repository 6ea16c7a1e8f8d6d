#include "rules/toml_value.hpp"

namespace lockgate::rules {
namespace {

std::string padded(unsigned number, std::size_t width) {
  std::string digits = std::to_string(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::string text_of(const toml::date& date) {
  return padded(date.year, 4) + '-' + padded(date.month, 2) + '-' + padded(date.day, 2);
}

std::string text_of(const toml::time& time) {
  std::string text =
      padded(time.hour, 2) + ':' + padded(time.minute, 2) + ':' + padded(time.second, 2);
  if (time.nanosecond > 0) text += '.' + padded(time.nanosecond, 9);
  return text;
}

std::string text_of(const toml::date_time& moment) {
  std::string text = text_of(moment.date) + 'T' + text_of(moment.time);
  if (!moment.offset) return text;
  const int minutes = moment.offset->minutes;
  if (minutes == 0) return text + 'Z';
  const auto size = static_cast<unsigned>(minutes < 0 ? -minutes : minutes);
  return text + (minutes < 0 ? '-' : '+') + padded(size / 60, 2) + ':' + padded(size % 60, 2);
}

}  // namespace

FactValue to_fact_value(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return node.ref<std::string>();
    case toml::node_type::integer:
      return node.ref<std::int64_t>();
    case toml::node_type::floating_point:
      return node.ref<double>();
    case toml::node_type::boolean:
      return node.ref<bool>();
    case toml::node_type::date:
      return text_of(node.ref<toml::date>());
    case toml::node_type::time:
      return text_of(node.ref<toml::time>());
    case toml::node_type::date_time:
      return text_of(node.ref<toml::date_time>());
    case toml::node_type::array: {
      FactList list;
      for (const toml::node& each : *node.as_array()) list.push_back(to_fact_value(each));
      return list;
    }
    case toml::node_type::table: {
      FactMap map;
      for (const auto& [key, each] : *node.as_table()) {
        map.emplace_back(std::string(key.str()), to_fact_value(each));
      }
      return map;
    }
    case toml::node_type::none:
      break;
  }
  return {};
}

}  // namespace lockgate::rules
