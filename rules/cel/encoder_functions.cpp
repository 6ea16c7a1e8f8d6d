#include "rules/cel/libraries.hpp"

namespace lockgate::cel {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string encoded(std::string_view octets) {
  std::string out;
  out.reserve((octets.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < octets.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group =
          group << 8 | (at + k < octets.size() ? static_cast<unsigned char>(octets[at + k]) : 0);
    }
    const std::size_t given = octets.size() - at;
    for (std::size_t k = 0; k < 4; ++k) {
      out += k <= given ? alphabet[group >> (18 - 6 * k) & 63] : '=';
    }
  }
  return out;
}

// The padding may be left out, but not be wrong.
std::optional<std::string> decoded(std::string_view text) {
  const std::size_t size = text.size();
  if (text.ends_with("==") && size % 4 == 0)
    text.remove_suffix(2);
  else if (text.ends_with('=') && size % 4 == 0)
    text.remove_suffix(1);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string octets;
  octets.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const std::size_t digit = alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xFFFFFF;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    octets += static_cast<char>(bits >> held & 0xFF);
  }
  return octets;
}

}  // namespace

void add_encoder_signatures(std::vector<Signature>& table) {
  table.push_back({"base64.encode", Fn::base64_encode, false, {Kind::bytes}, Kind::string});
  table.push_back({"base64.decode", Fn::base64_decode, false, {Kind::string}, Kind::bytes});
}

Value apply_encoder(Fn fn, Arguments arguments, std::uint64_t& left) {
  const bool encode = fn == Fn::base64_encode;
  if (!kinds_are(arguments, {encode ? Kind::bytes : Kind::string})) {
    return no_overload(fn, arguments);
  }
  const std::string_view given = arguments[0]->as_string();
  if (!charge(left, given.size() / 4)) return too_costly();
  if (encode) return Value::string(encoded(given));
  auto octets = decoded(given);
  return octets ? Value::bytes(*std::move(octets)) : Value::error("the text is not base64");
}

}  // namespace lockgate::cel
