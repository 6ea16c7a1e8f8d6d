// Gives entries their place in the ledger and signs its head.

#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

#include "lockgate/log.hpp"
#include "lockgate/store.hpp"
#include "plugin/record/note.hpp"

namespace lockgate::gate {

// The key in `file`; made (mode 0600) if there is no such file.  Errc::invalid
// if others may read the file, or if it is not a key for `origin`;
// Errc::unavailable if it cannot be written.
Result<record::SigningKey> ledger_key(const std::filesystem::path& file, const std::string& origin,
                                      Random& random);

// How `store.place_entries` places: appends the entries and signs the new head.
Store::Place placing(const record::SigningKey& key);

// A thread of its own, from `start` to `stop` (or the destructor), which places
// what is there once more.
class Sequencer {
 public:
  Sequencer(Store& store, const record::SigningKey& key, Log& log);
  ~Sequencer();

  void start();
  void stop();    // returns when the thread has ended
  void notify();  // there are new entries; it looks every 200 ms anyway

 private:
  void run();
  bool place();

  Store& store_;
  Store::Place place_;
  Log& log_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // guarded by mutex_
  bool notified_ = false;  // guarded by mutex_
  bool full_ = false;      // the last look found as many as it could place
  bool failing_ = false;
  std::thread thread_;
};

}  // namespace lockgate::gate
