#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "rules/cel/libraries.hpp"

namespace lockgate::cel {
namespace {

constexpr int usual_precision = 6;
constexpr int most_precision = 100;

bool is_whole(const Value& v) { return v.is(Kind::integer) || v.is(Kind::uinteger); }

bool is_finite(const Value& v) { return !v.is(Kind::real) || std::isfinite(v.as_double()); }

// Neither an exponent nor digits that say nothing.
std::string plain(double d) {
  char text[400];
  const auto end = std::to_chars(text, text + sizeof text, d, std::chars_format::fixed);
  return std::string(text, end.ptr);
}

// Whole numbers of 64 bits keep every digit.
long double widened(const Value& v) {
  if (v.is(Kind::integer)) return static_cast<long double>(v.as_int());
  if (v.is(Kind::uinteger)) return static_cast<long double>(v.as_uint());
  return v.as_double();
}

// Each run of bytes that are not UTF-8 becomes one mark.
std::string repaired(std::string_view octets) {
  std::string text;
  bool broken = false;
  for (std::size_t at = 0; at < octets.size();) {
    const CodePoint point = code_point_at(octets, at);
    if (point.valid)
      text += octets.substr(at, point.size);
    else if (!broken)
      text += "\uFFFD";
    broken = !point.valid;
    at += point.size;
  }
  return text;
}

class Formatter {
 public:
  explicit Formatter(std::uint64_t& left) : left_(left) {}

  Value run(std::string_view pattern, std::span<const Value> values) {
    std::size_t used = 0;
    for (std::size_t at = 0; !failed();) {
      const std::size_t percent = pattern.find('%', at);
      put(pattern.substr(at, percent - at));
      if (percent == std::string_view::npos) break;
      at = percent + 1;
      if (at == pattern.size()) {
        fail("unexpected end of string");
      } else if (pattern[at] == '%') {
        put("%");
        ++at;
      } else {
        clause(pattern, at, values, used);
      }
    }
    if (!failed() && used < values.size()) {
      fail("too many arguments supplied to string.format (expected " + std::to_string(used) +
           ", got " + std::to_string(values.size()) + ")");
    }
    return failure_ ? *failure_ : Value::string(std::move(out_));
  }

 private:
  bool failed() const { return failure_.has_value(); }
  void fail(std::string message) {
    if (!failure_) failure_ = Value::error(std::move(message));
  }
  void refuse(std::string_view clause, const Value& v) {
    fail("error during formatting: " + std::string(clause) + ", was given " +
         std::string(kind_name(v.kind())));
  }

  void put(std::string_view text) {
    if (failed()) return;
    if (charge(left_, 1 + text.size() / 8))
      out_ += text;
    else
      failure_ = too_costly();
  }

  void clause(std::string_view pattern, std::size_t& at, std::span<const Value> values,
              std::size_t& used) {
    const int precision = read_precision(pattern, at);
    if (failed()) return;
    const std::size_t size = code_point_at(pattern, at).size;
    const std::string_view verb = pattern.substr(at, size);
    at += size;
    if (verb.size() != 1 || std::string_view("sdfexXob").find(verb) == std::string_view::npos) {
      return fail("could not parse formatting clause: unrecognized formatting clause \"" +
                  std::string(verb) + "\"");
    }
    if (used == values.size()) return fail("index " + std::to_string(used) + " out of range");
    const Value& v = values[used++];
    switch (verb[0]) {
      case 's':
        return text_of(v);
      case 'd':
        return decimal(v);
      case 'f':
      case 'e':
        return with_precision(v, verb[0] == 'f', precision);
      case 'x':
      case 'X':
        return hexadecimal(v, verb[0] == 'X');
      case 'o':
        if (!is_whole(v)) return refuse("octal clause can only be used on integers", v);
        return put(in_base(v, 8));
      default:
        if (v.is(Kind::boolean)) return put(v.as_bool() ? "1" : "0");
        if (!is_whole(v)) return refuse("only integers and bools can be formatted as binary", v);
        return put(in_base(v, 2));
    }
  }

  int read_precision(std::string_view pattern, std::size_t& at) {
    constexpr const char* wrong =
        "could not parse formatting clause: error while parsing precision: ";
    if (pattern[at] != '.') return usual_precision;
    const std::size_t from = ++at;
    while (at < pattern.size() && pattern[at] >= '0' && pattern[at] <= '9') ++at;
    if (at == pattern.size()) {
      fail(wrong + std::string("could not find end of precision specifier"));
      return 0;
    }
    int precision = 0;
    const auto read = std::from_chars(pattern.data() + from, pattern.data() + at, precision);
    if (at == from) {
      fail(wrong + std::string("there is no number after the point"));
    } else if (read.ec != std::errc() || precision > most_precision) {
      fail(wrong + std::string("the number after the point is more than ") +
           std::to_string(most_precision));
    }
    return precision;
  }

