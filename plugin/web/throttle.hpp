// Slows down guessing, without ever locking anybody out.

#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "lockgate/time.hpp"

namespace lockgate::web {

// A number of tries per key, which come back one by one.  In memory and bounded:
// when there are too many keys, those not used for longest are forgotten.  Safe
// to use from many threads at once.
class Throttle {
 public:
  struct Rate {
    int tries = 5;
    std::chrono::seconds each{30};  // until one comes back
  };
  explicit Throttle(Rate rate, std::size_t most_keys = 20000);

  // Takes one try; nullopt if there was one, else how long until the next.
  std::optional<std::chrono::seconds> take(const std::string& key, UtcTime now);

  // Gives a try back that turned out to be no guess.
  void give_back(const std::string& key);

 private:
  struct Bucket {
    std::string key;
    double left = 0;
    UtcTime at;
  };
  const Rate rate_;
  const std::size_t most_keys_;
  std::mutex mutex_;
  // Guarded by mutex_.  The one used last stands first.
  std::list<Bucket> buckets_;
  std::unordered_map<std::string, std::list<Bucket>::iterator> by_key_;
};

}  // namespace lockgate::web
