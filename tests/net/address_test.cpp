#include "plugin/net/address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lockgate::net {
namespace {

using testing::HasSubstr;

struct Case {
  std::string address;
  std::string why;  // empty: public
  bool may_be_permitted = false;
};

// O66: the table of smokescreen, with the edges of each network.
const Case kCases[] = {
    {"0.0.0.0", "an address of no host"},
    {"0.255.255.255", "an address of no host"},
    {"1.0.0.0", ""},
    {"9.255.255.255", ""},
    {"10.0.0.1", "a private address", true},
    {"10.255.255.255", "a private address", true},
    {"11.0.0.0", ""},
    {"100.63.255.255", ""},
    {"100.64.0.1", "a shared (carrier-grade NAT) address", true},
    {"100.127.255.255", "a shared (carrier-grade NAT) address", true},
    {"100.128.0.0", ""},
    {"127.0.0.1", "a loopback address", true},
    {"127.255.255.255", "a loopback address", true},
    {"128.0.0.0", ""},
    {"169.253.255.255", ""},
    {"169.254.169.254", "a link-local address"},
    {"169.255.0.0", ""},
    {"172.15.255.255", ""},
    {"172.16.0.0", "a private address", true},
    {"172.31.255.255", "a private address", true},
    {"172.32.0.0", ""},
    {"192.0.0.1", "an address for protocol assignments"},
    {"192.0.2.1", "an address for documentation"},
    {"192.88.99.1", "a 6to4 relay address"},
    {"192.167.255.255", ""},
    {"192.168.0.1", "a private address", true},
    {"192.169.0.0", ""},
    {"198.17.255.255", ""},
    {"198.18.0.1", "an address for benchmarks"},
    {"198.19.255.255", "an address for benchmarks"},
    {"198.20.0.0", ""},
    {"198.51.100.7", "an address for documentation"},
    {"203.0.113.7", "an address for documentation"},
    {"223.255.255.255", ""},
    {"224.0.0.1", "a multicast address"},
    {"239.255.255.255", "a multicast address"},
    {"240.0.0.1", "a reserved address"},
    {"255.255.255.255", "a reserved address"},
    {"8.8.8.8", ""},
    {"::", "not a public address"},
    {"::1", "a loopback address", true},
    {"::2", "not a public address"},
    {"::127.0.0.1", "not a public address"},
    {"::ffff:127.0.0.1", "an IPv4 address in another form"},
    {"::ffff:8.8.8.8", "an IPv4 address in another form"},
    {"64:ff9b::a00:1", "a NAT64 address"},
    {"64:ff9b:1::a00:1", "a NAT64 address"},
    {"100::1", "not a public address"},
    {"1fff:ffff::1", "not a public address"},
    {"2000::1", ""},
    {"2001::1", "a Teredo address"},
    {"2001:1ff::1", "an address for protocol assignments"},
    {"2001:200::1", ""},
    {"2001:db8::1", "an address for documentation"},
    {"2001:4860:4860::8888", ""},
    {"2002:a00:1::1", "a 6to4 address"},
    {"2003::1", ""},
    {"2a00:1450:4009::1", ""},
    {"3fff:fff::1", "an address for documentation"},
    {"3fff:1000::1", ""},
    {"4000::1", "not a public address"},
    {"fc00::1", "a private address", true},
    {"fdff::1", "a private address", true},
    {"fe80::1", "a link-local address"},
    {"fe80::1%1", "a link-local address"},
    {"fec0::1", "not a public address"},
    {"ff02::1", "a multicast address"},
    {"example.org", "not an address"},
    {"", "not an address"},
};

TEST(Address, O66_OnlyPublicAddressesAreCallable) {
  for (const Case& each : kCases) {
    EXPECT_EQ(why_not_callable(each.address, false).value_or(""), each.why) << each.address;
  }
}

TEST(Address, O66_PermissionReachesLoopbackAndPrivateNetworksAlone) {
  for (const Case& each : kCases) {
    const std::string expected = each.may_be_permitted ? "" : each.why;
    EXPECT_EQ(why_not_callable(each.address, true).value_or(""), expected) << each.address;
  }
}

TEST(CallableUrl, O66_OddSpellingsOfForbiddenAddressesAreRefused) {
  for (const char* url : {"http://169.254.169.254/",
                          "http://127.0.0.1",
                          "http://[::1]/",
                          "http://10.0.0.1/",
                          "http://192.168.0.1:8080/",
                          "http://100.64.0.1/",
                          "http://[::ffff:127.0.0.1]/",
                          "http://[64:ff9b::a00:1]/",
                          "http://[2002:a00:1::1]/",
                          "http://0.0.0.0/",
                          "http://2130706433/",
                          "http://0x7f.1/",
                          "http://0x7f000001/",
                          "http://017700000001/",
                          "http://127.1/",
                          "http://localhost/",
                          "http://localhost./",
                          "http://LOCALHOST/",
                          "http://a.localhost/",
                          "http://%31%32%37.0.0.1/",
                          "https://[::]/"}) {
    const auto callable = read_callable_url(url, false);
    ASSERT_FALSE(callable.has_value()) << url;
    EXPECT_EQ(callable.error().code, Errc::invalid);
    EXPECT_THAT(callable.error().message, HasSubstr("cannot be called")) << url;
  }
}

TEST(CallableUrl, RefusesWhatIsNotAPlainWebAddress) {
  for (const char* url :
       {"", "example.org", "/decisions", "//example.org/", "ftp://example.org/",
        "file:///etc/passwd", "javascript:alert(1)", "http:///", "http://user@example.org/",
        "http://user:word@example.org/", "http://example.org/#a", "http://example.org:0/",
        "http://example.org:65536/", "http://example.org:999999999999/", "http://exa mple.org/",
        "http://example.org/a b", "http://example.org/\r\nX: y"}) {
    EXPECT_FALSE(read_callable_url(url, true).has_value()) << url;
  }
}

TEST(CallableUrl, TakesAPublicUrlApart) {
  const auto url = read_callable_url("https://cases.example.org:8443/a%20b?c=d%26e", false);
  ASSERT_TRUE(url.has_value());
  EXPECT_TRUE(url->tls);
  EXPECT_EQ(url->host, "cases.example.org");
  EXPECT_EQ(url->port, "8443");
  EXPECT_EQ(url->field, "cases.example.org:8443");
  EXPECT_EQ(url->target, "/a%20b?c=d%26e");
  const auto bare = read_callable_url("http://[2a00:1450::1]", false);
  ASSERT_TRUE(bare.has_value());
  EXPECT_FALSE(bare->tls);
  EXPECT_EQ(bare->host, "2a00:1450::1");
  EXPECT_EQ(bare->port, "80");
  EXPECT_EQ(bare->field, "[2a00:1450::1]");
  EXPECT_EQ(bare->target, "/");
}

TEST(CallableUrl, TakesAPrivateAddressWhereThatIsPermitted) {
  for (const char* url : {"http://127.0.0.1:9099/decisions", "http://localhost:9099/",
                          "http://127.1/", "http://10.0.0.1/", "https://[fd00::1]/"}) {
    EXPECT_TRUE(read_callable_url(url, true).has_value()) << url;
  }
  EXPECT_FALSE(read_callable_url("http://169.254.169.254/", true).has_value());
  EXPECT_FALSE(read_callable_url("http://2852039166/", true).has_value());
}

}  // namespace
}  // namespace lockgate::net
