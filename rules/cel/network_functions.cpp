// IP addresses and networks (CIDR).  An address is its 4 or 16 octets; a network
// is those of its address, then the length of its prefix.

#include <algorithm>
#include <charconv>

#include "rules/cel/libraries.hpp"

namespace lockgate::cel {
namespace {

using K = Kind;
constexpr std::size_t v4_size = 4, v6_size = 16;
constexpr std::size_t longest_text = 64;  // no address and no network is that long
constexpr const char* no_address = "not an IP address like `192.0.2.1` or `2001:db8::1`";
constexpr const char* no_network = "not an IP network like `192.0.2.0/24` or `2001:db8::/32`";
constexpr const char* has_zone = "an IP address with a zone (`%`) is not allowed here";
constexpr const char* is_mapped = "an IPv4 address written as IPv6 (`::ffff:`) is not allowed here";

unsigned octet(std::string_view octets, std::size_t i) {
  return static_cast<unsigned char>(octets[i]);
}

// A number without a sign and without zeros before it.
bool read_decimal(std::string_view text, unsigned most, unsigned& out) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text[0] == '0')) return false;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && out <= most;
}

bool read_v4(std::string_view text, std::string& octets) {
  for (std::size_t i = 0; i < v4_size; ++i) {
    const std::size_t end = text.find('.');
    unsigned value = 0;
    if ((end == std::string_view::npos) != (i == v4_size - 1)) return false;
    if (!read_decimal(text.substr(0, end), 255, value)) return false;
    octets += static_cast<char>(value);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return true;
}

bool read_group(std::string_view text, std::string& octets) {
  unsigned value = 0;
  if (text.empty() || text.size() > 4) return false;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return false;
  octets += static_cast<char>(value >> 8);
  octets += static_cast<char>(value & 0xFF);
  return true;
}

bool read_v6(std::string_view text, std::string& octets) {
  std::string head, tail;
  bool gap = text.starts_with("::");
  if (gap) text.remove_prefix(2);
  while (!text.empty()) {
    std::string& part = gap ? tail : head;
    const std::size_t end = text.find(':');
    const std::string_view group = text.substr(0, end);
    const bool last = end == std::string_view::npos;
    const bool dotted = last && group.find('.') != std::string_view::npos;
    if (!(dotted ? read_v4(group, part) : read_group(group, part))) return false;
    if (head.size() + tail.size() > v6_size) return false;
    if (last) break;
    text.remove_prefix(end + 1);
    if (text.empty()) return false;
    if (text[0] != ':') continue;
    if (gap) return false;
    gap = true;
    text.remove_prefix(1);
  }
  const std::size_t size = head.size() + tail.size();
  if (gap ? size > v6_size - 2 : size != v6_size) return false;
  octets = head + std::string(v6_size - size, '\0') + tail;
  return true;
}

bool mapped(std::string_view octets) {
  return octets.size() == v6_size && octets.starts_with(std::string(10, '\0') + "\xFF\xFF");
}

// The octets; or why there are none.
const char* read_address(std::string_view text, std::string& octets) {
  if (text.find('%') != std::string_view::npos) return has_zone;
  if (text.size() > longest_text) return no_address;
  const bool v6 = text.find(':') != std::string_view::npos;
  if (!(v6 ? read_v6(text, octets) : read_v4(text, octets))) return no_address;
  if (!mapped(octets)) return nullptr;
  if (text.find('.') != std::string_view::npos) return is_mapped;
  octets.erase(0, v6_size - v4_size);  // `::ffff:c000:201` is 192.0.2.1
  return nullptr;
}

const char* read_network(std::string_view text, std::string& octets) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return no_network;
  if (const char* mistake = read_address(text.substr(0, slash), octets)) {
    return mistake == no_address ? no_network : mistake;
  }
  const bool v6 = text.substr(0, slash).find(':') != std::string_view::npos;
  if (v6 && octets.size() == v4_size) return is_mapped;
  unsigned bits = 0;
  if (!read_decimal(text.substr(slash + 1), static_cast<unsigned>(octets.size() * 8), bits)) {
    return no_network;
  }
  octets += static_cast<char>(bits);
  return nullptr;
}

