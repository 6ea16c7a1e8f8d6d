#include <algorithm>
#include <limits>

#include "rules/cel/libraries.hpp"

namespace lockgate::cel {
namespace {

using K = Kind;
constexpr std::size_t npos = std::string_view::npos;

Value bad_index(std::int64_t index) {
  return Value::error("index out of range: " + std::to_string(index));
}

// Where the code point after the one at byte `at` begins.
std::size_t after_point(std::string_view text, std::size_t at) {
  do {
    ++at;
  } while (at < text.size() && (text[at] & 0xC0) == 0x80);
  return at;
}

// The byte at which code point number `index` begins; npos if there is none,
// while the number after the last one is the end of the text.
std::size_t offset_of(std::string_view text, std::int64_t index) {
  if (index < 0) return npos;
  std::size_t at = 0;
  for (; index > 0 && at < text.size(); --index) at = after_point(text, at);
  return index == 0 ? at : npos;
}

// Where `part` stands in `text`, one place after the other and none over
// another; nothing at all stands before each code point and at the end.
class Places {
 public:
  Places(std::string_view text, std::string_view part) : text_(text), part_(part) {}

  std::size_t next() {
    const std::size_t found = find_text(text_, part_, at_);
    if (found == npos || found == text_.size())
      at_ = text_.size() + 1;
    else
      at_ = part_.empty() ? after_point(text_, found) : found + part_.size();
    return found;
  }

 private:
  std::string_view text_, part_;
  std::size_t at_ = 0;
};

Value char_at(std::string_view text, std::int64_t index) {
  const std::size_t at = offset_of(text, index);
  if (at == npos) return bad_index(index);
  if (at == text.size()) return Value::string({});
  return Value::string(std::string(text.substr(at, after_point(text, at) - at)));
}

Value index_of(Fn fn, Arguments arguments, std::uint64_t& left) {
  const std::string_view text = arguments[0]->as_string(), part = arguments[1]->as_string();
  const bool last = fn == Fn::last_index_of;
  // Backwards, each place may have to be compared as far as the part is long.
  const std::size_t cost = last ? text.size() / 8 * (1 + part.size() / 256) : text.size() / 32;
  if (!charge(left, cost)) return too_costly();
  std::size_t from = last ? text.size() : 0;
  if (arguments.size() == 3) {
    from = offset_of(text, arguments[2]->as_int());
    if (from == npos) return bad_index(arguments[2]->as_int());
  }
  const std::size_t found = last ? text.rfind(part, from) : find_text(text, part, from);
  if (found == npos) return Value::integer(-1);
  return Value::integer(static_cast<std::int64_t>(code_points(text.substr(0, found))));
}

Value join_texts(Arguments arguments, std::uint64_t& left) {
  const std::span<const Value> list = arguments[0]->as_list();
  std::string_view between;
  if (arguments.size() == 2) between = arguments[1]->as_string();
  if (!charge(left, list.size())) return too_costly();
  std::size_t size = 0;
  for (const Value& each : list) {
    if (!each.is(K::string)) {
      return Value::error("no such overload: `join` takes a list of text, not of " +
                          std::string(kind_in_words(each.kind())));
    }
    size += each.as_string().size() + between.size();
  }
  if (!charge(left, size / 8)) return too_costly();
  std::string joined;
  joined.reserve(size);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) joined += between;
    joined += list[i].as_string();
  }
  return Value::string(std::move(joined));
}

Value in_case(Fn fn, std::string_view text) {
  const char first = fn == Fn::lower_ascii ? 'A' : 'a';
  std::string changed(text);
  for (char& c : changed) {
    if (c >= first && c < first + 26) c ^= 0x20;
  }
  return Value::string(std::move(changed));
}

