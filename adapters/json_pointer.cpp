#include "adapters/json_pointer.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <variant>

namespace lockgate::adapters {
namespace {

std::optional<std::string> unescape(std::string_view token) {
  std::string text;
  text.reserve(token.size());
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      text += token[i];
      continue;
    }
    if (++i == token.size() || (token[i] != '0' && token[i] != '1')) return std::nullopt;
    text += token[i] == '0' ? '~' : '/';
  }
  return text;
}

// "0", or digits without a leading zero; "-", which means the place after the
// last, points to nothing.
std::optional<std::size_t> index_from(const std::string& token) {
  if (token.size() > 1 && token[0] == '0') return std::nullopt;
  std::size_t index = 0;
  const char* const end = token.data() + token.size();
  const auto [stop, error] = std::from_chars(token.data(), end, index);
  if (error != std::errc() || stop != end) return std::nullopt;
  return index;
}

const FactValue* step(const FactValue& value, const std::string& token) {
  if (const auto* map = std::get_if<FactMap>(&value)) {
    const auto found = std::find_if(map->begin(), map->end(),
                                    [&](const auto& member) { return member.first == token; });
    return found == map->end() ? nullptr : &found->second;
  }
  if (const auto* list = std::get_if<FactList>(&value)) {
    const auto index = index_from(token);
    return index && *index < list->size() ? &(*list)[*index] : nullptr;
  }
  return nullptr;
}

}  // namespace

std::optional<JsonPointer> JsonPointer::parse(std::string_view text) {
  JsonPointer pointer;
  pointer.text_ = text;
  if (!text.empty() && text[0] != '/') return std::nullopt;
  while (!text.empty()) {
    text.remove_prefix(1);
    const std::string_view token = text.substr(0, text.find('/'));
    auto plain = unescape(token);
    if (!plain) return std::nullopt;
    pointer.tokens_.push_back(*std::move(plain));
    text.remove_prefix(token.size());
  }
  return pointer;
}

const FactValue* JsonPointer::find(const FactValue& root) const {
  const FactValue* at = &root;
  for (const std::string& token : tokens_) {
    at = step(*at, token);
    if (!at) return nullptr;
  }
  return at;
}

FactValue* JsonPointer::find(FactValue& root) const {
  return const_cast<FactValue*>(find(std::as_const(root)));
}

std::string pointer_token(std::string_view key) {
  std::string token;
  token.reserve(key.size());
  for (const char c : key) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token += c;
    }
  }
  return token;
}

}  // namespace lockgate::adapters
