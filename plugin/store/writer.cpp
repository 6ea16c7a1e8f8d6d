#include "plugin/store/writer.hpp"

#include <pthread.h>

#include <algorithm>
#include <chrono>

#include <soci/sqlite3/soci-sqlite3.h>

#include "plugin/store/soci_error.hpp"

namespace lockgate::store {
namespace {

constexpr std::size_t kLargestGroup = 512;

// The write-ahead log goes into the database when nothing was written for so
// long, or at the latest when it has so many pages (of 4 KiB).  To do it beside
// the writer would slow its flushes down by more than the wait (measured).
constexpr std::chrono::milliseconds kQuiet{200};
constexpr int kMostLogPages = 10000;

int note_log_pages(void* pages, sqlite_api::sqlite3*, const char*, int now) {
  *static_cast<int*>(pages) = now;
  return SQLITE_OK;
}

}  // namespace

Writer::Writer(Address address, std::unique_ptr<Connection> connection, std::size_t most)
    : address_(std::move(address)), most_(most) {
  use(std::move(connection));
  thread_ = std::thread([this] {
    pthread_setname_np(pthread_self(), "writer");
    run();
  });
}

Writer::~Writer() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Writer::write(Work work, Done done) {
  {
    const std::scoped_lock lock(mutex_);
    if (!stopping_ && queue_.size() < most_) {
      queue_.push_back({std::move(work), std::move(done)});
      changed_.notify_one();
      return;
    }
  }
  done(fail(Errc::unavailable, "too much is waiting to be written; try again later"));
}

void Writer::run() {
  for (Group group = next_group(); !group.empty(); group = next_group()) {
    write_group(std::move(group));
    if (log_pages_ >= kMostLogPages) move_log();
  }
}

Writer::Group Writer::next_group() {
  std::unique_lock lock(mutex_);
  const auto ready = [this] { return stopping_ || !queue_.empty(); };
  while (log_pages_ > 0 && !changed_.wait_for(lock, kQuiet, ready)) {
    lock.unlock();
    move_log();
    lock.lock();
  }
  changed_.wait(lock, ready);
  const auto end =
      queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), kLargestGroup));
  Group group(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
  queue_.erase(queue_.begin(), end);
  return group;
}

void Writer::write_group(Group group) {
  Result<void> written;
  try {
    written = reopen();
    if (written) {
      do {
        connection_->begin();
      } while (!run_works(group));
      connection_->commit();
    }
  } catch (const std::exception& thrown) {
    written = fail(Errc::unavailable, error_of(thrown).message);
    connection_.reset();  // undoes what it can
  }
  for (const Waiting& each : group) each.done(written);
}

// False if one failed: it was told, taken out, and the transaction is undone.
// Throws if the database failed.
bool Writer::run_works(Group& group) {
  for (auto each = group.begin(); each != group.end(); ++each) {
    try {
      each->work(*connection_);
    } catch (const std::exception& thrown) {
      Error error = error_of(thrown);
      if (error.code == Errc::unavailable) throw;
      connection_->rollback();
      const Done done = std::move(each->done);
      group.erase(each);
      done(tl::unexpected<Error>(std::move(error)));
      return false;
    }
  }
  return true;
}

Result<void> Writer::reopen() {
  if (connection_) return {};
  auto made = connect(address_);
  if (!made) return fail(Errc::unavailable, std::move(made).error().message);
  use(std::move(*made));
  return {};
}

void Writer::use(std::unique_ptr<Connection> connection) {
  connection_ = std::move(connection);
  // A large group stays in memory until it is committed.
  connection_->run("PRAGMA cache_size = -16384");
  auto* const backend =
      static_cast<soci::sqlite3_session_backend*>(connection_->session().get_backend());
  sqlite_api::sqlite3_wal_hook(backend->conn_, note_log_pages, &log_pages_);
}

// What a reader still needs is left for the next time.
void Writer::move_log() {
  int busy = 0;
  int in_log = 0;
  int moved = 0;
  try {
    if (connection_)
      connection_->run("PRAGMA wal_checkpoint(PASSIVE)", soci::into(busy), soci::into(in_log),
                       soci::into(moved));
  } catch (const std::exception&) {
    // Nothing is lost: the log keeps it all, and the next commit says what is wrong.
    connection_.reset();
  }
  log_pages_ = in_log - moved;
}

}  // namespace lockgate::store
