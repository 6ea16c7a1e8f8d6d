#include "plugin/web/throttle.hpp"

#include <algorithm>
#include <cmath>

namespace lockgate::web {

using std::chrono::duration;
using std::chrono::seconds;

Throttle::Throttle(Rate rate, std::size_t most_keys) : rate_(rate), most_keys_(most_keys) {}

std::optional<seconds> Throttle::take(const std::string& key, UtcTime now) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    if (buckets_.size() >= most_keys_) {
      by_key_.erase(buckets_.back().key);
      buckets_.pop_back();
    }
    buckets_.push_front({.key = key, .left = static_cast<double>(rate_.tries), .at = now});
    by_key_.emplace(key, buckets_.begin());
  } else {
    buckets_.splice(buckets_.begin(), buckets_, found->second);
  }
  Bucket& bucket = buckets_.front();
  // A clock that was set back brings no tries, and costs none.
  const double passed = std::max(0.0, duration<double>(now - bucket.at).count());
  bucket.left =
      std::min<double>(rate_.tries, bucket.left + passed / static_cast<double>(rate_.each.count()));
  bucket.at = now;
  if (bucket.left < 1) {
    const double wait = (1 - bucket.left) * static_cast<double>(rate_.each.count());
    return seconds(static_cast<std::int64_t>(std::ceil(wait)));
  }
  bucket.left -= 1;
  return std::nullopt;
}

void Throttle::give_back(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  found->second->left = std::min<double>(rate_.tries, found->second->left + 1);
}

}  // namespace lockgate::web
