// A bell that may be rung from any thread, whether or not anybody is there.

#pragma once

#include <functional>
#include <mutex>
#include <utility>

namespace lockgate::app {

class Bell {
 public:
  // Whom it calls from now on; nobody if empty.  When this returns, the one
  // before is no longer being called.
  void set(std::function<void()> call) {
    const std::lock_guard lock(mutex_);
    call_ = std::move(call);
  }
  void ring() {
    const std::lock_guard lock(mutex_);
    if (call_) call_();
  }

 private:
  std::mutex mutex_;
  std::function<void()> call_;  // guarded by mutex_
};

}  // namespace lockgate::app
