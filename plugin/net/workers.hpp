// Threads for work that may block: the database, password hashing.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace lockgate::net {

// Safe to use from any thread.
class Workers {
 public:
  // At least one thread.  `most_waiting` bounds the jobs that wait for a thread.
  Workers(std::size_t threads, std::size_t most_waiting);
  // As stop().
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // Runs `job` on a worker, in the order posted.  False, and the job is
  // dropped, if too many wait or stop() was called.  A job must not throw.
  bool post(std::function<void()> job);

  // Takes no more jobs, runs those that wait, and joins the threads.  Not to
  // be called by a job.  A second call does nothing.
  void stop();

 private:
  void work();

  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;  // guarded by mutex_
  bool stopped_ = false;                       // guarded by mutex_
  std::vector<std::thread> threads_;           // last: they use the rest
};

}  // namespace lockgate::net
