#include "plugin/web/html.hpp"

namespace lockgate::web {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// U+202A to U+202E and U+2066 to U+2069 in UTF-8: embeddings, overrides and
// isolates of direction, which would reorder what stands around a text.
bool turns_direction(std::string_view three) {
  if (three.size() < 3 || three[0] != '\xE2') return false;
  const auto last = static_cast<unsigned char>(three[2]);
  return (three[1] == '\x80' && last >= 0xAA && last <= 0xAE) ||
         (three[1] == '\x81' && last >= 0xA6 && last <= 0xA9);
}

void escape(std::string_view text, std::string& out) {
  out.reserve(out.size() + text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char each = text[at];
    switch (each) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        const auto byte = static_cast<unsigned char>(each);
        if ((byte < 0x20 && each != '\n' && each != '\t' && each != '\r') || byte == 0x7F) {
          out += kReplacement;
        } else if (turns_direction(text.substr(at, 3))) {
          out += kReplacement;
          at += 2;
        } else {
          out += each;
        }
    }
  }
}

}  // namespace

Html::Html(std::string_view text) { escape(text, markup_); }

Html& Html::operator+=(const Html& more) {
  markup_ += more.markup_;
  return *this;
}

Html own_markup(Literal markup) {
  Html html;
  html.markup_ = markup.view();
  return html;
}

Html join(const std::vector<Html>& parts, const Html& separator) {
  Html joined;
  for (const Html& part : parts) {
    if (part.empty()) continue;
    if (!joined.empty()) joined += separator;
    joined += part;
  }
  return joined;
}

Attributes& Attributes::add(Literal name, std::string_view value) {
  entries_.emplace_back(name, std::string(value));
  return *this;
}

Attributes& Attributes::add_some(Literal name, std::string_view value) {
  return value.empty() ? *this : add(name, value);
}

Attributes& Attributes::add_flag(Literal name, bool truth) {
  if (truth) entries_.emplace_back(name, std::nullopt);
  return *this;
}

Attributes& Attributes::add_all(const Attributes& more) {
  entries_.insert(entries_.end(), more.entries_.begin(), more.entries_.end());
  return *this;
}

void Attributes::write(std::string& out) const {
  for (const Entry& entry : entries_) {
    out += ' ';
    out += entry.name.view();
    if (!entry.value) continue;
    out += "=\"";
    escape(*entry.value, out);
    out += '"';
  }
}

std::string classes(std::initializer_list<std::string_view> names) {
  std::string all;
  for (const std::string_view name : names) {
    if (name.empty()) continue;
    if (!all.empty()) all += ' ';
    all += name;
  }
  return all;
}

Html element(Literal tag, const Attributes& attributes, const Html& content) {
  Html html;
  html.markup_.reserve(content.markup_.size() + 64);
  html.markup_ += '<';
  html.markup_ += tag.view();
  attributes.write(html.markup_);
  html.markup_ += '>';
  html.markup_ += content.markup_;
  html.markup_ += "</";
  html.markup_ += tag.view();
  html.markup_ += '>';
  return html;
}

Html element(Literal tag, const Html& content) { return element(tag, {}, content); }

Html void_element(Literal tag, const Attributes& attributes) {
  Html html;
  html.markup_ += '<';
  html.markup_ += tag.view();
  attributes.write(html.markup_);
  html.markup_ += '>';
  return html;
}

}  // namespace lockgate::web
