#include "tests/cel/yields.hpp"

namespace lockgate::cel {
namespace {

constexpr const char* no_address = "error: not an IP address like `192.0.2.1` or `2001:db8::1`";
constexpr const char* no_network =
    "error: not an IP network like `192.0.2.0/24` or `2001:db8::/32`";
constexpr const char* zone = "error: an IP address with a zone (`%`) is not allowed here";
constexpr const char* mapped =
    "error: an IPv4 address written as IPv6 (`::ffff:`) is not allowed here";

TEST(NetworkFunctions, ReadAndWriteAddresses) {
  constexpr Yields cases[] = {
      {"ip('192.168.0.1')", "192.168.0.1"},
      {"ip('0.0.0.0')", "0.0.0.0"},
      {"ip('255.255.255.255')", "255.255.255.255"},
      {"ip('2001:DB8:0:0:0:0:0:1')", "2001:db8::1"},
      {"ip('::')", "::"},
      {"ip('::1')", "::1"},
      {"ip('1::')", "1::"},
      {"ip('1:2:3:4:5:6:7:8')", "1:2:3:4:5:6:7:8"},
      {"ip('1:0:3:4:5:6:7:8')", "1:0:3:4:5:6:7:8"},
      {"ip('1::3:4:5:6:7:8')", "1:0:3:4:5:6:7:8"},
      {"ip('1:0:0:4:0:0:0:8')", "1:0:0:4::8"},
      {"ip('1:0:0:4:0:0:7:8')", "1::4:0:0:7:8"},
      {"ip('0:0:3:4:5:6:0:0')", "::3:4:5:6:0:0"},
      {"ip('1:2:3:4:5:6:0:0')", "1:2:3:4:5:6::"},
      {"ip('0001:00ab::')", "1:ab::"},
      {"ip('64:ff9b::192.0.2.33')", "64:ff9b::c000:221"},
      {"ip('1:2:3:4:5:6:192.0.2.33')", "1:2:3:4:5:6:c000:221"},
      {"ip('::ffff:c0a8:1')", "192.168.0.1"},
      {"ip('::fffe:c0a8:1')", "::fffe:c0a8:1"},
      {"string(ip('2001:db8::68'))", "'2001:db8::68'"},
      {"type(ip('::1')) == net.IP", "true"},
      {"type(ip('::1')) == net.CIDR", "false"},
      {"net.IP", "net.IP"},
      {"ip('127.0.0.1') == ip('127.0.0.1')", "true"},
      {"ip('127.0.0.1') == ip('127.0.0.2')", "false"},
      {"ip('2001:db8::1') == ip('2001:DB8:0::1')", "true"},
      {"ip('::ffff:c0a8:1') == ip('192.168.0.1')", "true"},
      {"ip('::7f00:1') == ip('127.0.0.1')", "false"},
      {"ip('::1') != ip('::2')", "true"},
      {"dyn(ip('::1')) == '::1'", "false"},
      {"ip('::1') == '::1'", "mistake: `==` does not take an IP address and text"},
      {"ip('::1') in [ip('::2'), ip('::1')]", "true"},
      {"ip('::1') < ip('::2')", "mistake: `<` does not take an IP address and an IP address"},
      {"[ip('::1')].sort()", "mistake: `sort` does not take a list of net.IP"},
      {"{ip('::1'): 1}", "error: a map's key cannot be an IP address"},
  };
  expect_all(cases);
}

TEST(NetworkFunctions, RefuseWhatIsNoAddress) {
  for (const char* text : {"",
                           " ",
                           "1",
                           "1.2.3",
                           "1.2.3.4.5",
                           "1.2.3.",
                           ".1.2.3.4",
                           "1..2.3",
                           "256.0.0.1",
                           "1.2.3.1000",
                           "01.2.3.4",
                           "1.2.3.00",
                           "+1.2.3.4",
                           "-1.2.3.4",
                           "1.2.3.4 ",
                           " 1.2.3.4",
                           "1.2.3.a",
                           "0x1.2.3.4",
                           "1.2.3.4/24",
                           ":",
                           ":::",
                           "1:",
                           ":1",
                           "1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7:8:9",
                           "1:2:3:4:5:6:7:8::",
                           "::1:2:3:4:5:6:7:8",
                           "1:2:3:4::5:6:7:8",
                           "1::2::3",
                           "2001:db8:::68",
                           "12345::",
                           "g::",
                           "-1::",
                           "+1::",
                           "1:2:3:4:5:6:7:1.2.3.4",
                           "::1.2.3",
                           "::1.2.3.4:5",
                           "1.2.3.4::",
                           "::01.2.3.4",
                           "[::1]",
                           "::1\\u0000",
                           "localhost"}) {
    const std::string quoted = "'" + std::string(text) + "'";
    EXPECT_EQ(text_of("ip(" + quoted + ")"), no_address) << text;
    EXPECT_EQ(text_of("isIP(" + quoted + ")"), "false") << text;
    EXPECT_EQ(text_of("ip.isCanonical(" + quoted + ")"), no_address) << text;
  }
  const Yields cases[] = {
      {"ip('fe80::1%eth0')", zone},
      {"isIP('fe80::1%eth0')", "false"},
      {"ip('::ffff:192.168.0.1')", mapped},
      {"isIP('::ffff:192.168.0.1')", "false"},
      {"ip(dyn(1))", "error: no such overload: `ip` does not take a whole number"},
      {"ip(1)", "mistake: `ip` does not take a whole number"},
      {"isIP(cidr('192.168.0.0/24'))", "mistake: `isIP` does not take an IP network"},
      {"isIP(dyn(cidr('192.168.0.0/24')))",
       "error: no such overload: `isIP` does not take an IP network"},
      {"ip.isCanonical('127.0.0.1')", "true"},
      {"ip.isCanonical('2001:db8::1')", "true"},
      {"ip.isCanonical('2001:DB8::1')", "false"},
      {"ip.isCanonical('2001:db8:0:0:0:0:0:1')", "false"},
      {"ip.isCanonical('2001:db8::0001')", "false"},
      {"ip.isCanonical('::ffff:c0a8:1')", "false"},
      {"ip.canonical('::1')", "mistake: unknown function `ip.canonical`"},
  };
  expect_all(cases);
}

TEST(NetworkFunctions, KnowWhatAnAddressIsFor) {
  struct Case {
    const char* address;
    int family;
    const char* properties;  // of: unspecified, loopback, global, link-local, multicast
  };
  constexpr Case cases[] = {
      {"0.0.0.0", 4, "u"},
      {"127.0.0.1", 4, "l"},
      {"127.255.255.254", 4, "l"},
      {"128.0.0.1", 4, "g"},
      {"10.0.0.1", 4, "g"},
      {"192.168.0.1", 4, "g"},
      {"8.8.8.8", 4, "g"},
      {"169.254.169.254", 4, "k"},
      {"169.253.0.1", 4, "g"},
      {"224.0.0.1", 4, "m"},
      {"224.0.1.1", 4, ""},
      {"239.1.1.1", 4, ""},
      {"240.0.0.1", 4, "g"},
      {"255.255.255.255", 4, ""},
      {"::", 6, "u"},
      {"::1", 6, "l"},
      {"::2", 6, "g"},
      {"2001:db8::abcd", 6, "g"},
      {"fc00::1", 6, "g"},
      {"fd80::1", 6, "g"},
      {"fe80::1", 6, "k"},
      {"febf::1", 6, "k"},
      {"fec0::1", 6, "g"},
      {"ff02::1", 6, "m"},
      {"ff12::1", 6, "m"},
      {"ff00::1", 6, ""},
      {"ff05::1", 6, ""},
      {"::ffff:7f00:1", 4, "l"},
  };
  constexpr std::pair<char, const char*> functions[] = {{'u', "isUnspecified"},
                                                        {'l', "isLoopback"},
                                                        {'g', "isGlobalUnicast"},
                                                        {'k', "isLinkLocalUnicast"},
                                                        {'m', "isLinkLocalMulticast"}};
  for (const Case& c : cases) {
    const std::string address = "ip('" + std::string(c.address) + "')";
    EXPECT_EQ(text_of(address + ".family()"), std::to_string(c.family)) << c.address;
    for (const auto& [letter, function] : functions) {
      const bool has = std::string_view(c.properties).find(letter) != std::string_view::npos;
      EXPECT_EQ(text_of(address + "." + function + "()"), has ? "true" : "false")
          << c.address << " " << function;
    }
  }
  constexpr Yields wrong[] = {
      {"'::1'.isLoopback()", "mistake: `isLoopback` does not take text"},
      {"dyn('::1').isLoopback()", "error: no such overload: `isLoopback` does not take text"},
      {"cidr('::1/128').family()", "mistake: `family` does not take an IP network"},
  };
  expect_all(wrong);
}

TEST(NetworkFunctions, ReadNetworks) {
  const Yields cases[] = {
      {"cidr('192.168.0.0/24')", "192.168.0.0/24"},
      {"cidr('192.168.0.5/24')", "192.168.0.5/24"},
      {"cidr('0.0.0.0/0')", "0.0.0.0/0"},
      {"cidr('1.2.3.4/32')", "1.2.3.4/32"},
      {"cidr('2001:DB8::/32')", "2001:db8::/32"},
      {"cidr('::1/128')", "::1/128"},
      {"string(cidr('::/0'))", "'::/0'"},
      {"type(cidr('::/0')) == net.CIDR", "true"},
      {"cidr('10.0.0.0/8') == cidr('10.0.0.0/8')", "true"},
      {"cidr('10.0.0.0/8') == cidr('10.0.0.0/9')", "false"},
      {"cidr('10.0.0.1/8') == cidr('10.0.0.0/8')", "false"},
      {"cidr('0.0.0.0/0') == cidr('::/0')", "false"},
      {"cidr('')", no_network},
      {"cidr('10.0.0.0')", no_network},
      {"cidr('10.0.0.0/')", no_network},
      {"cidr('/8')", no_network},
      {"cidr('10.0.0.0/33')", no_network},
      {"cidr('10.0.0.0/-1')", no_network},
      {"cidr('10.0.0.0/+8')", no_network},
      {"cidr('10.0.0.0/08')", no_network},
      {"cidr('10.0.0.0/8 ')", no_network},
      {"cidr('10.0.0.0/8/8')", no_network},
      {"cidr('10.0.0/8')", no_network},
      {"cidr('::/129')", no_network},
      {"cidr('::/1000')", no_network},
      {"cidr('10.0.0.0/255.0.0.0')", no_network},
      {"cidr('fe80::1%en0/24')", zone},
      {"cidr('::ffff:192.168.0.1/24')", mapped},
      {"cidr('::ffff:c0a8:1/24')", mapped},
      {"isCIDR('10.0.0.1/8')", "true"},
      {"isCIDR('10.0.0.0')", "false"},
      {"isCIDR('10.0.0.0/33')", "false"},
      {"isCIDR('::ffff:c0a8:1/24')", "false"},
      {"cidr(ip('::1'))", "mistake: `cidr` does not take an IP address"},
  };
  expect_all(cases);
}

TEST(NetworkFunctions, TellWhatANetworkContains) {
  const Yields cases[] = {
      {"cidr('192.168.0.0/24').containsIP('192.168.0.0')", "true"},
      {"cidr('192.168.0.0/24').containsIP(ip('192.168.0.255'))", "true"},
      {"cidr('192.168.0.0/24').containsIP('192.168.1.0')", "false"},
      {"cidr('192.168.0.77/24').containsIP('192.168.0.1')", "true"},
      {"cidr('192.168.0.0/25').containsIP('192.168.0.128')", "false"},
      {"cidr('192.168.0.0/23').containsIP('192.168.1.255')", "true"},
      {"cidr('0.0.0.0/0').containsIP('255.255.255.255')", "true"},
      {"cidr('0.0.0.0/0').containsIP('::1')", "false"},
      {"cidr('::/0').containsIP('1.2.3.4')", "false"},
      {"cidr('1.2.3.4/32').containsIP('1.2.3.4')", "true"},
      {"cidr('1.2.3.4/32').containsIP('1.2.3.5')", "false"},
      {"cidr('2001:db8::/32').containsIP('2001:db8:ffff::1')", "true"},
      {"cidr('2001:db8::/33').containsIP('2001:db8:8000::')", "false"},
      {"cidr('10.0.0.0/8').containsIP('nonsense')", no_address},
      {"cidr('10.0.0.0/8').containsIP('::ffff:10.0.0.1')", mapped},
      {"cidr('10.0.0.0/8').containsIP(dyn(1))",
       "error: no such overload: `containsIP` does not take an IP network and a whole number"},
      {"cidr('10.0.0.0/8').containsIP(dyn(cidr('10.0.0.0/8')))",
       "error: no such overload: `containsIP` does not take an IP network and an IP network"},
      {"ip('10.0.0.0').containsIP('10.0.0.0')",
       "mistake: `containsIP` does not take an IP address and text"},
      {"cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')", "true"},
      {"cidr('10.0.0.0/8').containsCIDR(cidr('10.0.0.0/8'))", "true"},
      {"cidr('10.0.0.0/8').containsCIDR('10.0.0.0/7')", "false"},
      {"cidr('10.0.0.0/8').containsCIDR('11.0.0.0/16')", "false"},
      {"cidr('10.0.0.9/8').containsCIDR('10.255.0.1/16')", "true"},
      {"cidr('0.0.0.0/0').containsCIDR('::/0')", "false"},
      {"cidr('2001:db8::/32').containsCIDR('2001:db8::/33')", "true"},
      {"cidr('10.0.0.0/8').containsCIDR('10.0.0.0')", no_network},
      {"cidr('10.0.0.0/8').containsCIDR(ip('10.0.0.0'))",
       "mistake: `containsCIDR` does not take an IP network and an IP address"},
      {"cidr('192.168.1.5/24').ip()", "192.168.1.5"},
      {"cidr('192.168.1.5/24').masked()", "192.168.1.0/24"},
      {"cidr('192.168.1.5/32').masked()", "192.168.1.5/32"},
      {"cidr('192.168.1.5/0').masked()", "0.0.0.0/0"},
      {"cidr('192.168.1.255/27').masked()", "192.168.1.224/27"},
      {"cidr('2001:db8:ffff::1/33').masked()", "2001:db8:8000::/33"},
      {"cidr('192.168.1.5/24').isMask()", "false"},
      {"cidr('192.168.1.0/24').isMask()", "true"},
      {"cidr('192.168.1.0/24').prefixLength()", "24"},
      {"cidr('2001:db8::/128').prefixLength()", "128"},
      {"ip('::1').masked()", "mistake: `masked` does not take an IP address"},
  };
  expect_all(cases);
}

}  // namespace
}  // namespace lockgate::cel