Value replaced(Arguments arguments, std::uint64_t& left) {
  const std::string_view text = arguments[0]->as_string(), old = arguments[1]->as_string();
  const std::string_view fresh = arguments[2]->as_string();
  const std::int64_t limit = arguments.size() == 4 ? arguments[3]->as_int() : -1;
  const auto most =
      limit < 0 ? std::numeric_limits<std::size_t>::max() : static_cast<std::size_t>(limit);
  // Its size first, so that nothing is built that is not paid for.
  std::size_t count = 0;
  for (Places places(text, old); count < most && places.next() != npos;) ++count;
  if (count == 0) return *arguments[0];
  if (!charge(left, count) || !charge(left, text.size() / 8) ||
      (fresh.size() > 0 && count > std::numeric_limits<std::size_t>::max() / fresh.size()) ||
      !charge(left, count * fresh.size() / 8)) {
    return too_costly();
  }
  std::string out;
  out.reserve(text.size() - count * old.size() + count * fresh.size());
  Places places(text, old);
  std::size_t copied = 0;
  for (; count > 0; --count) {
    const std::size_t at = places.next();
    out.append(text.substr(copied, at - copied)).append(fresh);
    copied = at + old.size();
  }
  return Value::string(std::move(out.append(text.substr(copied))));
}

Value split_text(Arguments arguments, std::uint64_t& left) {
  const std::string_view text = arguments[0]->as_string(), between = arguments[1]->as_string();
  const std::int64_t limit = arguments.size() == 3 ? arguments[2]->as_int() : -1;
  std::vector<Value> pieces;
  if (limit == 0 || (text.empty() && between.empty())) return Value::list({});
  Places places(text, between);
  if (between.empty()) places.next();  // nothing comes before the first code point
  std::size_t from = 0;
  while (true) {
    const bool more = limit < 0 || static_cast<std::int64_t>(pieces.size()) + 1 < limit;
    std::size_t at = more ? places.next() : npos;
    if (between.empty() && at == text.size()) at = npos;
    const std::string_view piece = text.substr(from, at == npos ? npos : at - from);
    if (!charge(left, 2 + piece.size() / 8)) return too_costly();
    pieces.push_back(Value::string(std::string(piece)));
    if (at == npos) return Value::list(std::move(pieces));
    from = at + between.size();
  }
}

Value substring(Arguments arguments) {
  const std::string_view text = arguments[0]->as_string();
  const std::int64_t start = arguments[1]->as_int();
  if (arguments.size() == 3 && start > arguments[2]->as_int()) {
    return Value::error("invalid substring range. start: " + std::to_string(start) +
                        ", end: " + std::to_string(arguments[2]->as_int()));
  }
  const std::size_t from = offset_of(text, start);
  if (from == npos) return bad_index(start);
  const std::string_view rest = text.substr(from);
  if (arguments.size() == 2) return Value::string(std::string(rest));
  const std::size_t size = offset_of(rest, arguments[2]->as_int() - start);
  if (size == npos) return bad_index(arguments[2]->as_int());
  return Value::string(std::string(rest.substr(0, size)));
}

// Unicode's White_Space.
bool is_space(std::uint32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

Value trimmed(std::string_view text) {
  std::size_t from = text.size(), to = text.size();
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (!is_space(point.code) || !point.valid) {
      from = std::min(from, at);
      to = at + point.size;
    }
    at += point.size;
  }
  return Value::string(std::string(text.substr(from, to - from)));
}

Value backwards(const Value& v, std::uint64_t& left) {
  if (v.is(K::list)) {
    const std::span<const Value> list = v.as_list();
    if (!charge(left, list.size())) return too_costly();
    return Value::list(std::vector<Value>(list.rbegin(), list.rend()));
  }
  const std::string_view text = v.as_string();
  if (!charge(left, text.size() / 8)) return too_costly();
  std::string out(text.size(), '\0');
  for (std::size_t at = 0, next = 0; at < text.size(); at = next) {
    next = after_point(text, at);
    std::copy(text.begin() + static_cast<std::ptrdiff_t>(at),
              text.begin() + static_cast<std::ptrdiff_t>(next),
              out.end() - static_cast<std::ptrdiff_t>(next));
  }
  return Value::string(std::move(out));
}

