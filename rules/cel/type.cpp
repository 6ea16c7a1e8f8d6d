#include "rules/cel/type.hpp"

namespace lockgate::cel {

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
                                        "anything",
                                        "an error",
                                        "not known"};
  return words[static_cast<std::size_t>(kind)];
}

std::string Type::text() const {
  std::string name(kind_name(kind_));
  if (kind_ == Kind::list) return name + "(" + element().text() + ")";
  if (kind_ == Kind::map) return name + "(" + key().text() + ", " + element().text() + ")";
  return name;
}

std::string Type::in_words() const {
  std::string words(kind_in_words(kind_));
  if (kind_ == Kind::list && !element().is_dyn()) words += " of " + element().text();
  if (kind_ == Kind::map && !key().is_dyn()) {
    words += " from " + key().text() + " to " + element().text();
  }
  return words;
}

bool assignable(const Type& from, const Type& to) {
  if (from.is_dyn() || to.is_dyn()) return true;
  if (from.kind() != to.kind()) return false;
  return assignable(from.element(), to.element()) &&
         (from.kind() != Kind::map || assignable(from.key(), to.key()));
}

Type join(const Type& a, const Type& b) {
  if (a == b) return a;
  if (a.kind() != b.kind()) return Kind::dyn;
  if (a.kind() == Kind::list) return Type::list(join(a.element(), b.element()));
  if (a.kind() == Kind::map) {
    return Type::map(join(a.key(), b.key()), join(a.element(), b.element()));
  }
  return Kind::dyn;
}

}  // namespace lockgate::cel
