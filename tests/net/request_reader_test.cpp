#include "plugin/net/request_reader.hpp"

#include <cstring>
#include <random>

#include <gtest/gtest.h>

namespace lockgate::net {
namespace {

using State = RequestReader::State;

void feed(RequestReader& reader, std::string_view bytes) {
  while (!bytes.empty()) {
    const boost::asio::mutable_buffer space = reader.space();
    const std::size_t size = std::min(space.size(), bytes.size());
    std::memcpy(space.data(), bytes.data(), size);
    reader.filled(size);
    bytes.remove_prefix(size);
  }
}

struct Outcome {
  State state = State::idle;
  unsigned status = 0;  // if refused
};

// What becomes of these bytes when they come `at_once` at a time.
Outcome outcome(std::string_view bytes, std::size_t at_once, const Limits& limits = {}) {
  RequestReader reader(limits);
  Outcome last{.state = reader.advance()};
  for (std::size_t i = 0; i < bytes.size(); i += at_once) {
    feed(reader, bytes.substr(i, at_once));
    last.state = reader.advance();
    if (last.state == State::complete || last.state == State::refused) break;
  }
  if (last.state == State::refused) last.status = reader.refused().status;
  return last;
}

std::string post(const std::string& fields, const std::string& body) {
  return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
}

std::string repeat(std::string_view part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

struct Case {
  std::string name;
  std::string bytes;
  unsigned status;  // 0: taken
};
void PrintTo(const Case& each, std::ostream* out) { *out << each.name; }

using namespace std::string_literals;

const Case kCases[] = {
    {"Get", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0},
    {"PostWithLength", post("Content-Length: 3\r\n", "abc"), 0},
    {"PostChunked", post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n"), 0},
    {"NothingInChunks", post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), 0},
    {"NothingInChunksWithTrailer", post("Transfer-Encoding: chunked\r\n", "0\r\nX: y\r\n\r\n"), 0},
    {"ChunkedInAnyCase", post("transfer-encoding: CHUNKED\r\n", "3\r\nabc\r\n0\r\n\r\n"), 0},
    {"LengthThenCoding", post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nG"),
     400},
    {"CodingThenLength", post("Transfer-Encoding: chunked\r\nContent-Length: 6\r\n", "0\r\n\r\nG"),
     400},
    {"TwoLengths", post("Content-Length: 3\r\nContent-Length: 4\r\n", "abcd"), 400},
    {"TheSameLengthTwice", post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), 400},
    {"ListOfLengths", post("Content-Length: 3, 3\r\n", "abc"), 400},
    {"LengthWithPlus", post("Content-Length: +3\r\n", "abc"), 400},
    {"NegativeLength", post("Content-Length: -1\r\n", "abc"), 400},
    {"HexadecimalLength", post("Content-Length: 0x3\r\n", "abc"), 400},
    {"LengthBeyond64Bits", post("Content-Length: 18446744073709551619\r\n", "abc"), 400},
    {"EmptyLength", post("Content-Length: \r\n", "abc"), 400},
    {"UnknownCoding", post("Transfer-Encoding: xchunked\r\nContent-Length: 3\r\n", "abc"), 400},
    {"Gzip", post("Transfer-Encoding: gzip\r\n", "abc"), 400},
    {"GzipThenChunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400},
    {"ChunkedThenIdentity",
     post("Transfer-Encoding: chunked, identity\r\n", "3\r\nabc\r\n0\r\n\r\n"), 400},
    {"ChunkedTwice",
     post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n"),
     400},
    {"VerticalTabBeforeChunked",
     post("Transfer-Encoding: \x0b"
          "chunked\r\nContent-Length: 3\r\n",
          "abc"),
     400},
    {"SpaceBeforeColon", post("Transfer-Encoding : chunked\r\nContent-Length: 3\r\n", "abc"), 400},
    {"FoldedCoding", post("Transfer-Encoding:\r\n chunked\r\n", "3\r\nabc\r\n0\r\n\r\n"), 400},
    {"FoldedField", post("X-A: b\r\n c\r\nContent-Length: 3\r\n", "abc"), 400},
    {"FoldedWithTab", post("X-A: b\r\n\tc\r\nContent-Length: 3\r\n", "abc"), 400},
    {"FoldedFirstField", "GET / HTTP/1.1\r\n Host: a\r\nHost: a\r\n\r\n", 400},
    {"CodingInHttp10",
     "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
     "3\r\nabc\r\n0\r\n\r\n",
     400},
    {"ChunkSizeBeyond64Bits",
     post("Transfer-Encoding: chunked\r\n", "10000000000000000\r\nabc\r\n0\r\n\r\n"), 400},
    {"ChunkSizeHuge", post("Transfer-Encoding: chunked\r\n", "fffffffffffffffe\r\nabc"), 413},
    {"ChunkSizeWithPrefix", post("Transfer-Encoding: chunked\r\n", "0x3\r\nabc\r\n0\r\n\r\n"), 400},
    {"ChunkExtensionWithLf", post("Transfer-Encoding: chunked\r\n", "3;a\nb\r\nabc\r\n0\r\n\r\n"),
     400},
    {"ChunksWithBareLf", post("Transfer-Encoding: chunked\r\n", "3\nabc\n0\n\n"), 400},
    {"ChunkSizeWithBareCr", post("Transfer-Encoding: chunked\r\n", "3\rabc"), 400},
    {"TrailerWithBareLf", post("Transfer-Encoding: chunked\r\n", "0\r\nX: y\n\n"), 400},
    {"ChunkLongerThanItSays", post("Transfer-Encoding: chunked\r\n", "3\r\nabcX\r\n0\r\n\r\n"),
     400},
    {"ChunkExtensionOf4KB",
     post("Transfer-Encoding: chunked\r\n", "3;" + repeat("a", 4096) + "\r\nabc\r\n0\r\n\r\n"),
     400},
    {"ChunkExtensionWithoutEnd", post("Transfer-Encoding: chunked\r\n", "3;" + repeat("a", 20'000)),
     400},
    {"ShortChunkExtension", post("Transfer-Encoding: chunked\r\n", "3;a=b\r\nabc\r\n0\r\n\r\n"), 0},
    {"Trailer", post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\nHost: evil\r\n\r\n"), 0},
    {"TrailerWithoutEnd",
     post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n" + repeat("x: y\r\n", 2000)), 400},
    {"BareLf", "GET / HTTP/1.1\nHost: a\n\n", 400},
    {"BareCr", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400},
    {"NulInAValue", "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"s, 400},
    {"NulInAName", "GET / HTTP/1.1\r\nHost: a\r\nX\0: a\r\n\r\n"s, 400},
    {"EmptyName", "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", 400},
    {"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
    {"TwoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
    {"HostWithUser", "GET / HTTP/1.1\r\nHost: good@evil\r\n\r\n", 400},
    {"HostWithPath", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
    {"HostWithSpace", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
    {"HostList", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
    {"EmptyHost", "GET / HTTP/1.1\r\nHost: \r\n\r\n", 400},
    {"HostWithPort", "GET / HTTP/1.1\r\nHost: a.example:8080\r\n\r\n", 0},
    {"HostIsIpv6", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 0},
    {"Http10WithoutHost", "GET / HTTP/1.0\r\n\r\n", 0},
    {"Http12", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
    {"Http99", "GET / HTTP/9.9\r\nHost: a\r\n\r\n", 505},
    {"Http09", "GET /\r\n\r\n", 400},
    {"EmptyLinesBefore", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 0},
    {"SpaceBefore", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"SpaceInTheTarget", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"NulInTheTarget", "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n"s, 400},
    {"EightBitTarget", "GET /\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"Utf8Target", "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"LongTarget", "GET /" + repeat("a", 100'000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
    {"TargetOf8001", "GET /" + repeat("a", 8000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
    {"TargetOf8000", "GET /" + repeat("a", 7999) + " HTTP/1.1\r\nHost: a\r\n\r\n", 0},
    {"LongField", "GET / HTTP/1.1\r\nHost: a\r\nX: " + repeat("a", 100'000) + "\r\n\r\n", 431},
    {"ManyFields", "GET / HTTP/1.1\r\nHost: a\r\n" + repeat("x: y\r\n", 10'000) + "\r\n", 431},
    {"AHundredAndOneFields", "GET / HTTP/1.1\r\nHost: a\r\n" + repeat("x: y\r\n", 100) + "\r\n",
     431},
    {"AHundredFields", "GET / HTTP/1.1\r\nHost: a\r\n" + repeat("x: y\r\n", 99) + "\r\n", 0},
    {"LongMethod", repeat("A", 1000) + " / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
    {"UnknownMethod", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
    {"LowerCaseMethod", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
    {"AbsoluteFormOfAnotherHost", "GET http://evil/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"AbsoluteForm", "GET http://A/b?c=d HTTP/1.1\r\nHost: a\r\n\r\n", 0},
    {"Connect", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"Asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"BadPath", "GET /%2e%2e/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"Expect", post("Expect: 200-maybe\r\nContent-Length: 3\r\n", "abc"), 417},
    {"Http2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
    {"Tls", "\x16\x03\x01\0\xa5\x01\0\0\xa1\x03\x03"s + std::string(160, '\0'), 400},
    {"TooLongByItsLength", post("Content-Length: 262145\r\n", ""), 413},
    {"JustShortEnough", post("Content-Length: 262144\r\n", repeat("a", 262'144)), 0},
    {"TooLongByChunks",
     post("Transfer-Encoding: chunked\r\n",
          repeat("1000\r\n" + repeat("a", 4096) + "\r\n", 64) + "1\r\n"),
     413},
    {"JustShortEnoughInChunks",
     post("Transfer-Encoding: chunked\r\n",
          repeat("1000\r\n" + repeat("a", 4096) + "\r\n", 64) + "0\r\n\r\n"),
     0},
};

class RequestReaderTable : public testing::TestWithParam<Case> {};

TEST_P(RequestReaderTable, DecidesTheSameHoweverTheBytesArrive) {
  for (const std::size_t at_once : {std::size_t{1} << 20, std::size_t{997}, std::size_t{1}}) {
    if (at_once == 1 && GetParam().bytes.size() > 30'000) continue;
    const Outcome got = outcome(GetParam().bytes, at_once);
    EXPECT_EQ(got.status, GetParam().status) << at_once;
    EXPECT_EQ(got.state, GetParam().status == 0 ? State::complete : State::refused) << at_once;
  }
}

INSTANTIATE_TEST_SUITE_P(Framing, RequestReaderTable, testing::ValuesIn(kCases),
                         [](const auto& each) { return each.param.name; });

// Nothing that is made of the pieces of requests may break it, and no other bytes than those
// of a request may be taken for one: what it takes is at most as long as what it was given.
TEST(RequestReader, O52_SurvivesRequestsPutTogetherAtRandom) {
  std::mt19937 random(20261123);
  const auto below = [&](std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most - 1)(random);
  };
  std::vector<std::string> pieces;
  for (const Case& each : kCases) {
    if (each.bytes.size() < 1000) pieces.push_back(each.bytes);
  }
  for (int round = 0; round < 4000; ++round) {
    std::string bytes = pieces[below(pieces.size())];
    for (std::size_t change = below(4); change > 0; --change) {
      const std::string& other = pieces[below(pieces.size())];
      const std::size_t at = below(bytes.size() + 1), from = below(other.size());
      switch (below(4)) {
        case 0:
          bytes.erase(at, 1 + below(8));
          break;
        case 1:
          bytes.insert(at, 1, static_cast<char>(below(256)));
          break;
        case 2:
          bytes.insert(at, other.substr(from, 1 + below(16)));
          break;
        default:
          bytes = bytes.substr(0, at) + other.substr(from);
      }
    }
    RequestReader reader{Limits{}};
    std::size_t taken = 0;
    for (std::size_t i = 0; i < bytes.size();) {
      const std::size_t size = std::min(1 + below(below(2) == 0 ? 3 : 200), bytes.size() - i);
      feed(reader, std::string_view(bytes).substr(i, size));
      i += size;
      while (reader.advance() == State::complete) {
        const Request request = reader.take().request;
        taken += request.body.size() + request.path.size();
        ASSERT_LE(taken, i) << bytes;
      }
      if (reader.advance() == State::refused) break;
    }
  }
}

TEST(RequestReader, GivesTheRequestAsItWasSent) {
  RequestReader reader{Limits{}};
  feed(reader,
       "POST /p/PR%2D1?a=b%20c HTTP/1.1\r\nHost: a\r\nX-One:  two \r\nX-One: three\r\n"
       "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-One: no\r\n\r\n");
  ASSERT_EQ(reader.advance(), State::complete);
  const RequestReader::Taken taken = reader.take();
  EXPECT_TRUE(taken.keep_alive);
  EXPECT_FALSE(taken.http_1_0);
  EXPECT_EQ(taken.request.method, "POST");
  EXPECT_EQ(taken.request.path, "/p/PR-1");
  EXPECT_EQ(taken.request.query.at("a"), "b c");
  EXPECT_EQ(taken.request.body, "abcde");
  const std::vector<std::pair<std::string, std::string>> headers{
      {"Host", "a"}, {"X-One", "two"}, {"X-One", "three"}, {"Transfer-Encoding", "chunked"}};
  EXPECT_EQ(taken.request.headers, headers);
}

TEST(RequestReader, KeepsPipelinedRequestsApart) {
  RequestReader reader{Limits{}};
  feed(reader,
       "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
       "GET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.0\r\n\r\nGET /4");
  const char* paths[] = {"/1", "/2", "/3"};
  for (const char* path : paths) {
    ASSERT_EQ(reader.advance(), State::complete);
    EXPECT_EQ(reader.advance(), State::complete);
    EXPECT_EQ(reader.take().request.path, path);
  }
  EXPECT_EQ(reader.advance(), State::head);
}

TEST(RequestReader, SaysHowTheConnectionGoesOn) {
  const auto keep_alive = [](std::string_view head) {
    RequestReader reader{Limits{}};
    feed(reader, head);
    EXPECT_EQ(reader.advance(), State::complete);
    return reader.take().keep_alive;
  };
  EXPECT_TRUE(keep_alive("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_FALSE(keep_alive("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
  EXPECT_FALSE(keep_alive("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_TRUE(keep_alive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

TEST(RequestReader, AsksForTheBodyOnceIfThePeerWaits) {
  RequestReader reader{Limits{}};
  feed(reader, post("Expect: 100-continue\r\nContent-Length: 3\r\n", ""));
  EXPECT_EQ(reader.advance(), State::body);
  EXPECT_TRUE(reader.must_say_continue());
  EXPECT_FALSE(reader.must_say_continue());
  feed(reader, "abc");
  EXPECT_EQ(reader.advance(), State::complete);
}

TEST(RequestReader, DoesNotAskForABodyThatItRefuses) {
  RequestReader reader{Limits{}};
  feed(reader, post("Expect: 100-continue\r\nContent-Length: 262145\r\n", ""));
  EXPECT_EQ(reader.advance(), State::refused);
  EXPECT_EQ(reader.refused().status, 413u);
  EXPECT_FALSE(reader.must_say_continue());
}

TEST(RequestReader, IsIdleUntilTheFirstByte) {
  RequestReader reader{Limits{}};
  EXPECT_EQ(reader.advance(), State::idle);
  feed(reader, "\r\n");
  EXPECT_EQ(reader.advance(), State::idle);
  feed(reader, "G");
  EXPECT_EQ(reader.advance(), State::head);
}

TEST(RequestReader, StaysRefused) {
  RequestReader reader{Limits{}};
  feed(reader, "GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(reader.advance(), State::refused);
  feed(reader, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(reader.advance(), State::refused);
}

}  // namespace
}  // namespace lockgate::net
