#include "plugin/web/when.hpp"

#include <array>

#include "plugin/gate/deadline.hpp"
#include "plugin/web/words.hpp"
#include "rules/fact_words.hpp"

namespace lockgate::web {
namespace {

using std::chrono::floor;
using LocalTime = std::chrono::local_time<std::chrono::microseconds>;

constexpr std::array<const char*, 7> kDays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                           "Thursday", "Friday", "Saturday"};

struct OnTheClock {
  LocalTime time;
  const char* zone = "";  // " (UTC)" if it is not the council's
};

OnTheClock on_the_clock(UtcTime time, const gate::Council& council) {
  if (const auto local = gate::local_time(time, council)) return {*local};
  return {LocalTime(time.time_since_epoch()), " (UTC)"};
}

}  // namespace

std::string day_in_words(UtcTime time, const gate::Council& council) {
  const auto day = floor<std::chrono::days>(on_the_clock(time, council).time);
  return std::string(kDays[std::chrono::weekday(day).c_encoding()]) + ' ' +
         rules::date_in_words(std::chrono::year_month_day(day));
}

std::string moment_in_words(UtcTime time, const gate::Council& council) {
  const OnTheClock clock = on_the_clock(time, council);
  const auto day = floor<std::chrono::days>(clock.time);
  const std::chrono::hh_mm_ss of_day(floor<std::chrono::minutes>(clock.time - day));
  const auto hour = of_day.hours().count();
  const auto minute = of_day.minutes().count();
  std::string text = rules::date_in_words(std::chrono::year_month_day(day)) + " at " +
                     std::to_string(hour % 12 == 0 ? 12 : hour % 12);
  if (minute != 0) text += (minute < 10 ? ":0" : ":") + std::to_string(minute);
  return text + (hour < 12 ? "am" : "pm") + clock.zone;
}

std::string decide_by(UtcTime now, UtcTime closes_at, const gate::Council& council) {
  const std::string day = day_in_words(closes_at, council);
  if (now >= closes_at) return day + ", its time is over";
  const int days = gate::working_days_left(now, closes_at, council).value_or(0);
  if (days == 0) return day + ", today";
  return day + ", " +
         counted(static_cast<std::size_t>(days), "working day left", "working days left");
}

}  // namespace lockgate::web
