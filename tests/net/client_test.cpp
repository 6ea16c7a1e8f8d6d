#include "plugin/net/client.hpp"

#include <atomic>
#include <latch>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "peer.hpp"

namespace lockgate::net {
namespace {

using namespace std::chrono_literals;
using test::Conversation;
using test::Peer;
using test::say;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kDone = "HTTP/1.1 204 No Content\r\n\r\n";

ClientRequest to(std::string url) {
  ClientRequest request{.url = std::move(url), .body = "{}", .allow_private = true};
  request.deadline = 10s;
  return request;
}

const Client& the_client() {
  static const Client client;
  return client;
}

// Why there was no answer.
Error why_not(const ClientRequest& request, const Client& client = the_client()) {
  const auto answer = client.send(request);
  EXPECT_FALSE(answer.has_value());
  return answer ? Error{} : answer.error();
}

// A client for which every name is at these addresses.
Client resolving(std::vector<std::string> addresses, std::atomic<int>* asked = nullptr) {
  ClientSettings settings;
  settings.resolve = [addresses = std::move(addresses), asked](const std::string&) {
    if (asked) ++*asked;
    return addresses;
  };
  return Client(settings);
}

TEST(Client, SendsARequestAndGivesTheAnswer) {
  std::string got;
  Peer peer([&](Conversation& conversation) {
    got = conversation.read_request();
    conversation.send("HTTP/1.1 202 Accepted\r\nX-One: two\r\nContent-Length: 5\r\n\r\nhello");
  });
  ClientRequest request = to(peer.url("/decisions?a=b"));
  request.headers = {{"Content-Type", "application/json"}, {"webhook-id", "dec_1"}};
  request.body = R"({"type":"decision.made"})";
  const auto answer = the_client().send(request);
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->status, 202u);
  EXPECT_EQ(answer->body, "hello");
  EXPECT_FALSE(answer->truncated);
  EXPECT_THAT(answer->headers, testing::Contains(testing::Pair("X-One", "two")));
  EXPECT_THAT(got, StartsWith("POST /decisions?a=b HTTP/1.1\r\nHost: 127.0.0.1:" +
                              std::to_string(peer.port()) + "\r\n"));
  EXPECT_THAT(got, HasSubstr("\r\nUser-Agent: Lockgate\r\n"));
  EXPECT_THAT(got, HasSubstr("\r\nContent-Length: 24\r\n"));
  EXPECT_THAT(got, HasSubstr("\r\nContent-Type: application/json\r\nwebhook-id: dec_1\r\n\r\n"));
  EXPECT_THAT(got, EndsWith("\r\n\r\n" + request.body));
}

TEST(Client, ReadsBodiesInChunksAndToTheEndOfTheConnection) {
  Peer chunks(
      say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n"
          "0\r\n\r\n"));
  const auto in_chunks = the_client().send(to(chunks.url()));
  ASSERT_TRUE(in_chunks.has_value());
  EXPECT_EQ(in_chunks->body, "abcde");
  EXPECT_FALSE(in_chunks->truncated);
  Peer open(say("HTTP/1.1 200 OK\r\n\r\nto the end"));
  const auto to_the_end = the_client().send(to(open.url()));
  ASSERT_TRUE(to_the_end.has_value());
  EXPECT_EQ(to_the_end->body, "to the end");
  EXPECT_FALSE(to_the_end->truncated);
}

TEST(Client, WaitsForTheAnswerBehindInterimOnes) {
  Peer peer(
      say("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"
          "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone"));
  const auto answer = the_client().send(to(peer.url()));
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 200u);
  EXPECT_EQ(answer->body, "done");
}

TEST(Client, TakesAnAnswerThatComesBeforeTheWholeRequestWasRead) {
  Peer peer([](Conversation& conversation) {
    conversation.send("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\n\r\n");
    ::shutdown(conversation.socket(), SHUT_WR);
    conversation.wait_until_it_hangs_up();
  });
  ClientRequest request = to(peer.url());
  request.body.assign(200'000, 'a');
  const auto answer = the_client().send(request);
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->status, 413u);
}

TEST(Client, O63_ARedirectIsAnAnswerAndIsNotFollowed) {
  Peer elsewhere(say(kDone));
  for (const char* status : {"301 Moved Permanently", "302 Found", "303 See Other",
                             "307 Temporary Redirect", "308 Permanent Redirect"}) {
    Peer peer(say("HTTP/1.1 " + std::string(status) + "\r\nLocation: " + elsewhere.url() +
                  "\r\nContent-Length: 0\r\n\r\n"));
    const auto answer = the_client().send(to(peer.url()));
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(std::to_string(answer->status), std::string(status).substr(0, 3));
    EXPECT_EQ(peer.conversations(), 1);
  }
  EXPECT_EQ(elsewhere.conversations(), 0);
}

