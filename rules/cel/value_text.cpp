// Values as people read them, in messages and tests.

#include "rules/cel/functions.hpp"
#include "rules/cel/value.hpp"

namespace lockgate::cel {
namespace {

constexpr std::size_t longest_text = 1000;

void write(const Value& v, std::string& out) {
  if (out.size() > longest_text) return;
  switch (v.kind()) {
    case Kind::string:
      out.append("'").append(v.as_string()).append("'");
      return;
    case Kind::bytes:
      out.append("b'").append(v.as_string()).append("'");
      return;
    case Kind::list:
      out += "[";
      for (const Value& element : v.as_list()) {
        if (out.back() != '[') out += ", ";
        write(element, out);
        if (out.size() > longest_text) break;
      }
      out += "]";
      return;
    case Kind::map:
      out += "{";
      for (const auto& [key, value] : v.as_map().entries()) {
        if (out.back() != '{') out += ", ";
        write(key, out);
        out += ": ";
        write(value, out);
        if (out.size() > longest_text) break;
      }
      out += "}";
      return;
    case Kind::optional:
      out += v.as_optional() ? "optional.of(" : "optional.none(";
      if (v.as_optional()) write(*v.as_optional(), out);
      out += ")";
      return;
    case Kind::null:
      out += "null";
      return;
    case Kind::type:
      out += v.as_string();
      return;
    case Kind::error:
      out.append("error: ").append(v.message());
      return;
    case Kind::unknown:
      out += "unknown";
      return;
    case Kind::uinteger:
      out += std::to_string(v.as_uint()) + "u";
      return;
    default:
      out += to_text(v);
  }
}

}  // namespace

std::string Value::text() const {
  std::string out;
  write(*this, out);
  return out;
}

}  // namespace lockgate::cel
