#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <stdexcept>

#include <date/tz.h>

#include "rules/cel/functions.hpp"

namespace lockgate::cel {
namespace {

constexpr std::int64_t second = 1'000'000'000;

bool digits(std::string_view text, std::size_t at, std::size_t count, int& out) {
  if (at + count > text.size()) return false;
  const char* end = text.data() + at + count;
  for (const char* c = text.data() + at; c != end; ++c) {
    if (*c < '0' || *c > '9') return false;
  }
  return std::from_chars(text.data() + at, end, out).ec == std::errc();
}

// "+01:00", "-05:30", "02:00" -> seconds.
bool fixed_offset(std::string_view text, std::int64_t& out) {
  const bool minus = text.starts_with('-');
  if (minus || text.starts_with('+')) text.remove_prefix(1);
  int hours = 0, minutes = 0;
  if (text.size() != 5 || text[2] != ':' || !digits(text, 0, 2, hours) ||
      !digits(text, 3, 2, minutes) || hours > 23 || minutes > 59) {
    return false;
  }
  out = (hours * 3600 + minutes * 60) * (minus ? -1 : 1);
  return true;
}

// Seconds to add to UTC at that moment; false if there is no such zone.
bool zone_offset(std::string_view zone, std::int64_t at, std::int64_t& out) {
  if (zone.empty() || zone == "UTC" || zone == "Z") {
    out = 0;
    return true;
  }
  if (fixed_offset(zone, out)) return true;
  try {
    const date::sys_seconds moment{std::chrono::seconds(at)};
    out = date::locate_zone(zone)->get_info(moment).offset.count();
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

Value of_timestamp(Fn fn, const Value& timestamp, std::int64_t offset) {
  const date::sys_seconds moment{std::chrono::seconds(timestamp.seconds() + offset)};
  const auto day = date::floor<date::days>(moment);
  const date::year_month_day ymd(day);
  const std::int64_t clock = (moment - day).count();
  switch (fn) {
    case Fn::full_year:
      return Value::integer(static_cast<int>(ymd.year()));
    case Fn::month:
      return Value::integer(static_cast<unsigned>(ymd.month()) - std::int64_t{1});
    case Fn::date:
      return Value::integer(static_cast<unsigned>(ymd.day()));
    case Fn::day_of_month:
      return Value::integer(static_cast<unsigned>(ymd.day()) - std::int64_t{1});
    case Fn::day_of_week:
      return Value::integer(date::weekday(day).c_encoding());
    case Fn::day_of_year:
      return Value::integer((day - date::sys_days(ymd.year() / 1 / 1)).count());
    case Fn::hours:
      return Value::integer(clock / 3600);
    case Fn::minutes:
      return Value::integer(clock / 60 % 60);
    case Fn::seconds:
      return Value::integer(clock % 60);
    default:
      return Value::integer(timestamp.nanos() / 1'000'000);
  }
}

std::string fraction(std::int64_t nanos) {
  if (nanos == 0) return {};
  char digits_of[16];
  std::snprintf(digits_of, sizeof digits_of, ".%09d", static_cast<int>(nanos));
  std::string text = digits_of;
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

Value shift(const Value& timestamp, std::int64_t nanoseconds) {
  std::int64_t seconds = timestamp.seconds() + nanoseconds / second;
  std::int64_t nanos = timestamp.nanos() + nanoseconds % second;
  if (nanos < 0) nanos += second, --seconds;
  if (nanos >= second) nanos -= second, ++seconds;
  return Value::timestamp(seconds, static_cast<std::int32_t>(nanos));
}

Value too_long() { return Value::error("the length of time is out of range"); }

}  // namespace

Value parse_timestamp(std::string_view text) {
  const Value bad = Value::error("not a date and time like 2026-01-31T09:00:00Z");
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, sec = 0;
  if (text.size() < 20 || !digits(text, 0, 4, year) || text[4] != '-' ||
      !digits(text, 5, 2, month) || text[7] != '-' || !digits(text, 8, 2, day) ||
      (text[10] != 'T' && text[10] != 't') || !digits(text, 11, 2, hour) || text[13] != ':' ||
      !digits(text, 14, 2, minute) || text[16] != ':' || !digits(text, 17, 2, sec)) {
    return bad;
  }
  std::size_t at = 19;
  std::int32_t nanos = 0;
  if (text[at] == '.') {
    std::int32_t unit = 100'000'000;
    const std::size_t from = ++at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10) {
      nanos += (text[at] - '0') * unit;
    }
    if (at == from || at - from > 9) return bad;
  }
  std::int64_t offset = 0;
  const std::string_view zone = text.substr(at);
  const bool utc = zone == "Z" || zone == "z";
  const bool signed_zone = zone.starts_with('+') || zone.starts_with('-');
  if (!utc && !(signed_zone && fixed_offset(zone, offset))) return bad;
  const date::year_month_day ymd = date::year(year) / month / day;
  if (!ymd.ok() || hour > 23 || minute > 59 || sec > 59) return bad;
  const std::int64_t days = date::sys_days(ymd).time_since_epoch().count();
  return Value::timestamp(days * 86400 + hour * 3600 + minute * 60 + sec - offset, nanos);
}

Value parse_duration(std::string_view text) {
  const Value bad = Value::error("not a length of time like `1h30m` or `90s`");
  const bool minus = text.starts_with('-');
  if (minus || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return Value::duration(0);
  if (text.empty()) return bad;
  long double total = 0;
  __int128 exact = 0;
  while (!text.empty()) {
    __int128 amount = 0, scale = 1;
    std::size_t at = 0, seen = 0;
    for (bool point = false; at < text.size(); ++at) {
      if (text[at] == '.' && !point) {
        point = true;
      } else if (text[at] >= '0' && text[at] <= '9') {
        if (++seen > 20) return bad;
        amount = amount * 10 + (text[at] - '0');
        if (point) scale *= 10;
      } else {
        break;
      }
    }
    if (seen == 0) return bad;
    text.remove_prefix(at);
    std::int64_t unit = 0;
    std::size_t width = 2;
    if (text.starts_with("ms"))
      unit = 1'000'000;
    else if (text.starts_with("us"))
      unit = 1'000;
    else if (text.starts_with("ns"))
      unit = 1;
    else if (text.starts_with("\u00b5s"))
      unit = 1'000, width = 3;
    else if (width = 1; text.starts_with('h'))
      unit = 3600 * second;
    else if (text.starts_with('m'))
      unit = 60 * second;
    else if (text.starts_with('s'))
      unit = second;
    else
      return bad;
    text.remove_prefix(width);
    total += static_cast<long double>(amount) / static_cast<long double>(scale) *
             static_cast<long double>(unit);
    if (total > 9.3e18L) return too_long();
    // amount / scale * unit, without leaving 128 bits: whole units, then the rest.
    exact += amount / scale * unit + amount % scale * unit / scale;
  }
  if (minus) exact = -exact;
  if (exact > std::numeric_limits<std::int64_t>::max() ||
      exact < std::numeric_limits<std::int64_t>::min()) {
    return too_long();
  }
  return Value::duration(static_cast<std::int64_t>(exact));
}

std::string timestamp_text(const Value& timestamp) {
  const date::sys_seconds moment{std::chrono::seconds(timestamp.seconds())};
  const auto day = date::floor<date::days>(moment);
  const date::year_month_day ymd(day);
  const int clock = static_cast<int>((moment - day).count());
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()), clock / 3600,
                clock / 60 % 60, clock % 60);
  return text + fraction(timestamp.nanos()) + "Z";
}

std::string duration_text(const Value& duration) {
  const std::int64_t whole = duration.nanoseconds() / second;
  const std::int64_t rest = duration.nanoseconds() % second;
  std::string text = whole == 0 && rest < 0 ? "-0" : std::to_string(whole);
  return text + fraction(rest < 0 ? -rest : rest) + "s";
}

Value apply_time(Fn fn, std::span<const Value* const> arguments) {
  const Value& a = *arguments[0];
  const bool moment = a.is(Kind::timestamp);
  if (fn == Fn::add || fn == Fn::subtract) {
    const Value& b = *arguments[1];
    std::int64_t out = 0;
    if (fn == Fn::add) {
      if (moment && b.is(Kind::duration)) return shift(a, b.nanoseconds());
      if (a.is(Kind::duration) && b.is(Kind::timestamp)) return shift(b, a.nanoseconds());
      if (!a.is(Kind::duration) || !b.is(Kind::duration)) return no_overload(fn, arguments);
      if (__builtin_add_overflow(a.nanoseconds(), b.nanoseconds(), &out)) return too_long();
      return Value::duration(out);
    }
    if (moment && b.is(Kind::timestamp)) {
      const __int128 apart =
          static_cast<__int128>(a.seconds() - b.seconds()) * second + a.nanos() - b.nanos();
      if (apart > std::numeric_limits<std::int64_t>::max() ||
          apart < std::numeric_limits<std::int64_t>::min()) {
        return too_long();
      }
      return Value::duration(static_cast<std::int64_t>(apart));
    }
    if (!b.is(Kind::duration) || (!moment && !a.is(Kind::duration)))
      return no_overload(fn, arguments);
    if (moment) {
      if (b.nanoseconds() == std::numeric_limits<std::int64_t>::min()) return too_long();
      return shift(a, -b.nanoseconds());
    }
    if (__builtin_sub_overflow(a.nanoseconds(), b.nanoseconds(), &out)) return too_long();
    return Value::duration(out);
  }
  if (moment) {
    std::int64_t offset = 0;
    if (arguments.size() == 2) {
      if (!arguments[1]->is(Kind::string)) return no_overload(fn, arguments);
      if (!zone_offset(arguments[1]->as_string(), a.seconds(), offset)) {
        return Value::error("no such time zone");
      }
    }
    return of_timestamp(fn, a, offset);
  }
  if (!a.is(Kind::duration) || arguments.size() != 1) return no_overload(fn, arguments);
  switch (fn) {
    case Fn::hours:
      return Value::integer(a.nanoseconds() / (3600 * second));
    case Fn::minutes:
      return Value::integer(a.nanoseconds() / (60 * second));
    case Fn::seconds:
      return Value::integer(a.nanoseconds() / second);
    case Fn::milliseconds:
      return Value::integer(a.nanoseconds() / 1'000'000 % 1000);
    default:
      return no_overload(fn, arguments);
  }
}

}  // namespace lockgate::cel
