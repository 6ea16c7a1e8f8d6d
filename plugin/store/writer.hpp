// SQLite's one writer: groups what waits to be written into one transaction, so
// that one flush of the disk serves all of it.

#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "plugin/store/connect.hpp"

namespace lockgate::store {

class Writer {
 public:
  // Writes inside the transaction; what it throws undoes all that it wrote.  It
  // may be called again, on the state before, when another one's failure has
  // undone the transaction.
  using Work = std::function<void(Connection&)>;
  // Once, from the writer's thread (or from `write` itself if the queue is
  // full): the work is durable, or failed.  Errc::unavailable: it may be
  // durable all the same.
  using Done = std::function<void(Result<void>)>;

  // At most `most` may wait.
  Writer(Address address, std::unique_ptr<Connection> connection, std::size_t most);
  // Finishes what was handed to `write` before.
  ~Writer();

  void write(Work work, Done done);

 private:
  struct Waiting {
    Work work;
    Done done;
  };
  using Group = std::vector<Waiting>;

  void run();
  Group next_group();  // empty: stop
  void write_group(Group group);
  bool run_works(Group& group);
  Result<void> reopen();
  void use(std::unique_ptr<Connection> connection);
  void move_log();

  const Address address_;
  const std::size_t most_;

  // The writer's thread alone.
  std::unique_ptr<Connection> connection_;  // null after a failure
  int log_pages_ = 0;                       // in the write-ahead log

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> queue_;  // guarded by mutex_
  bool stopping_ = false;      // guarded by mutex_

  std::thread thread_;
};

}  // namespace lockgate::store