  void decimal(const Value& v) {
    if (is_whole(v) || !is_finite(v)) return put(to_text(v));
    if (!v.is(Kind::real)) return refuse("decimal clause can only be used on integers", v);
    put(plain(v.as_double()));
  }

  void with_precision(const Value& v, bool fixed, int precision) {
    if (!is_whole(v) && !v.is(Kind::real)) {
      return refuse(fixed ? "fixed-point clause can only be used on doubles"
                          : "scientific clause can only be used on doubles",
                    v);
    }
    if (!is_finite(v)) return put(to_text(v));
    char text[512];
    const auto end =
        std::to_chars(text, text + sizeof text, widened(v),
                      fixed ? std::chars_format::fixed : std::chars_format::scientific, precision);
    put(std::string_view(text, static_cast<std::size_t>(end.ptr - text)));
  }

  static std::string in_base(const Value& v, int base) {
    const bool minus = v.is(Kind::integer) && v.as_int() < 0;
    const auto bits = v.is(Kind::integer) ? static_cast<std::uint64_t>(v.as_int()) : v.as_uint();
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, minus ? 0 - bits : bits, base);
    return (minus ? "-" : "") + std::string(text, end.ptr);
  }

  void hexadecimal(const Value& v, bool upper) {
    std::string text;
    if (is_whole(v)) {
      text = in_base(v, 16);
      if (upper) {
        std::transform(text.begin(), text.end(), text.begin(),
                       [](char c) { return c >= 'a' ? static_cast<char>(c - 0x20) : c; });
      }
    } else if (v.is(Kind::string) || v.is(Kind::bytes)) {
      const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
      const std::string_view octets = v.as_string();
      if (!charge(left_, octets.size() / 4)) {
        failure_ = too_costly();
        return;
      }
      text.reserve(octets.size() * 2);
      for (const char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        text += digits[octet >> 4];
        text += digits[octet & 15];
      }
    } else {
      return refuse("only integers, byte buffers, and strings can be formatted as hex", v);
    }
    put(text);
  }

  void text_of(const Value& v) {
    switch (v.kind()) {
      case Kind::null:
        return put("null");
      case Kind::string:
      case Kind::type:
        return put(v.as_string());
      case Kind::bytes:
        if (!charge(left_, v.as_string().size() / 8)) failure_ = too_costly();
        return failed() ? void() : put(repaired(v.as_string()));
      case Kind::real:
        return put(is_finite(v) ? plain(v.as_double()) : to_text(v));
      case Kind::boolean:
      case Kind::integer:
      case Kind::uinteger:
      case Kind::timestamp:
      case Kind::duration:
      case Kind::ip:
      case Kind::cidr:
        return put(to_text(v));
      case Kind::list:
        return list(v.as_list());
      case Kind::map:
        return map(v.as_map());
      default:
        return refuse(
            "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, "
            "types, durations, and timestamps",
            v);
    }
  }

  void list(std::span<const Value> elements) {
    put("[");
    for (std::size_t i = 0; i < elements.size() && !failed(); ++i) {
      if (i > 0) put(", ");
      text_of(elements[i]);
    }
    put("]");
  }

  // By the text of the keys.
  void map(const Map& map) {
    std::vector<std::pair<std::string, const Value*>> entries;
    for (const auto& [key, value] : map.entries()) {
      const std::size_t size = key.is(Kind::string) ? key.as_string().size() : 0;
      if (!charge(left_, 1 + size / 8)) failure_ = too_costly();
      if (failed()) return;
      entries.emplace_back(key.is(Kind::string) ? std::string(key.as_string()) : to_text(key),
                           &value);
    }
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    put("{");
    for (std::size_t i = 0; i < entries.size() && !failed(); ++i) {
      if (i > 0) put(", ");
      put(entries[i].first);
      put(": ");
      text_of(*entries[i].second);
    }
    put("}");
  }

  std::uint64_t& left_;
  std::string out_;
  std::optional<Value> failure_;
};

}  // namespace

Value format_text(std::string_view pattern, std::span<const Value> values, std::uint64_t& left) {
  return Formatter(left).run(pattern, values);
}

}  // namespace lockgate::cel
