#include "plugin/gate/retry.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace lockgate::gate {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::seconds, 9> kWaits = {5s,  5min, 30min, 2h, 5h,
                                                        10h, 14h,  20h,   24h};
// A receiver may ask for patience, but not put us off for ever.
constexpr std::chrono::seconds kLongestRetryAfter = 24h;

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

// RFC 9110's fixed form: "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<UtcTime> http_date(std::string_view text) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != 29 || text.substr(25) != " GMT") return std::nullopt;
  const std::size_t month = kMonths.find(text.substr(8, 3));
  const auto day = whole_number(text.substr(5, 2));
  const auto year = whole_number(text.substr(12, 4));
  const auto hour = whole_number(text.substr(17, 2));
  const auto minute = whole_number(text.substr(20, 2));
  const auto second = whole_number(text.substr(23, 2));
  if (month == kMonths.npos || month % 3 != 0 || !day || !year || !hour || !minute || !second) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(month / 3 + 1)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second);
}

// Before then it is not to be tried again; `at` itself if the field says nothing.
UtcTime not_before(std::string_view retry_after, UtcTime at) {
  if (const auto seconds = whole_number(retry_after)) {
    return at + std::chrono::seconds(std::min(*seconds, kLongestRetryAfter.count()));
  }
  return std::min(http_date(retry_after).value_or(at), at + kLongestRetryAfter);
}

}  // namespace

std::span<const std::chrono::seconds> standard_retries() { return kWaits; }

Again next_attempt(int attempts, int status, std::string_view retry_after, double jitter,
                   UtcTime at, std::span<const std::chrono::seconds> waits) {
  if (status >= 200 && status < 300) return {Conclude::delivered};
  if (status == 410) return {Conclude::dead};
  if (waits.empty()) waits = kWaits;
  if (attempts < 0 || static_cast<std::size_t>(attempts) >= waits.size()) return {Conclude::dead};
  const std::chrono::microseconds wait = waits[static_cast<std::size_t>(attempts)];
  const auto spread = std::chrono::microseconds(
      static_cast<std::int64_t>(static_cast<double>(wait.count()) * (0.2 * jitter - 0.1)));
  UtcTime next = at + wait + spread;
  if (status == 429 || status == 503) next = std::max(next, not_before(retry_after, at));
  return {Conclude::again, next};
}

}  // namespace lockgate::gate
