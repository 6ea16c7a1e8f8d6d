// The connections that are open: bounded in number, and known by who has been
// idle longest.

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <mutex>

namespace lockgate::net {

// Something that can be asked, from any thread, to close.
class Closable {
 public:
  virtual ~Closable() = default;
  virtual void close_if_idle() = 0;
  virtual void close_now() = 0;
};

// Safe to use from any thread.  Entries are borrowed from add() to remove().
class Connections {
 public:
  explicit Connections(std::size_t most) : most_(most) {}

  class Entry {
    friend class Connections;
    std::list<Closable*>::iterator place_;
    bool idle_ = false;
  };

  // Adds one, busy at first.  When they are too many, asks the one that has
  // been idle longest to close; false, and not added, if none is idle.
  bool add(Closable& connection, Entry& entry);
  void remove(Entry& entry);
  void set_idle(Entry& entry, bool idle);

  // False if none is idle.
  bool close_longest_idle();
  void close_idle();
  void close_all();

  // Waits until there are none; false if the time ran out first.
  bool wait_until_none(std::chrono::milliseconds most);

 private:
  bool close_longest_idle_locked();

  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<Closable*> busy_;  // guarded by mutex_
  std::list<Closable*> idle_;  // guarded by mutex_; longest first
};

}  // namespace lockgate::net