std::string v4_text(std::string_view octets) {
  std::string out;
  for (std::size_t i = 0; i < v4_size; ++i) {
    if (i > 0) out += '.';
    out += std::to_string(octet(octets, i));
  }
  return out;
}

// RFC 5952: the longest run of zero groups, the first of equals, becomes `::`.
std::string v6_text(std::string_view octets) {
  std::size_t gap = v6_size, longest = 2;  // in octets; one group alone is not shortened
  for (std::size_t from = 0; from < v6_size; from += 2) {
    std::size_t to = from;
    while (to < v6_size && octet(octets, to) == 0 && octet(octets, to + 1) == 0) to += 2;
    if (to - from > longest) {
      gap = from;
      longest = to - from;
    }
  }
  std::string out;
  for (std::size_t i = 0; i < v6_size; i += 2) {
    if (i == gap) {
      out += "::";
      i += longest - 2;
      continue;
    }
    if (!out.empty() && out.back() != ':') out += ':';
    char group[8];
    const unsigned value = octet(octets, i) << 8 | octet(octets, i + 1);
    out.append(group, std::to_chars(group, group + sizeof group, value, 16).ptr);
  }
  return out;
}

std::string text_of(std::string_view octets) {
  return octets.size() == v4_size ? v4_text(octets) : v6_text(octets);
}

std::string_view address_of(std::string_view network) {
  return network.substr(0, network.size() - 1);
}

unsigned prefix_of(std::string_view network) { return octet(network, network.size() - 1); }

std::string masked(std::string_view octets, unsigned bits) {
  std::string out(octets);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const unsigned kept = std::clamp(static_cast<int>(bits) - static_cast<int>(i * 8), 0, 8);
    out[i] = static_cast<char>(octet(octets, i) & (0xFF00u >> kept));
  }
  return out;
}

bool contains(std::string_view network, std::string_view address) {
  const std::string_view own = address_of(network);
  const unsigned bits = prefix_of(network);
  return own.size() == address.size() && masked(own, bits) == masked(address, bits);
}

bool is_multicast(std::string_view a) {
  return a.size() == v4_size ? octet(a, 0) >> 4 == 0xE : octet(a, 0) == 0xFF;
}

bool has_property(Fn fn, std::string_view a) {
  const bool v4 = a.size() == v4_size;
  const auto all = [&](unsigned value) {
    return std::all_of(a.begin(), a.end(),
                       [&](char c) { return static_cast<unsigned char>(c) == value; });
  };
  switch (fn) {
    case Fn::is_unspecified:
      return all(0);
    case Fn::is_loopback:
      return v4 ? octet(a, 0) == 127 : a == std::string(15, '\0') + '\1';
    case Fn::is_link_local_multicast:
      return v4 ? a.starts_with(std::string("\xE0\0\0", 3))
                : octet(a, 0) == 0xFF && (octet(a, 1) & 0x0F) == 2;
    case Fn::is_link_local_unicast:
      return v4 ? octet(a, 0) == 169 && octet(a, 1) == 254
                : octet(a, 0) == 0xFE && octet(a, 1) >> 6 == 2;
    default:  // is_global_unicast: private networks are, for they are unicast
      return !all(0) && !(v4 && all(255)) && !is_multicast(a) &&
             !has_property(Fn::is_loopback, a) && !has_property(Fn::is_link_local_unicast, a);
  }
}

Value of_text(Fn fn, std::string_view text) {
  std::string octets;
  const bool network = fn == Fn::to_cidr || fn == Fn::is_cidr;
  const char* mistake = network ? read_network(text, octets) : read_address(text, octets);
  if (fn == Fn::is_ip || fn == Fn::is_cidr) return Value::boolean(mistake == nullptr);
  if (mistake) return Value::error(mistake);
  if (fn == Fn::is_canonical) return Value::boolean(text_of(octets) == text);
  return network ? Value::cidr(std::move(octets)) : Value::ip(std::move(octets));
}

Value of_address(Fn fn, std::string_view octets) {
  if (fn == Fn::family) return Value::integer(octets.size() == v4_size ? 4 : 6);
  return Value::boolean(has_property(fn, octets));
}

