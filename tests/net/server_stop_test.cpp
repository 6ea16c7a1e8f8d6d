// How the server stops: no request that was taken is lost.

#include <atomic>
#include <latch>
#include <thread>

#include <gtest/gtest.h>

#include "running_server.hpp"

namespace lockgate::net {
namespace {

using namespace std::chrono_literals;
using test::echo_routes;
using test::on_any_port;
using test::RawAnswer;
using test::RawConnection;
using test::RunningServer;

constexpr const char* kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(ServerStop, ClosesIdleConnectionsAndAcceptsNoMore) {
  RunningServer running(echo_routes());
  RawConnection fresh = running.connect(), used = running.connect();
  EXPECT_EQ(used.ask(kGet).status, 200);
  running.server.stop();
  EXPECT_TRUE(fresh.is_closed_by_peer());
  EXPECT_TRUE(used.is_closed_by_peer());
  EXPECT_FALSE(running.connect().connected());
}

TEST(ServerStop, LetsAnOpenRequestBeAnswered) {
  Respond kept;
  std::latch taken(1);
  RunningServer running({{"GET", "/", [&](Request, Respond respond) {
                            kept = std::move(respond);
                            taken.count_down();
                          }}});
  RawConnection connection = running.connect();
  connection.send(kGet);
  taken.wait();
  std::jthread stopping([&] { running.server.stop(); });
  RawConnection probe = running.connect();  // returns once the listener is closed, or queued
  kept({.content_type = "text/plain", .headers = {}, .body = "in time"});
  const RawAnswer answer = connection.read();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "in time");
  connection.close();
}

TEST(ServerStop, EndsWhenTheGraceTimeIsOver) {
  ServerSettings settings = on_any_port();
  settings.grace = 50ms;
  Respond kept;
  std::latch taken(1);
  RunningServer running({{"GET", "/",
                          [&](Request, Respond respond) {
                            kept = std::move(respond);
                            taken.count_down();
                          }}},
                        settings);
  RawConnection connection = running.connect();
  connection.send(kGet);
  taken.wait();
  running.server.stop();
  EXPECT_TRUE(connection.is_closed_by_peer());
  EXPECT_TRUE(running.log.contains("stopped_with_open_requests"));
  kept({});  // goes nowhere, and harms nobody
}

TEST(ServerStop, AnAnswerMayComeAfterTheServerIsGone) {
  Respond kept, dropped;
  {
    std::latch taken(2);
    ServerSettings settings = on_any_port();
    settings.grace = 10ms;
    RunningServer running({{"GET", "/kept",
                            [&](Request, Respond respond) {
                              kept = std::move(respond);
                              taken.count_down();
                            }},
                           {"GET", "/dropped",
                            [&](Request, Respond respond) {
                              dropped = std::move(respond);
                              taken.count_down();
                            }}},
                          settings);
    RawConnection first = running.connect(), second = running.connect();
    first.send("GET /kept HTTP/1.1\r\nHost: a\r\n\r\n");
    second.send("GET /dropped HTTP/1.1\r\nHost: a\r\n\r\n");
    taken.wait();
  }
  kept({});
  dropped = {};
}

// O15: whatever was begun under load is answered; the rest gets no answer at
// all, never half of one.
TEST(ServerStop, O15_UnderLoadAnswersEveryRequestThatItTook) {
  std::atomic<int> handled = 0, answered = 0, torn = 0;
  RunningServer running(
      {{"POST", "/", [&](Request request, Respond respond) {
          ++handled;
          respond({.content_type = "text/plain", .headers = {}, .body = request.body});
        }}});
  std::latch warm(8);
  {
    std::vector<std::jthread> senders;
    for (int i = 0; i < 8; ++i) {
      senders.emplace_back([&] {
        bool said = false;
        for (;;) {
          RawConnection connection = running.connect();
          if (!connection.connected()) break;
          bool open = true;
          for (int j = 0; open; ++j) {
            const RawAnswer answer =
                connection.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            if (answer.status == 200) ++answered;
            if (answer.status == 200 && answer.body != "hello") ++torn;
            open = answer.status == 200 && answer.field("Connection") != "close";
            if (j == 20 && !std::exchange(said, true)) warm.count_down();
          }
        }
      });
    }
    warm.wait();
    running.server.stop();
  }
  EXPECT_GE(answered, 8 * 20);
  EXPECT_EQ(answered, handled);
  EXPECT_EQ(torn, 0);
}

TEST(ServerStop, MayBeAskedForTwiceOrWithoutAStart) {
  RunningServer running(echo_routes());
  running.server.stop();
  running.server.stop();
  Server never(on_any_port(), Router({}), running.workers, running.log);
  never.stop();
}

}  // namespace
}  // namespace lockgate::net
