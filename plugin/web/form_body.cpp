#include "plugin/web/form_body.hpp"

#include <algorithm>
#include <optional>

#include "lockgate/adapter.hpp"
#include "plugin/net/target.hpp"

namespace lockgate::web {
namespace {

constexpr std::size_t kMostFields = 1000;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decode(std::string_view sent) {
  std::string text;
  text.reserve(sent.size());
  for (std::size_t at = 0; at < sent.size(); ++at) {
    if (sent[at] == '+') {
      text += ' ';
    } else if (sent[at] != '%') {
      text += sent[at];
    } else {
      const int high = at + 2 < sent.size() ? hex_value(sent[at + 1]) : -1;
      const int low = at + 2 < sent.size() ? hex_value(sent[at + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      text += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  if (!net::is_utf8(text) || text.find('\0') != std::string::npos) return std::nullopt;
  return text;
}

bool is_form(const net::Request& request) {
  constexpr std::string_view kForm = "application/x-www-form-urlencoded";
  std::string type(only_header(request.headers, "content-type").value_or(""));
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ')) type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return type == kForm;
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }

std::string tidied(std::string_view sent) {
  std::string text;
  for (std::size_t at = 0; at < sent.size(); ++at) {
    if (sent[at] != '\r') {
      text += sent[at];
    } else if (at + 1 == sent.size() || sent[at + 1] != '\n') {
      text += '\n';
    }
  }
  const auto first = std::find_if_not(text.begin(), text.end(), is_space);
  const auto last = std::find_if_not(text.rbegin(), text.rend(), is_space).base();
  return first < last ? std::string(first, last) : std::string();
}

}  // namespace

std::string_view FormBody::raw(std::string_view name) const {
  const auto found = std::find_if(fields_.rbegin(), fields_.rend(),
                                  [&](const auto& field) { return field.first == name; });
  return found == fields_.rend() ? std::string_view() : std::string_view(found->second);
}

std::string FormBody::text(std::string_view name) const { return tidied(raw(name)); }

std::vector<std::string> FormBody::texts(std::string_view name) const {
  std::vector<std::string> all;
  for (const auto& [field, value] : fields_) {
    if (field != name) continue;
    std::string text = tidied(value);
    if (!text.empty()) all.push_back(std::move(text));
  }
  return all;
}

bool FormBody::has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(),
                     [&](const auto& field) { return field.first == name; });
}

Result<FormBody> read_form(const net::Request& request) {
  if (!is_form(request)) {
    return fail(Errc::unsupported, "the body is not application/x-www-form-urlencoded");
  }
  std::vector<std::pair<std::string, std::string>> fields;
  std::string_view rest = request.body;
  while (!rest.empty()) {
    const std::string_view field = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(field.size() + 1, rest.size()));
    if (field.empty()) continue;
    const std::size_t equals = std::min(field.find('='), field.size());
    auto name = decode(field.substr(0, equals));
    auto value = decode(field.substr(std::min(equals + 1, field.size())));
    if (!name || !value) return fail(Errc::unreadable, "a field of the form cannot be decoded");
    if (fields.size() == kMostFields) return fail(Errc::unreadable, "too many fields");
    fields.emplace_back(*std::move(name), *std::move(value));
  }
  return FormBody(std::move(fields));
}

}  // namespace lockgate::web
