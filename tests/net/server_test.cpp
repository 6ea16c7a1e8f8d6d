#include "plugin/net/server.hpp"

#include <latch>
#include <stdexcept>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "running_server.hpp"

namespace lockgate::net {
namespace {

using namespace std::chrono_literals;
using test::echo;
using test::echo_routes;
using test::on_any_port;
using test::RawAnswer;
using test::RawConnection;
using test::RunningServer;
using testing::HasSubstr;

constexpr const char* kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

std::string post(std::string_view body) {
  return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body);
}

TEST(Server, AnswersARequest) {
  RunningServer running(echo_routes());
  const RawAnswer answer =
      running.ask("GET /p/PR-0001/review?page=2 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("content-type"), "text/plain");
  EXPECT_EQ(answer.body, "GET /p/PR-0001/review ?page=2 {number=PR-0001} []");
}

TEST(Server, KeepsAConnectionForMoreRequests) {
  RunningServer running(echo_routes());
  RawConnection connection = running.connect();
  for (const char* body : {"one", "two", "three"}) {
    const RawAnswer answer = connection.ask(post(body));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "POST / [" + std::string(body) + "]");
    EXPECT_EQ(answer.field("Connection"), "(none)");
  }
}

TEST(Server, AnswersPipelinedRequestsInTheirOrder) {
  RunningServer running(echo_routes());
  RawConnection connection = running.connect();
  std::string all;
  for (int i = 0; i < 50; ++i) all += post(std::to_string(i));
  ASSERT_TRUE(connection.send(all));
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(connection.read().body, "POST / [" + std::to_string(i) + "]");
  }
}

TEST(Server, ClosesAfterTheMostRequests) {
  ServerSettings settings = on_any_port();
  settings.limits.requests = 3;
  RunningServer running(echo_routes(), settings);
  RawConnection connection = running.connect();
  EXPECT_EQ(connection.ask(kGet).field("Connection"), "(none)");
  EXPECT_EQ(connection.ask(kGet).field("Connection"), "(none)");
  EXPECT_EQ(connection.ask(kGet).field("Connection"), "close");
  EXPECT_TRUE(connection.is_closed_by_peer());
}

TEST(Server, SpeaksHttp10) {
  RunningServer running(echo_routes());
  RawConnection once = running.connect();
  EXPECT_EQ(once.ask("GET / HTTP/1.0\r\n\r\n").field("Connection"), "close");
  EXPECT_TRUE(once.is_closed_by_peer());
  RawConnection kept = running.connect();
  constexpr const char* kKeep = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
  EXPECT_EQ(kept.ask(kKeep).field("Connection"), "keep-alive");
  EXPECT_EQ(kept.ask(kKeep).status, 200);
}

