#include "plugin/gate/retry.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace lockgate::gate {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::seconds, 9> kWaits = {5s,  5min, 30min, 2h, 5h,
                                                        10h, 14h,  20h,   24h};
// A receiver may ask for patience, but not put us off for ever.
constexpr std::chrono::seconds kLongestRetryAfter = 24h;

std::chrono::seconds seconds_of(std::string_view retry_after) {
  std::int64_t seconds = 0;
  const auto [end, error] =
      std::from_chars(retry_after.data(), retry_after.data() + retry_after.size(), seconds);
  if (error != std::errc() || end != retry_after.data() + retry_after.size() || seconds < 0) {
    return 0s;
  }
  return std::chrono::seconds(std::min<std::int64_t>(seconds, kLongestRetryAfter.count()));
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
  if (status == 429 || status == 503) next = std::max(next, at + seconds_of(retry_after));
  return {Conclude::again, next};
}

}  // namespace lockgate::gate