Value quoted(std::string_view text) {
  constexpr std::string_view special = "\a\b\f\n\r\t\v\\\"", letters = "abfnrtv\\\"";
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (const std::size_t i = special.find(text[at]); i != npos) {
      out.append("\\").push_back(letters[i]);
    } else {
      out += point.valid ? text.substr(at, point.size) : "\uFFFD";
    }
    at += point.size;
  }
  return Value::string(out + '"');
}

std::optional<Type> text_of_texts(std::span<const Type> types) {
  const Type element = types[0].element();
  if (!element.is_dyn() && element.kind() != K::string) return std::nullopt;
  return K::string;
}

std::size_t text_size(const Value& v) { return v.is(K::string) ? v.as_string().size() : 0; }

}  // namespace

void add_string_signatures(std::vector<Signature>& table) {
  const K text = K::string, whole = K::integer;
  const Type texts = Type::list(K::string);
  table.insert(table.end(),
               {
                   {"charAt", Fn::char_at, true, {text, whole}, text},
                   {"indexOf", Fn::index_of, true, {text, text}, whole},
                   {"indexOf", Fn::index_of, true, {text, text, whole}, whole},
                   {"lastIndexOf", Fn::last_index_of, true, {text, text}, whole},
                   {"lastIndexOf", Fn::last_index_of, true, {text, text, whole}, whole},
                   {"join", Fn::join, true, {K::list}, text, false, text_of_texts},
                   {"join", Fn::join, true, {K::list, text}, text, false, text_of_texts},
                   {"lowerAscii", Fn::lower_ascii, true, {text}, text},
                   {"upperAscii", Fn::upper_ascii, true, {text}, text},
                   {"replace", Fn::replace, true, {text, text, text}, text},
                   {"replace", Fn::replace, true, {text, text, text, whole}, text},
                   {"split", Fn::split, true, {text, text}, texts},
                   {"split", Fn::split, true, {text, text, whole}, texts},
                   {"substring", Fn::substring, true, {text, whole}, text},
                   {"substring", Fn::substring, true, {text, whole, whole}, text},
                   {"trim", Fn::trim, true, {text}, text},
                   {"reverse", Fn::reverse, true, {text}, text},
                   {"reverse", Fn::reverse, true, {K::list}, K::list, false, same_list},
                   {"strings.quote", Fn::quote, false, {text}, text},
                   {"format", Fn::format, true, {text, K::list}, text},
               });
}

Value apply_string(Fn fn, Arguments arguments, std::uint64_t& left) {
  const Value& first = *arguments[0];
  const bool fits = fn == Fn::join     ? kinds_are(arguments, {K::list, K::string})
                    : fn == Fn::format ? kinds_are(arguments, {K::string, K::list})
                    : fn == Fn::replace
                        ? kinds_are(arguments, {K::string, K::string, K::string, K::integer})
                    : fn == Fn::char_at || fn == Fn::substring
                        ? kinds_are(arguments, {K::string, K::integer, K::integer})
                    : fn == Fn::reverse ? first.is(K::string) || first.is(K::list)
                                        : kinds_are(arguments, {K::string, K::string, K::integer});
  if (!fits) return no_overload(fn, arguments);
  if (!charge(left, text_size(first) / 8)) return too_costly();
  switch (fn) {
    case Fn::char_at:
      return char_at(first.as_string(), arguments[1]->as_int());
    case Fn::index_of:
    case Fn::last_index_of:
      return index_of(fn, arguments, left);
    case Fn::join:
      return join_texts(arguments, left);
    case Fn::lower_ascii:
    case Fn::upper_ascii:
      return in_case(fn, first.as_string());
    case Fn::replace:
      return replaced(arguments, left);
    case Fn::split:
      return split_text(arguments, left);
    case Fn::substring:
      return substring(arguments);
    case Fn::trim:
      return trimmed(first.as_string());
    case Fn::reverse:
      return backwards(first, left);
    case Fn::quote:
      return quoted(first.as_string());
    default:
      return format_text(first.as_string(), arguments[1]->as_list(), left);
  }
}

}  // namespace lockgate::cel