TEST(Server, TakesABodyInChunks) {
  RunningServer running(echo_routes());
  EXPECT_EQ(running
                .ask("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
                .body,
            "POST / [abcde]");
}

TEST(Server, GivesHeadTheLengthWithoutTheBody) {
  RunningServer running(echo_routes());
  RawConnection connection = running.connect();
  connection.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  const RawAnswer head = connection.read(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.field("Content-Length"), "8");
  EXPECT_EQ(connection.ask(kGet).body, "GET / []");
}

TEST(Server, SaysContinueToAPeerThatWaits) {
  RunningServer running(echo_routes());
  RawConnection connection = running.connect();
  connection.send(
      "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(connection.read().status, 100);
  EXPECT_EQ(connection.ask("abc").body, "POST / [abc]");
}

TEST(Server, DatesItsAnswersIfItHasAClock) {
  struct Fixed : Clock {
    UtcTime now() const override { return std::chrono::sys_days(std::chrono::days(20'000)); }
  } clock;
  ServerSettings settings = on_any_port();
  settings.clock = &clock;
  RunningServer running(echo_routes(), settings);
  EXPECT_EQ(running.ask(kGet).field("Date"), "Fri, 04 Oct 2024 00:00:00 GMT");
}

TEST(Server, GivesHandlersTheSocketsAddressWhateverHeadersSay) {
  RunningServer running(
      {{"GET", "/", [](Request request, Respond respond) {
          respond({.content_type = "text/plain", .headers = {}, .body = request.peer});
        }}});
  EXPECT_EQ(running
                .ask("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6\r\n"
                     "X-Real-IP: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\n\r\n")
                .body,
            "127.0.0.1");
}

TEST(Server, O61_IgnoresHeadersThatOverrideMethodOrPath) {
  RunningServer running(echo_routes());
  EXPECT_EQ(running
                .ask("GET / HTTP/1.1\r\nHost: a\r\nX-HTTP-Method-Override: POST\r\n"
                     "X-Original-URL: /admin\r\nX-Rewrite-URL: /admin\r\n\r\n")
                .body,
            "GET / []");
}

TEST(Server, SaysWhatIsNotThere) {
  RunningServer running(echo_routes());
  RawConnection connection = running.connect();
  const RawAnswer answer = connection.ask("GET /none HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.field("Content-Type"), "application/problem+json");
  EXPECT_EQ(connection.ask(kGet).status, 200) << "the connection goes on";
}

TEST(Server, LetsTheRoutesSayWhatIsNotThere) {
  test::CapturedLog log;
  Workers workers(1, 10);
  Server server(on_any_port(),
                Router({},
                       [](Request, Respond respond) {
                         respond({.status = 404,
                                  .content_type = "text/plain",
                                  .headers = {},
                                  .body = "our own page"});
                       }),
                workers, log);
  ASSERT_TRUE(server.start().has_value());
  EXPECT_EQ(RawConnection(server.port()).ask(kGet).body, "our own page");
}

TEST(Server, O60_MethodsThatAnAddressDoesNotTakeAreNamed) {
  RunningServer running(echo_routes());
  RawConnection connection = running.connect();
  for (const char* method : {"PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"}) {
    const RawAnswer answer =
        connection.ask(std::string(method) + " / HTTP/1.1\r\nHost: a\r\nCookie: s=1\r\n\r\n");
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(answer.field("Allow"), "GET, HEAD, POST") << method;
    EXPECT_THAT(answer.body, testing::Not(HasSubstr("s=1"))) << method;
  }
  EXPECT_EQ(running.ask("BREW / HTTP/1.1\r\nHost: a\r\n\r\n").status, 501);
}

TEST(Server, RefusesBadFramingAndCloses) {
  RunningServer running(echo_routes());
  for (const char* bytes :
       {"GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\nG",
        "GET / HTTP/1.1\nHost: a\n\n", "\x16\x03\x01"}) {
    RawConnection connection = running.connect();
    connection.send(bytes);
    const RawAnswer answer = connection.read();
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.field("Connection"), "close");
    EXPECT_EQ(answer.field("Content-Type"), "application/problem+json");
    connection.shut_down_sending();
    EXPECT_TRUE(connection.is_closed_by_peer()) << "one answer, nothing after it";
  }
}

// A second request hidden behind a refused one must never be seen.
TEST(Server, AnswersNothingThatFollowsARefusal) {
  std::atomic<int> seen = 0;
  RunningServer running({{"GET", "/", [&](Request, Respond respond) {
                            ++seen;
                            respond({});
                          }}});
  RawConnection connection = running.connect();
  connection.send("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n" + std::string(kGet));
  EXPECT_EQ(connection.read().status, 400);
  connection.shut_down_sending();
  EXPECT_TRUE(connection.is_closed_by_peer());
  EXPECT_EQ(seen, 0);
}

TEST(Server, O50_ABodyTooLongByItsLengthIsRefusedAtOnce) {
  RunningServer running(echo_routes());
  RawConnection connection = running.connect();
  connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 262145\r\n\r\n");
  EXPECT_EQ(connection.read().status, 413);
  connection.shut_down_sending();
  EXPECT_TRUE(connection.is_closed_by_peer());
}

TEST(Server, O50_ABodyTooLongByChunksIsRefusedWhenItPassesTheLimit) {
  RunningServer running(echo_routes());
  RawConnection connection = running.connect();
  connection.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "10000\r\n" + std::string(65'536, 'a') + "\r\n";
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(connection.send(chunk));
  connection.send("1\r\n");
  const RawAnswer answer = connection.read();
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.field("Connection"), "close");
}

TEST(Server, O50_ABodyOfExactlyTheLimitIsTaken) {
  RunningServer running(echo_routes());
  const std::string body(262'144, 'a');
  EXPECT_EQ(running.ask(post(body)).body.size(), body.size() + std::string("POST / []").size());
}

TEST(Server, LetsAPeerThatIsStillSendingReadTheRefusal) {
  RunningServer running(echo_routes());
  RawConnection connection = running.connect();
  connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n");
  connection.send(std::string(900'000, 'a'));
  EXPECT_EQ(connection.read().status, 413);
}

TEST(Server, O56_HeadersAndTargetsBeyondTheirLimitsAreRefused) {
  RunningServer running(echo_routes());
  EXPECT_EQ(running.ask("GET /" + std::string(9000, 'a')).status, 414);
  EXPECT_EQ(running.ask("GET / HTTP/1.1\r\nX: " + std::string(20'000, 'a')).status, 431);
  std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < 200; ++i) many += "a: b\r\n";
  EXPECT_EQ(running.ask(many + "\r\n").status, 431);
}

TEST(Server, ClosesOnAPeerThatIsSlowWithTheHeader) {
  ServerSettings settings = on_any_port();
  settings.limits.header_time = 50ms;
  RunningServer running(echo_routes(), settings);
  RawConnection connection = running.connect();
  connection.send("GET / HTTP/1.1\r\nHost: a\r\n");
  EXPECT_EQ(connection.read().status, 408);
  EXPECT_TRUE(connection.is_closed_by_peer());
}

// Each byte in time does not make the whole in time.
TEST(Server, CountsTheHeaderTimeFromItsFirstByte) {
  ServerSettings settings = on_any_port();
  settings.limits.header_time = 100ms;
  RunningServer running(echo_routes(), settings);
  RawConnection connection = running.connect();
  std::jthread dripping([&](std::stop_token stop) {
    connection.send("GET / HTTP/1.1\r\nX: ");
    while (!stop.stop_requested() && connection.send("a")) std::this_thread::yield();
  });
  const int status = connection.read().status;
  EXPECT_TRUE(status == 408 || status == 431) << status;
}

TEST(Server, ClosesOnAPeerThatIsSlowWithTheBody) {
  ServerSettings settings = on_any_port();
  settings.limits.body_time = 50ms;
  RunningServer running(echo_routes(), settings);
  RawConnection connection = running.connect();
  connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_EQ(connection.read().status, 408);
  EXPECT_TRUE(connection.is_closed_by_peer());
}

TEST(Server, ClosesAnIdleConnectionWithoutAWord) {
  ServerSettings settings = on_any_port();
  settings.limits.idle_time = 50ms;
  RunningServer running(echo_routes(), settings);
  RawConnection connection = running.connect();
  EXPECT_EQ(connection.ask(kGet).status, 200);
  EXPECT_TRUE(connection.is_closed_by_peer());
  EXPECT_TRUE(running.connect().is_closed_by_peer()) << "nor does one that says nothing stay";
}

TEST(Server, ClosesOnAPeerThatDoesNotReadItsAnswer) {
  ServerSettings settings = on_any_port();
  settings.limits.write_time = 50ms;
  RunningServer running(
      {{"GET", "/",
        [](Request, Respond respond) {
          respond(
              {.content_type = "text/plain", .headers = {}, .body = std::string(64 << 20, 'a')});
        }}},
      settings);
  RawConnection connection = running.connect();
  connection.send(kGet);
  running.server.stop();  // waits for the connection, which ends by its deadline
  EXPECT_LT(connection.read_raw(64 << 20).size(), std::size_t{64 << 20});
}

TEST(Server, TakesAnAnswerFromAnyThreadLater) {
  std::mutex mutex;
  std::vector<Respond> kept;
  std::latch both(2);
  RunningServer running({{"GET", "/",
                          [&](Request, Respond respond) {
                            {
                              const std::lock_guard lock(mutex);
                              kept.push_back(std::move(respond));
                            }
                            both.count_down();
                          }}},
                        on_any_port(), 1);
  RawConnection first = running.connect(), second = running.connect();
  first.send(kGet);
  second.send(kGet);
  both.wait();  // one worker was enough for both: it waits for neither
  for (Respond& respond : kept) {
    respond({.content_type = "text/plain", .headers = {}, .body = "later"});
  }
  EXPECT_EQ(first.read().body, "later");
  EXPECT_EQ(second.read().body, "later");
}

TEST(Server, TakesTheFirstOfTwoAnswers) {
  RunningServer running({{"GET", "/", [](Request, Respond respond) {
                            respond({.content_type = "", .headers = {}, .body = "first"});
                            respond({.content_type = "", .headers = {}, .body = "second"});
                          }}});
  RawConnection connection = running.connect();
  EXPECT_EQ(connection.ask(kGet).body, "first");
  EXPECT_EQ(connection.ask(kGet).body, "first");
}

// An answer kept too long must not go to the next request of the connection.
TEST(Server, NeverGivesAnOldAnswerToANewRequest) {
  Respond old;
  std::atomic<int> count = 0;
  RunningServer running({{"GET", "/", [&](Request, Respond respond) {
                            if (count++ == 0) {
                              old = respond;
                              respond({.content_type = "", .headers = {}, .body = "first"});
                            } else {
                              old({.content_type = "", .headers = {}, .body = "stale"});
                              respond({.content_type = "", .headers = {}, .body = "second"});
                            }
                          }}});
  RawConnection connection = running.connect();
  EXPECT_EQ(connection.ask(kGet).body, "first");
  EXPECT_EQ(connection.ask(kGet).body, "second");
}

TEST(Server, AnswersARequestThatItsHandlerForgot) {
  RunningServer running({{"GET", "/", [](Request, Respond) {}}});
  RawConnection connection = running.connect();
  EXPECT_EQ(connection.ask(kGet).status, 500);
  EXPECT_EQ(connection.ask(kGet).status, 500) << "the connection goes on";
}

TEST(Server, LogsTheClassOfAnExceptionAndNotItsWords) {
  RunningServer running(
      {{"GET", "/", [](Request, Respond) { throw std::runtime_error("Ann Brook"); }}});
  const RawAnswer answer = running.ask(kGet);
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.body, testing::Not(HasSubstr("Ann Brook")));
  EXPECT_TRUE(running.log.contains("handler_failed route=/ exception=std::runtime_error"));
  EXPECT_FALSE(running.log.contains("Ann Brook"));
}

TEST(Server, SurvivesAnythingThatIsThrown) {
  RunningServer running({{"GET", "/", [](Request, Respond) { throw 7; }}});
  EXPECT_EQ(running.ask(kGet).status, 500);
}

TEST(Server, SaysWhenThereIsTooMuchToDo) {
  std::latch started(1), go_on(1), refused(2);
  RunningServer running({{"GET", "/slow",
                          [&](Request, Respond respond) {
                            started.count_down();
                            go_on.wait();
                            respond({});
                          }},
                         {"GET", "/", echo}},
                        on_any_port(), 1, 1);
  RawConnection slow = running.connect();
  slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  started.wait();
  // The one worker is busy; of the next three one may wait.
  std::vector<RawAnswer> answers(3);
  {
    std::vector<std::jthread> senders;
    for (RawAnswer& answer : answers) {
      senders.emplace_back([&] {
        answer = running.ask(kGet);
        if (answer.status != 200) refused.count_down();
      });
    }
    refused.wait();
    go_on.count_down();
  }
  int taken = 0;
  for (const RawAnswer& answer : answers) {
    taken += answer.status == 200;
    if (answer.status == 200) continue;
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.field("Retry-After"), "1");
  }
  EXPECT_EQ(taken, 1);
  EXPECT_EQ(slow.read().status, 200);
}

TEST(Server, HoldsNoMoreBytesOfRequestsThanItMay) {
  ServerSettings settings = on_any_port();
  settings.request_bytes = 12'500;
  RunningServer running(echo_routes(), settings);
  const std::string whole = post(std::string(12'000, 'a'));
  const std::string half = whole.substr(0, 7000), rest = whole.substr(7000);
  RawConnection both[] = {running.connect(), running.connect()};
  RawAnswer answers[2];
  std::latch refused(1);
  std::jthread readers[2];
  for (int i = 0; i < 2; ++i) {
    both[i].send(half);
    readers[i] = std::jthread([&, i] {
      answers[i] = both[i].read();
      if (answers[i].status != 200) refused.count_down();
    });
  }
  refused.wait();  // there is room for one of the halves
  for (int i = 0; i < 2; ++i) {
    both[i].send(rest);
    readers[i].join();
  }
  const RawAnswer& sent_away = answers[answers[0].status == 200 ? 1 : 0];
  EXPECT_EQ(sent_away.status, 503);
  EXPECT_EQ(sent_away.field("Retry-After"), "1");
  EXPECT_EQ(sent_away.field("Connection"), "close");
  EXPECT_TRUE(answers[0].status == 200 || answers[1].status == 200) << "the other one is taken";
}

TEST(Server, TurnsAwayConnectionsBeyondTheMostWhileAllAreBusy) {
  ServerSettings settings = on_any_port();
  settings.connections = 2;
  std::latch both(2), go_on(1);
  RunningServer running({{"GET", "/",
                          [&](Request, Respond respond) {
                            both.count_down();
                            go_on.wait();
                            respond({});
                          }}},
                        settings);
  RawConnection first = running.connect(), second = running.connect();
  first.send(kGet);
  second.send(kGet);
  both.wait();
  RawConnection third = running.connect();
  const RawAnswer answer = third.read();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.field("Retry-After"), "5");
  go_on.count_down();
  EXPECT_EQ(first.read().status, 200);
  EXPECT_EQ(second.read().status, 200);
}

TEST(Server, O55_ClosesTheConnectionThatHasBeenIdleLongestForANewOne) {
  ServerSettings settings = on_any_port();
  settings.connections = 3;
  RunningServer running(echo_routes(), settings);
  RawConnection first = running.connect(), second = running.connect(), third = running.connect();
  EXPECT_EQ(first.ask(kGet).status, 200);
  EXPECT_EQ(second.ask(kGet).status, 200);
  EXPECT_EQ(third.ask(kGet).status, 200);
  EXPECT_EQ(first.ask(kGet).status, 200);  // now the second is idle longest
  EXPECT_EQ(running.ask(kGet).status, 200);
  EXPECT_TRUE(second.is_closed_by_peer());
  EXPECT_EQ(first.ask(kGet).status, 200);
}

// O57
TEST(Server, O57_SurvivesPeersThatGoAwayAtAnyPoint) {
  RunningServer running(echo_routes());
  const std::string request = post("hello") + post("again");
  for (std::size_t size = 0; size <= request.size(); ++size) {
    RawConnection connection = running.connect();
    connection.send(std::string_view(request).substr(0, size));
    if (size % 3 == 0) connection.reset();
    if (size % 3 == 1) connection.shut_down_sending();
  }
  EXPECT_EQ(running.ask(kGet).status, 200);
}

TEST(Server, AnswersAPeerThatOnlyStoppedSending) {
  RunningServer running(echo_routes());
  RawConnection connection = running.connect();
  connection.send(post("hello"));
  connection.shut_down_sending();
  EXPECT_EQ(connection.read().body, "POST / [hello]");
}

TEST(Server, ServesManyConnectionsAtOnce) {
  RunningServer running(echo_routes());
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> clients;
    for (int i = 0; i < 16; ++i) {
      clients.emplace_back([&, i] {
        RawConnection connection = running.connect();
        for (int j = 0; j < 50; ++j) {
          const std::string body = std::to_string(i) + "/" + std::to_string(j);
          right += connection.ask(post(body)).body == "POST / [" + body + "]";
        }
      });
    }
  }
  EXPECT_EQ(right, 16 * 50);
}

TEST(Server, SaysWhyItCannotListen) {
  RunningServer running(echo_routes());
  ServerSettings taken = on_any_port();
  taken.port = running.server.port();
  Server second(taken, Router({}), running.workers, running.log);
  const auto started = second.start();
  ASSERT_FALSE(started.has_value());
  EXPECT_EQ(started.error().code, Errc::unavailable);
  EXPECT_THAT(started.error().message, HasSubstr("127.0.0.1:" + std::to_string(taken.port)));

  ServerSettings unknown = on_any_port();
  unknown.host = "council.example";
  Server third(unknown, Router({}), running.workers, running.log);
  const auto refused = third.start();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Errc::invalid);
}

}  // namespace
}  // namespace lockgate::net
