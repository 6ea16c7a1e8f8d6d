#include "plugin/record/canonical.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace lockgate::record {
namespace {

void append(const boost::json::value& value, std::string& out);

void append(const boost::json::object& object, std::string& out) {
  std::vector<const boost::json::key_value_pair*> members;
  members.reserve(object.size());
  for (const auto& member : object) members.push_back(&member);
  std::sort(members.begin(), members.end(),
            [](const auto* a, const auto* b) { return a->key() < b->key(); });
  out += '{';
  for (const auto* member : members) {
    if (out.back() != '{') out += ',';
    out += boost::json::serialize(member->key());
    out += ':';
    append(member->value(), out);
  }
  out += '}';
}

void append(const boost::json::value& value, std::string& out) {
  if (const auto* object = value.if_object()) return append(*object, out);
  if (const auto* array = value.if_array()) {
    out += '[';
    for (const auto& each : *array) {
      if (out.back() != '[') out += ',';
      append(each, out);
    }
    out += ']';
    return;
  }
  if (value.is_double()) throw std::logic_error("a double in a signed record");
  out += boost::json::serialize(value);
}

}  // namespace

std::string canonical(const boost::json::value& value) {
  std::string out;
  append(value, out);
  return out;
}

}  // namespace lockgate::record