Value of_network(Fn fn, std::string_view network) {
  const std::string_view own = address_of(network);
  const unsigned bits = prefix_of(network);
  switch (fn) {
    case Fn::address:
      return Value::ip(std::string(own));
    case Fn::is_mask:
      return Value::boolean(masked(own, bits) == own);
    case Fn::masked:
      return Value::cidr(masked(own, bits) + network.back());
    default:
      return Value::integer(bits);
  }
}

Value containment(Fn fn, Arguments arguments) {
  const bool network = fn == Fn::contains_cidr;
  const Value& other = *arguments[1];
  std::string octets;
  if (other.is(K::string)) {
    const std::string_view text = other.as_string();
    const char* mistake = network ? read_network(text, octets) : read_address(text, octets);
    if (mistake) return Value::error(mistake);
  } else if (other.is(network ? K::cidr : K::ip)) {
    octets = std::string(other.as_string());
  } else {
    return no_overload(fn, arguments);
  }
  const std::string_view whole = arguments[0]->as_string();
  if (!network) return Value::boolean(contains(whole, octets));
  return Value::boolean(contains(whole, address_of(octets)) &&
                        prefix_of(whole) <= prefix_of(octets));
}

}  // namespace

std::string address_text(const Value& address) {
  const std::string_view octets = address.as_string();
  if (address.is(K::ip)) return text_of(octets);
  return text_of(address_of(octets)) + "/" + std::to_string(prefix_of(octets));
}

void add_network_signatures(std::vector<Signature>& table) {
  const K text = K::string;
  table.insert(table.end(),
               {
                   {"ip", Fn::to_ip, false, {text}, K::ip},
                   {"cidr", Fn::to_cidr, false, {text}, K::cidr},
                   {"isIP", Fn::is_ip, false, {text}, K::boolean},
                   {"isCIDR", Fn::is_cidr, false, {text}, K::boolean},
                   {"ip.isCanonical", Fn::is_canonical, false, {text}, K::boolean},
                   {"family", Fn::family, true, {K::ip}, K::integer},
                   {"containsIP", Fn::contains_ip, true, {K::cidr, K::ip}, K::boolean},
                   {"containsIP", Fn::contains_ip, true, {K::cidr, text}, K::boolean},
                   {"containsCIDR", Fn::contains_cidr, true, {K::cidr, K::cidr}, K::boolean},
                   {"containsCIDR", Fn::contains_cidr, true, {K::cidr, text}, K::boolean},
                   {"ip", Fn::address, true, {K::cidr}, K::ip},
                   {"isMask", Fn::is_mask, true, {K::cidr}, K::boolean},
                   {"masked", Fn::masked, true, {K::cidr}, K::cidr},
                   {"prefixLength", Fn::prefix_length, true, {K::cidr}, K::integer},
               });
  for (auto [name, fn] : {std::pair{"isLoopback", Fn::is_loopback},
                          {"isGlobalUnicast", Fn::is_global_unicast},
                          {"isLinkLocalMulticast", Fn::is_link_local_multicast},
                          {"isLinkLocalUnicast", Fn::is_link_local_unicast},
                          {"isUnspecified", Fn::is_unspecified}}) {
    table.push_back({name, fn, true, {K::ip}, K::boolean});
  }
}

Value apply_network(Fn fn, Arguments arguments, std::uint64_t& left) {
  const Value& v = *arguments[0];
  const K wanted = fn < Fn::family ? K::string : fn < Fn::contains_ip ? K::ip : K::cidr;
  if (!v.is(wanted)) return no_overload(fn, arguments);
  for (const Value* each : arguments) {
    if (each->is(K::string) && !charge(left, 1 + each->as_string().size() / 64))
      return too_costly();
  }
  if (wanted == K::string) return of_text(fn, v.as_string());
  if (wanted == K::ip) return of_address(fn, v.as_string());
  if (fn == Fn::contains_ip || fn == Fn::contains_cidr) return containment(fn, arguments);
  return of_network(fn, v.as_string());
}

}  // namespace lockgate::cel