TEST(Client, O66_NothingIsConnectedToThatMayNotBeCalled) {
  Peer peer(say(kDone));
  const std::string port = std::to_string(peer.port());
  for (const std::string host : {"127.0.0.1", "localhost", "localhost.", "2130706433", "0x7f.1",
                                 "127.1", "[::ffff:127.0.0.1]", "0.0.0.0"}) {
    ClientRequest request = to("http://" + host + ":" + port + "/");
    request.allow_private = false;
    EXPECT_EQ(why_not(request).code, Errc::invalid) << host;
  }
  for (const std::string host : {"[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254"}) {
    EXPECT_EQ(why_not(to("http://" + host + ":" + port + "/")).code, Errc::invalid) << host;
  }
  EXPECT_EQ(peer.conversations(), 0);
}

TEST(Client, O67_ANameIsCalledOnlyIfAllItsAddressesMayBe) {
  Peer peer(say(kDone));
  const std::string url = "http://cases.example.org:" + std::to_string(peer.port()) + "/";
  ClientRequest request = to(url);
  request.allow_private = false;
  for (const std::vector<std::string>& addresses : {std::vector<std::string>{"127.0.0.1"},
                                                    {"10.0.0.1"},
                                                    {"203.0.113.7"},
                                                    {"8.8.8.8", "127.0.0.1"},
                                                    {"::ffff:127.0.0.1"},
                                                    {"fd00::1"},
                                                    {"not an address"}}) {
    const Error error = why_not(request, resolving(addresses));
    EXPECT_EQ(error.code, Errc::invalid) << addresses.back();
    EXPECT_THAT(error.message, HasSubstr("`" + addresses.back() + "`"));
  }
  // Loopback may be permitted; the address of a cloud's metadata never.
  EXPECT_EQ(why_not(to(url), resolving({"127.0.0.1", "169.254.169.254"})).code, Errc::invalid);
  EXPECT_EQ(peer.conversations(), 0);
  EXPECT_TRUE(resolving({"127.0.0.1"}).send(to(url)).has_value());
  EXPECT_EQ(peer.conversations(), 1);
}

TEST(Client, O67_ANameIsLookedUpOnceForEachRequest) {
  Peer peer(say(kDone));
  std::atomic<int> asked = 0;
  const Client client = resolving({"127.0.0.1"}, &asked);
  ASSERT_TRUE(client.send(to("http://cases.example.org:" + std::to_string(peer.port()) + "/")));
  EXPECT_EQ(asked, 1);
}

TEST(Client, SaysThatANameCouldNotBeResolved) {
  const Error error = why_not(to("http://nowhere.example.org/"), resolving({}));
  EXPECT_EQ(error.code, Errc::unavailable);
  EXPECT_EQ(error.message, "the name `nowhere.example.org` could not be resolved");
}

TEST(Client, SaysThatTheConnectionWasRefused) {
  std::uint16_t port = 0;
  {
    const Peer gone(say(kDone));
    port = gone.port();
  }
  const Error error = why_not(to("http://127.0.0.1:" + std::to_string(port) + "/"));
  EXPECT_EQ(error.code, Errc::unavailable);
  EXPECT_EQ(error.message, "the connection was refused");
}

TEST(Client, SaysThatThereWasNoAnswer) {
  Peer peer([](Conversation& conversation) { conversation.read_request(); });
  const Error error = why_not(to(peer.url()));
  EXPECT_EQ(error.code, Errc::unavailable);
  EXPECT_EQ(error.message, "the connection was closed without an answer");
}

TEST(Client, O68_GivesUpOnAPeerThatSaysNothing) {
  Peer peer([](Conversation& conversation) { conversation.wait_until_it_hangs_up(); });
  ClientRequest request = to(peer.url());
  request.deadline = 50ms;
  const Error error = why_not(request);
  EXPECT_EQ(error.code, Errc::unavailable);
  EXPECT_EQ(error.message, "timed out after 50 ms");
}

TEST(Client, O68_TheDeadlineIsForTheWholeAnswerHoweverManyBytesCome) {
  Peer peer([](Conversation& conversation) {
    conversation.read_request();
    conversation.send("HTTP/1.1 200 OK\r\nX: ");
    while (conversation.send("a")) std::this_thread::sleep_for(1ms);
  });
  ClientRequest request = to(peer.url());
  request.deadline = 100ms;
  EXPECT_EQ(why_not(request).message, "timed out after 100 ms");
}

TEST(Client, O68_TheDeadlineIncludesLookingUpTheName) {
  // The look-up is left behind and may go on after the client has gone.
  const auto go_on = std::make_shared<std::latch>(1);
  ClientSettings settings;
  settings.resolve = [go_on](const std::string&) {
    go_on->wait();
    return std::vector<std::string>{};
  };
  {
    const Client client(settings);
    ClientRequest request = to("http://slow.example.org/");
    request.deadline = 50ms;
    const Error error = why_not(request, client);
    EXPECT_EQ(error.code, Errc::unavailable);
    EXPECT_EQ(error.message, "looking up `slow.example.org` timed out after 50 ms");
  }
  go_on->count_down();
}

