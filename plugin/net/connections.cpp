#include "plugin/net/connections.hpp"

namespace lockgate::net {

bool Connections::add(Closable& connection, Entry& entry) {
  const std::lock_guard lock(mutex_);
  if (busy_.size() + idle_.size() >= most_ && !close_longest_idle_locked()) return false;
  entry.place_ = busy_.insert(busy_.end(), &connection);
  entry.idle_ = false;
  return true;
}

void Connections::remove(Entry& entry) {
  const std::lock_guard lock(mutex_);
  (entry.idle_ ? idle_ : busy_).erase(entry.place_);
  if (busy_.empty() && idle_.empty()) changed_.notify_all();
}

void Connections::set_idle(Entry& entry, bool idle) {
  const std::lock_guard lock(mutex_);
  if (entry.idle_ == idle) return;
  if (idle) {
    idle_.splice(idle_.end(), busy_, entry.place_);
  } else {
    busy_.splice(busy_.end(), idle_, entry.place_);
  }
  entry.idle_ = idle;
}

bool Connections::close_longest_idle() {
  const std::lock_guard lock(mutex_);
  return close_longest_idle_locked();
}

// The one asked goes to the end of the row: it may already have a request, and
// then the next is asked.
bool Connections::close_longest_idle_locked() {
  if (idle_.empty()) return false;
  Closable* const longest = idle_.front();
  idle_.splice(idle_.end(), idle_, idle_.begin());
  longest->close_if_idle();
  return true;
}

void Connections::close_idle() {
  const std::lock_guard lock(mutex_);
  for (Closable* each : idle_) each->close_if_idle();
}

void Connections::close_all() {
  const std::lock_guard lock(mutex_);
  for (Closable* each : idle_) each->close_now();
  for (Closable* each : busy_) each->close_now();
}

bool Connections::wait_until_none(std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, most, [this] { return busy_.empty() && idle_.empty(); });
}

}  // namespace lockgate::net
