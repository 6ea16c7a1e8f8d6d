#include "rules/cel/type.hpp"

#include <algorithm>
#include <atomic>

#include "rules/cel/value.hpp"

namespace lockgate::cel {
namespace {

std::atomic<std::uint64_t> next_record = 1;

}  // namespace

Type Type::list(Type element) {
  Type type(Kind::list);
  type.parameters_.push_back(std::move(element));
  return type;
}

Type Type::map(Type key, Type value) {
  Type type(Kind::map);
  type.parameters_ = {std::move(key), std::move(value)};
  return type;
}

Type Type::record(std::shared_ptr<const Record> record) {
  Type type = map(Kind::string, {});
  type.record_ = std::move(record);
  return type;
}

Record::Record(std::vector<Field> fields_given)
    : id(next_record.fetch_add(1)), fields(std::move(fields_given)) {
  constexpr std::ptrdiff_t most_kept = 6;
  const auto optional = std::count_if(fields.begin(), fields.end(),
                                      [](const Field& field) { return field.optional; });
  const std::uint64_t count = std::uint64_t{1} << std::min(optional, most_kept);
  for (std::uint64_t out = 0; out < count; ++out) shapes_.push_back(make_shape(out));
}

std::shared_ptr<const Shape> Record::shape(std::uint64_t left_out) const {
  return left_out < shapes_.size() ? shapes_[left_out] : make_shape(left_out);
}

std::shared_ptr<const Shape> Record::make_shape(std::uint64_t left_out) const {
  std::vector<Value> keys;
  std::vector<std::size_t> places;
  for (const Field& field : fields) {
    const bool out = field.optional && (left_out & 1) != 0;
    if (field.optional) left_out >>= 1;
    places.push_back(out ? Shape::none : keys.size());
    if (!out) keys.push_back(Value::string(field.name));
  }
  return std::make_shared<const Shape>(std::move(keys), id, std::move(places));
}

const Record::Field* Record::find(std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

Type Type::optional(Type content) {
  Type type(Kind::optional);
  type.parameters_.push_back(std::move(content));
  return type;
}

Type Type::abstract(std::string name, std::vector<Type> parameters) {
  Type type(Kind::abstract);
  type.name_ = std::move(name);
  type.parameters_ = std::move(parameters);
  return type;
}

Type Type::parameter(std::string name) {
  Type type(Kind::parameter);
  type.name_ = std::move(name);
  return type;
}

Type Type::with(std::vector<Type> parameters) const {
  Type type = *this;
  type.parameters_ = std::move(parameters);
  return type;
}

Type Type::settled() const {
  if (kind_ == Kind::parameter) return {};
  std::vector<Type> settled;
  for (const Type& parameter : parameters_) settled.push_back(parameter.settled());
  return with(std::move(settled));
}

Type Type::element() const { return parameters_.empty() ? Type() : parameters_.back(); }
Type Type::key() const { return parameters_.size() < 2 ? Type() : parameters_.front(); }

std::string_view kind_name(Kind kind) {
  constexpr std::string_view names[] = {"null_type",
                                        "bool",
                                        "int",
                                        "uint",
                                        "double",
                                        "string",
                                        "bytes",
                                        "list",
                                        "map",
                                        "google.protobuf.Timestamp",
                                        "google.protobuf.Duration",
                                        "type",
                                        "net.IP",
                                        "net.CIDR",
                                        "optional_type",
                                        "dyn",
                                        "abstract",
                                        "dyn",
                                        "error",
                                        "unknown"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view kind_in_words(Kind kind) {
  constexpr std::string_view words[] = {"null",
                                        "true or false",
                                        "a whole number",
                                        "an unsigned whole number",
                                        "a decimal number",
                                        "text",
                                        "bytes",
                                        "a list",
                                        "a map",
                                        "a date and time",
                                        "a length of time",
                                        "a type",
                                        "an IP address",
                                        "an IP network",
                                        "an optional value",
                                        "anything",
                                        "a value of the host",
                                        "anything",
                                        "an error",
                                        "not known"};
  return words[static_cast<std::size_t>(kind)];
}

std::string Type::text() const {
  std::string text(kind_ == Kind::abstract ? name_ : kind_name(kind_));
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    text += (i == 0 ? "(" : ", ") + parameters_[i].text();
  }
  return parameters_.empty() ? text : text + ")";
}

std::string Type::in_words() const {
  if (kind_ == Kind::abstract) return "a " + text();
  if (kind_ == Kind::optional && !element().is_dyn()) return "an optional " + element().text();
  std::string words(kind_in_words(kind_));
  if (kind_ == Kind::list && !element().is_dyn()) words += " of " + element().text();
  if (record_) return "a record";
  if (kind_ == Kind::map && !key().is_dyn()) {
    words += " from " + key().text() + " to " + element().text();
  }
  return words;
}

bool assignable(const Type& from, const Type& to) {
  if (from.is_dyn() || to.is_dyn()) return true;
  if (from.kind() != to.kind() || from.name() != to.name()) return false;
  // A type without its parameters is one of anything.
  const std::size_t both = std::min(from.parameters().size(), to.parameters().size());
  for (std::size_t i = 0; i < both; ++i) {
    if (!assignable(from.parameters()[i], to.parameters()[i])) return false;
  }
  return true;
}

Type join(const Type& a, const Type& b) {
  if (a == b || b.kind() == Kind::parameter) return a;
  if (a.kind() == Kind::parameter) return b;
  if (a.kind() == Kind::null && b.kind() == Kind::optional) return b;
  if (a.kind() == Kind::optional && b.kind() == Kind::null) return a;
  if (a.kind() != b.kind() || a.name() != b.name()) return Kind::dyn;
  std::vector<Type> joined;
  for (std::size_t i = 0; i < std::max(a.parameters().size(), b.parameters().size()); ++i) {
    const bool both = i < a.parameters().size() && i < b.parameters().size();
    joined.push_back(both ? join(a.parameters()[i], b.parameters()[i]) : Type());
  }
  // Neither of two records, nor a record where the other is a map.
  if (a.record() != b.record()) return Type::map(std::move(joined[0]), std::move(joined[1]));
  return a.with(std::move(joined));
}

}  // namespace lockgate::cel
