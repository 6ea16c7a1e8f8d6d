// Passwords: which are taken, and how they are kept (argon2id).

#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "lockgate/result.hpp"

namespace lockgate::web {

// Why a new password is not taken, as a sentence for its owner; nullopt if it is.
// 8 to 128 characters, not among the commonest, not the login; nothing is asked
// of which characters it has.
std::optional<std::string> refusal_of(std::string_view password, std::string_view login);

// Hashing takes 19 MiB and some 30 ms each time, so only a few happen at once;
// the next few wait for their turn.  Safe to use from many threads at once.
class Passwords {
 public:
  struct Limits {
    int at_once = 2;
    int waiting = 4;  // with at_once, fewer than there are worker threads
  };
  Passwords();
  explicit Passwords(Limits limits);

  // The encoded argon2id hash.  Errc::unavailable if too many are waiting.
  Result<std::string> hash(std::string_view password);

  // Whether `password` is the one that `encoded` was made of.  An empty `encoded`
  // (no such member, or no password yet) takes the same time and is never right.
  // Errc::unavailable as above.
  Result<bool> is_right(const std::string& encoded, std::string_view password);

 private:
  class Turn;
  const Limits limits_;
  std::mutex mutex_;
  std::condition_variable ended_;
  int running_ = 0;  // guarded by mutex_
  int waiting_ = 0;  // guarded by mutex_
};

}  // namespace lockgate::web
