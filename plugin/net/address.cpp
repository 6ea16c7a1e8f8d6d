#include "plugin/net/address.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include <netdb.h>
#include <sys/socket.h>

#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace lockgate::net {
namespace {

namespace ip = boost::asio::ip;

struct Network {
  std::array<unsigned char, 16> start;
  int bits;
  std::string_view what;
  bool is_private = false;  // may be permitted
};

// IANA's special-purpose registries, RFC 6890 and its updates.
constexpr Network kIpv4[] = {
    {{0}, 8, "an address of no host"},
    {{10}, 8, "a private address", true},
    {{100, 64}, 10, "a shared (carrier-grade NAT) address", true},
    {{127}, 8, "a loopback address", true},
    {{169, 254}, 16, "a link-local address"},
    {{172, 16}, 12, "a private address", true},
    {{192, 0, 0}, 24, "an address for protocol assignments"},
    {{192, 0, 2}, 24, "an address for documentation"},
    {{192, 88, 99}, 24, "a 6to4 relay address"},
    {{192, 168}, 16, "a private address", true},
    {{198, 18}, 15, "an address for benchmarks"},
    {{198, 51, 100}, 24, "an address for documentation"},
    {{203, 0, 113}, 24, "an address for documentation"},
    {{224}, 4, "a multicast address"},
    {{240}, 4, "a reserved address"},
};
// The first that holds the address counts; outside 2000::/3 nothing is public.
constexpr Network kIpv6[] = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, "a loopback address", true},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, "an IPv4 address in another form"},
    {{0, 0x64, 0xff, 0x9b}, 32, "a NAT64 address"},
    {{0xfc}, 7, "a private address", true},
    {{0xfe, 0x80}, 10, "a link-local address"},
    {{0xff}, 8, "a multicast address"},
    {{0x20, 0x01, 0, 0}, 32, "a Teredo address"},
    {{0x20, 0x01}, 23, "an address for protocol assignments"},
    {{0x20, 0x01, 0x0d, 0xb8}, 32, "an address for documentation"},
    {{0x20, 0x02}, 16, "a 6to4 address"},
    {{0x3f, 0xff}, 20, "an address for documentation"},
};
constexpr Network kPublicIpv6{{0x20}, 3, "a public address"};

bool holds(const Network& network, std::span<const unsigned char> address) {
  const auto whole = static_cast<std::size_t>(network.bits / 8);
  for (std::size_t i = 0; i < whole; ++i) {
    if (address[i] != network.start[i]) return false;
  }
  const int rest = network.bits % 8;
  if (rest == 0) return true;
  const auto mask = static_cast<unsigned char>(0xff << (8 - rest));
  return (address[whole] & mask) == (network.start[whole] & mask);
}

std::optional<std::string> why_not(std::span<const Network> table,
                                   std::span<const unsigned char> address, bool allow_private) {
  for (const Network& network : table) {
    if (!holds(network, address)) continue;
    if (network.is_private && allow_private) return std::nullopt;
    return std::string(network.what);
  }
  if (address.size() == 16 && !holds(kPublicIpv6, address)) return "not a public address";
  return std::nullopt;
}

// The address that the system understands by a host that needs no look-up:
// "2130706433", "0x7f.1" and "127.1" are all 127.0.0.1.
std::optional<std::string> numeric_address(const std::string& host) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return std::nullopt;
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  char text[NI_MAXHOST];
  if (getnameinfo(found->ai_addr, found->ai_addrlen, text, sizeof text, nullptr, 0,
                  NI_NUMERICHOST) != 0) {
    return std::nullopt;
  }
  return text;
}

bool is_localhost(std::string host) {
  while (host.ends_with('.')) host.pop_back();
  for (char& c : host) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return host == "localhost" || host.ends_with(".localhost");
}

tl::unexpected<Error> refuse(std::string why) {
  return fail(Errc::invalid, "the address cannot be called: " + std::move(why));
}

}  // namespace

std::optional<std::string> why_not_callable(std::string_view address, bool allow_private) {
  boost::system::error_code error;
  const ip::address parsed = ip::make_address(std::string(address), error);
  if (error) return "not an address";
  if (parsed.is_v4()) {
    const auto bytes = parsed.to_v4().to_bytes();
    return why_not(kIpv4, bytes, allow_private);
  }
  const auto bytes = parsed.to_v6().to_bytes();
  return why_not(kIpv6, bytes, allow_private);
}

Result<CallableUrl> read_callable_url(std::string_view url, bool allow_private) {
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed) return refuse("it is not a URL");
  CallableUrl callable;
  switch (parsed->scheme_id()) {
    case boost::urls::scheme::https:
      callable.tls = true;
      break;
    case boost::urls::scheme::http:
      break;
    default:
      return refuse("it is neither https:// nor http://");
  }
  if (parsed->has_userinfo()) return refuse("it holds a user name; leave that out");
  if (parsed->has_fragment()) return refuse("it holds a fragment `#`; leave that out");
  callable.host = parsed->host_address();
  if (callable.host.empty()) return refuse("it names no host");
  if (callable.host.find('\0') != std::string::npos) return refuse("its host is not a name");
  callable.port = callable.tls ? "443" : "80";
  if (parsed->has_port() && !parsed->port().empty()) callable.port = std::string(parsed->port());
  if (callable.port.size() > 5 || std::stoul(callable.port) == 0 ||
      std::stoul(callable.port) > 65535) {
    return refuse("its port is not one");
  }
  callable.field = std::string(std::string_view(parsed->encoded_host_and_port()));
  const std::string_view path = parsed->encoded_path();
  callable.target = path.empty() ? "/" : std::string(path);
  if (parsed->has_query()) {
    callable.target += '?';
    callable.target += std::string_view(parsed->encoded_query());
  }

  const std::optional<std::string> numeric = is_localhost(callable.host)
                                                 ? std::optional<std::string>("127.0.0.1")
                                                 : numeric_address(callable.host);
  if (numeric) {
    if (const auto why = why_not_callable(*numeric, allow_private)) {
      return refuse("`" + callable.host + "` is " + *why);
    }
  }
  return callable;
}

}  // namespace lockgate::net
