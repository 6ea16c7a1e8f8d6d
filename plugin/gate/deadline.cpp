#include "plugin/gate/deadline.hpp"

#include <algorithm>

#include <date/tz.h>

namespace lockgate::gate {
namespace {

using namespace std::chrono_literals;
using LocalDay = date::local_days;

Result<const date::time_zone*> zone_of(const Council& council) {
  try {
    return date::locate_zone(council.time_zone);
  } catch (const std::exception&) {
    return fail(Errc::invalid, "there is no time zone `" + council.time_zone + "`");
  }
}

LocalDay local_day(const date::time_zone& zone, UtcTime time) {
  return date::floor<date::days>(zone.to_local(time));
}

bool is_working_day(LocalDay day, const Council& council) {
  const date::weekday weekday(day);
  if (weekday == date::Saturday || weekday == date::Sunday) return false;
  const date::year_month_day date(day);
  return std::none_of(
      council.bank_holidays.begin(), council.bank_holidays.end(),
      [&](const std::chrono::year_month_day& holiday) {
        return static_cast<int>(holiday.year()) == static_cast<int>(date.year()) &&
               static_cast<unsigned>(holiday.month()) == static_cast<unsigned>(date.month()) &&
               static_cast<unsigned>(holiday.day()) == static_cast<unsigned>(date.day());
      });
}

}  // namespace

Result<UtcTime> closes_at(UtcTime opened, int working_days, const Council& council) {
  LOCKGATE_TRY(const date::time_zone* zone, zone_of(council));
  LocalDay day = local_day(*zone, opened);
  for (int left = working_days; left > 0;) {
    day += date::days(1);
    if (is_working_day(day, council)) --left;
  }
  const auto local = day + std::chrono::hours(17);
  return date::floor<std::chrono::microseconds>(zone->to_sys(local, date::choose::earliest));
}

Result<int> working_days_left(UtcTime now, UtcTime then, const Council& council) {
  LOCKGATE_TRY(const date::time_zone* zone, zone_of(council));
  int days = 0;
  const LocalDay last = local_day(*zone, then);
  for (LocalDay day = local_day(*zone, now) + date::days(1); day <= last; day += date::days(1)) {
    if (is_working_day(day, council)) ++days;
  }
  return days;
}

Result<std::chrono::local_time<std::chrono::microseconds>> local_time(UtcTime time,
                                                                      const Council& council) {
  LOCKGATE_TRY(const date::time_zone* zone, zone_of(council));
  const auto local = date::floor<std::chrono::microseconds>(zone->to_local(time));
  return std::chrono::local_time<std::chrono::microseconds>(local.time_since_epoch());
}

}  // namespace lockgate::gate
