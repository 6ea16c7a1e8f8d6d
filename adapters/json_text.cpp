#include "adapters/json_text.hpp"

#include <charconv>
#include <variant>

namespace lockgate::adapters {
namespace {

template <class Number>
void append(std::string& out, Number number) {
  char digits[32];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
  out.append(digits, end);
}

}  // namespace

void JsonText::separate() {
  if (comma_) out_ += ',';
  comma_ = true;
}

JsonText& JsonText::open(char bracket) {
  separate();
  out_ += bracket;
  comma_ = false;
  return *this;
}

JsonText& JsonText::close(char bracket) {
  out_ += bracket;
  comma_ = true;
  return *this;
}

JsonText& JsonText::key(std::string_view name) {
  separate();
  quote(name);
  out_ += ':';
  comma_ = false;
  return *this;
}

JsonText& JsonText::null() {
  separate();
  out_ += "null";
  return *this;
}

JsonText& JsonText::text(std::string_view value) {
  separate();
  quote(value);
  return *this;
}

JsonText& JsonText::number(std::int64_t value) {
  separate();
  append(out_, value);
  return *this;
}

JsonText& JsonText::fact(const FactValue& value) {
  struct Writer {
    JsonText& json;
    void operator()(std::monostate) const { json.null(); }
    void operator()(bool truth) const {
      json.separate();
      json.out_ += truth ? "true" : "false";
    }
    void operator()(std::int64_t number) const { json.number(number); }
    void operator()(std::uint64_t number) const {
      json.separate();
      append(json.out_, number);
    }
    void operator()(double number) const {
      json.separate();
      append(json.out_, number);
    }
    void operator()(const std::string& text) const { json.text(text); }
    void operator()(const FactList& list) const {
      json.open('[');
      for (const FactValue& each : list) json.fact(each);
      json.close(']');
    }
    void operator()(const FactMap& map) const {
      json.open('{');
      for (const auto& [name, each] : map) json.key(name).fact(each);
      json.close('}');
    }
  };
  std::visit(Writer{*this}, static_cast<const FactValue::variant&>(value));
  return *this;
}

void JsonText::quote(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  out_ += '"';
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out_.append(text, written, i - written);
    written = i + 1;
    out_ += '\\';
    switch (byte) {
      case '"':
        out_ += '"';
        break;
      case '\\':
        out_ += '\\';
        break;
      case '\n':
        out_ += 'n';
        break;
      case '\r':
        out_ += 'r';
        break;
      case '\t':
        out_ += 't';
        break;
      default:
        out_ += "u00";
        out_ += kHex[byte >> 4];
        out_ += kHex[byte & 15];
    }
  }
  out_.append(text, written, text.size() - written);
  out_ += '"';
}

}  // namespace lockgate::adapters
