#include "plugin/web/local_path.hpp"

#include <algorithm>

namespace lockgate::web {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

// `kept` stands for itself, too.
std::string encode(std::string_view text, char kept) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_plain(c) || c == kept) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out;
}

}  // namespace

std::string encoded(std::string_view text) { return encode(text, '-'); }

std::string with_query(std::string path, std::string_view name, std::string_view value) {
  path += path.find('?') == std::string::npos ? '?' : '&';
  return path + encoded(name) + '=' + encoded(value);
}

std::string target_of(const net::Request& request) {
  std::string target = encode(request.path, '/');
  for (const auto& [name, value] : request.query) {
    target = with_query(std::move(target), name, value);
  }
  return target;
}

bool is_local_path(std::string_view target) {
  if (target.empty() || target.size() > 500 || target[0] != '/') return false;
  if (target.size() > 1 && target[1] == '/') return false;
  return std::all_of(target.begin(), target.end(),
                     [](char c) { return c > ' ' && c < 0x7f && c != '\\' && c != '"'; });
}

}  // namespace lockgate::web