TEST(Client, O68_ReadsNoMoreOfABodyThanItKeeps) {
  for (const char* head :
       {"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n"}) {
    std::atomic<bool> hung_up = false;
    Peer peer([&](Conversation& conversation) {
      conversation.read_request();
      conversation.send(head);
      const std::string part(8192, 'a');
      while (conversation.send(part)) {
      }
      hung_up = true;
    });
    const auto answer = the_client().send(to(peer.url()));
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 200u);
    EXPECT_EQ(answer->body.size(), std::size_t{64 * 1024});
    EXPECT_TRUE(answer->truncated);
    while (!hung_up) std::this_thread::yield();
  }
}

TEST(Client, O68_ReadsNoMoreChunksThanItKeeps) {
  Peer peer([](Conversation& conversation) {
    conversation.read_request();
    conversation.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string part = "1000\r\n" + std::string(4096, 'a') + "\r\n";
    while (conversation.send(part)) {
    }
  });
  const auto answer = the_client().send(to(peer.url()));
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->body.size(), std::size_t{64 * 1024});
  EXPECT_TRUE(answer->truncated);
}

TEST(Client, O68_ReadsNoEndOfAChunksExtension) {
  std::atomic<std::size_t> sent = 0;
  Peer peer([&](Conversation& conversation) {
    conversation.read_request();
    conversation.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;");
    const std::string part(8192, 'a');
    while (conversation.send(part)) sent += part.size();
  });
  const auto answer = the_client().send(to(peer.url()));
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 200u);
  EXPECT_EQ(answer->body, "");
  EXPECT_TRUE(answer->truncated);
  EXPECT_LT(sent, std::size_t{16} * 1024 * 1024);
}

TEST(Client, TakesTheEndOfChunksHoweverItArrives) {
  Peer peer([](Conversation& conversation) {
    conversation.read_request();
    conversation.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (const char* part : {"0", "\r", "\n", "\r", "\n"}) {
      std::this_thread::sleep_for(2ms);
      conversation.send(part);
    }
    conversation.wait_until_it_hangs_up();
  });
  const auto answer = the_client().send(to(peer.url()));
  ASSERT_TRUE(answer.has_value());
  EXPECT_FALSE(answer->truncated);
}

TEST(Client, O68_RefusesAHeaderThatDoesNotEnd) {
  Peer peer([](Conversation& conversation) {
    conversation.read_request();
    conversation.send("HTTP/1.1 200 OK\r\n");
    while (conversation.send("X-Again: and again\r\n")) {
    }
  });
  const Error error = why_not(to(peer.url()));
  EXPECT_EQ(error.code, Errc::unavailable);
  EXPECT_EQ(error.message, "the answer's header is larger than 16384 bytes");
}

TEST(Client, O68_AnInterimAnswerWithoutEndIsNoAnswer) {
  Peer peer([](Conversation& conversation) {
    conversation.read_request();
    while (conversation.send("HTTP/1.1 100 Continue\r\n\r\n")) {
    }
  });
  EXPECT_EQ(why_not(to(peer.url())).code, Errc::unavailable);
}

TEST(Client, O68_UndoesNoContentCoding) {
  Peer peer(
      say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08"));
  const auto answer = the_client().send(to(peer.url()));
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->body, "\x1f\x8b\x08");
}

TEST(Client, O68_SaysThatAnAnswerWasNotHttp) {
  for (const char* bytes :
       {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 abc\r\n\r\n"}) {
    Peer peer(say(bytes));
    const Error error = why_not(to(peer.url()));
    EXPECT_EQ(error.code, Errc::unavailable) << bytes;
    EXPECT_EQ(error.message, "the answer was not HTTP") << bytes;
  }
}

TEST(Client, SaysThatABodyBrokeOff) {
  Peer peer(say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"));
  const auto answer = the_client().send(to(peer.url()));
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 200u);
  EXPECT_EQ(answer->body, "abc");
  EXPECT_TRUE(answer->truncated);
}

TEST(Client, RefusesHeadersThatWouldBeginAnotherLine) {
  Peer peer(say(kDone));
  for (const std::pair<std::string, std::string>& header :
       {std::pair<std::string, std::string>{"X", "a\r\nY: b"},
        {"X\r\nY", "b"},
        {"", "b"},
        {"X", "a\n"},
        {"X", std::string("a\0b", 3)}}) {
    ClientRequest request = to(peer.url());
    request.headers = {header};
    EXPECT_EQ(why_not(request).code, Errc::invalid);
  }
  EXPECT_EQ(peer.conversations(), 0);
}

TEST(Client, MayBeUsedFromManyThreadsAtOnce) {
  Peer peer(say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
  const Client client;
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < 8; ++i) {
      callers.emplace_back([&] {
        for (int j = 0; j < 10; ++j) {
          const auto answer = client.send(to(peer.url()));
          right += answer && answer->body == "ok";
        }
      });
    }
  }
  EXPECT_EQ(right, 80);
}

}  // namespace
}  // namespace lockgate::net
