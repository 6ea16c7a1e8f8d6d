#include "plugin/app/json_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include "plugin/app/system.hpp"

namespace lockgate::app {
namespace {

TEST(JsonLog, IsOneObjectALineWhateverTheValuesHold) {
  SystemClock clock;
  const auto log = make_json_log(clock);
  testing::internal::CaptureStderr();
  log->warn("delivery_refused", {{"source", "a\"\n{\"level\":\"error\"}"}, {"step", "\x01"}});
  const std::string line = testing::internal::GetCapturedStderr();
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const boost::json::object said = boost::json::parse(line).as_object();
  EXPECT_EQ(said.at("level"), "warn");
  EXPECT_EQ(said.at("event"), "delivery_refused");
  EXPECT_EQ(said.at("source"), "a\"\n{\"level\":\"error\"}");
  EXPECT_TRUE(time_from_text(said.at("at").as_string()));
}

// A value that is not UTF-8 must not make the line something else than JSON.
TEST(JsonLog, TakesBytesThatAreNoText) {
  SystemClock clock;
  const auto log = make_json_log(clock);
  testing::internal::CaptureStderr();
  log->error("x", {{"why", "\xff\xfe"}});
  const std::string line = testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  EXPECT_NO_THROW(boost::json::parse(line));
}

}  // namespace
}  // namespace lockgate::app
