#include "lockgate/adapter.hpp"

#include <algorithm>

namespace lockgate {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::optional<std::string_view> only_header(const Headers& headers, std::string_view name) {
  std::optional<std::string_view> found;
  for (const auto& [known, value] : headers) {
    if (!same_name(known, name)) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

}  // namespace lockgate
