#include "adapters/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lockgate::adapters {
namespace {

using testing::HasSubstr;

constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

Settings sound() {
  Settings settings;
  settings.secret = kSecret;
  settings.map.case_key = "/data/case";
  return settings;
}

TEST(Registry, MakesEveryAdapterThatItNames) {
  EXPECT_FALSE(adapter_names().empty());
  for (const std::string_view name : adapter_names()) {
    const auto adapter = make_adapter(name, sound());
    ASSERT_TRUE(adapter.has_value()) << name;
    EXPECT_NE(*adapter, nullptr) << name;
  }
}

TEST(Registry, SaysWhichAdaptersThereAre) {
  const auto adapter = make_adapter("standard_webhook", sound());
  ASSERT_FALSE(adapter.has_value());
  EXPECT_EQ(adapter.error().code, Errc::not_found);
  EXPECT_THAT(adapter.error().message, HasSubstr("`standard_webhooks`"));
}

TEST(Registry, RefusesSettingsThatAreWrong) {
  Settings settings = sound();
  settings.secret = "whsec_short";
  const auto adapter = make_adapter("standard_webhooks", settings);
  ASSERT_FALSE(adapter.has_value());
  EXPECT_EQ(adapter.error().code, Errc::invalid);
}

TEST(Settings, AreFreeOfProblemsWhenSound) {
  Settings settings = sound();
  settings.map.facts = "/data/facts";
  settings.map.fact = {{"people.participants", "/data/households"}};
  settings.callback_url = "https://case-system.example.gov.uk/decisions";
  settings.callback_secret = kSecret;
  EXPECT_TRUE(problems(settings).empty());
}

TEST(Settings, TellAllTheirProblemsAtOnceWithoutASecret) {
  Settings settings = sound();
  settings.secret = "whsec_hunter2";
  settings.old_secret = "hunter3";
  settings.callback_secret = "hunter4";
  settings.map.title = "data/title";
  settings.map.fact = {{"people..n", "/a"}, {"a.b", "/x~2"}, {"a.b", "/y"}, {"", "/z"}};
  settings.callback_url = "ftp://example";
  const auto found = problems(settings);
  EXPECT_EQ(found.size(), 9u);
  for (const SettingsProblem& problem : found) {
    EXPECT_THAT(problem.message, testing::Not(HasSubstr("hunter")));
    EXPECT_FALSE(problem.help.empty());
  }
}

}  // namespace
}  // namespace lockgate::adapters
