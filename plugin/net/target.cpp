#include "plugin/net/target.hpp"

#include <algorithm>
#include <utility>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace lockgate::net {
namespace {

namespace urls = boost::urls;

// Bytes that no segment of ours holds, and that proxies and file systems read
// in ways of their own.
bool is_treacherous(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f || c == '/' || c == '\\';
}

// A target is ASCII without white space; anything else in it is written as %XX.
bool is_plain(char c) { return c > 0x20 && c < 0x7f; }

bool append_segment(std::string_view encoded, std::string& path) {
  path += '/';
  const std::size_t start = path.size();
  if (encoded.find('%') == std::string_view::npos) {
    path += encoded;
  } else {
    const auto checked = urls::make_pct_string_view(encoded);
    if (!checked) return false;
    path += checked->decode();
  }
  const std::string_view segment = std::string_view(path).substr(start);
  return segment != "." && segment != ".." && is_utf8(segment) &&
         std::none_of(segment.begin(), segment.end(), is_treacherous);
}

std::optional<std::string> decode_in_query(std::string_view encoded) {
  const auto checked = urls::make_pct_string_view(encoded);
  if (!checked) return std::nullopt;
  urls::encoding_opts opts;
  opts.space_as_plus = true;
  std::string text = checked->decode(opts);
  if (!is_utf8(text) || text.find('\0') != std::string::npos) return std::nullopt;
  return text;
}

}  // namespace

std::optional<Target> read_target(std::string_view target) {
  if (!target.starts_with('/') || !std::all_of(target.begin(), target.end(), is_plain)) {
    return std::nullopt;
  }
  // A path may begin with "//", which Boost.URL would take for an authority.
  const std::size_t question = target.find('?');
  const std::string_view encoded_path = target.substr(0, question);

  Target read;
  read.path.reserve(encoded_path.size());
  for (std::size_t from = 1;;) {
    const std::size_t to = std::min(encoded_path.find('/', from), encoded_path.size());
    if (!append_segment(encoded_path.substr(from, to - from), read.path)) return std::nullopt;
    if (to == encoded_path.size()) break;
    from = to + 1;
  }
  if (question == std::string_view::npos) return read;

  const auto query = urls::parse_relative_ref(target.substr(question));
  if (!query || query->has_fragment()) return std::nullopt;
  for (const auto& param : query->encoded_params()) {
    auto name = decode_in_query(param.key);
    auto value = decode_in_query(param.value);
    if (!name || !value) return std::nullopt;
    read.query.insert_or_assign(*std::move(name), *std::move(value));
  }
  return read;
}

bool is_utf8(std::string_view text) {
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = at + text.size();
  while (at != end) {
    const unsigned char lead = *at++;
    if (lead < 0x80) continue;
    int follow = 0;
    unsigned char least = 0x80, most = 0xbf;  // of the first byte that follows
    if (lead >= 0xc2 && lead <= 0xdf) {
      follow = 1;
    } else if (lead >= 0xe0 && lead <= 0xef) {
      follow = 2;
      if (lead == 0xe0) least = 0xa0;
      if (lead == 0xed) most = 0x9f;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      follow = 3;
      if (lead == 0xf0) least = 0x90;
      if (lead == 0xf4) most = 0x8f;
    } else {
      return false;
    }
    for (; follow > 0; --follow) {
      if (at == end || *at < least || *at > most) return false;
      ++at;
      least = 0x80;
      most = 0xbf;
    }
  }
  return true;
}

}  // namespace lockgate::net
