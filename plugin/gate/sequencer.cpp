#include "plugin/gate/sequencer.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <fstream>
#include <iterator>

#include "plugin/record/tree.hpp"

namespace lockgate::gate {
namespace {

constexpr int kMostAtOnce = 1000;
constexpr std::chrono::milliseconds kLook{200};
constexpr std::chrono::milliseconds kGather{100};  // one checkpoint for what comes together

Result<record::SigningKey> read_key(const std::filesystem::path& file, const std::string& origin) {
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0)
    return fail(Errc::invalid, "the ledger's key `" + file.string() + "` cannot be read");
  if ((about.st_mode & 077) != 0)
    return fail(Errc::invalid, "the ledger's key `" + file.string() +
                                   "` may be read by others; set its mode to 0600");
  std::ifstream in(file, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  auto key = record::SigningKey::from_text(text);
  if (!key) return fail(Errc::invalid, "the file `" + file.string() + "` is not a ledger key");
  if (key->verifier().name != origin)
    return fail(Errc::invalid, "the ledger's key `" + file.string() +
                                   "` is another ledger's; `ledger_origin` must not change");
  return key;
}

bool write_key(const std::filesystem::path& file, const record::SigningKey& key) {
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) return false;
  const std::string text = key.to_text();
  const bool written = ::write(made, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool kept = written && ::fsync(made) == 0;
  return ::close(made) == 0 && kept;
}

}  // namespace

Result<record::SigningKey> ledger_key(const std::filesystem::path& file, const std::string& origin,
                                      Random& random) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) {
    // Under another name first: whoever starts at the same time never reads half a key.
    const std::filesystem::path fresh = file.string() + "." + new_id("new", random);
    const bool kept = write_key(fresh, record::SigningKey::generate(origin, random));
    const bool linked = kept && (::link(fresh.c_str(), file.c_str()) == 0 || errno == EEXIST);
    std::filesystem::remove(fresh, error);
    if (!linked) {
      return fail(Errc::unavailable, "the ledger's key `" + file.string() + "` cannot be written");
    }
  }
  return read_key(file, origin);
}

Store::Place placing(const record::SigningKey& key) {
  return [key](const LedgerHead& head,
               const std::vector<PendingEntry>& entries) -> Result<Placement> {
    record::Frontier frontier;
    if (head.size > 0) {
      const auto stored = record::Frontier::from_text(head.frontier);
      if (!stored || stored->size() != head.size)
        return fail(Errc::internal, "the ledger's head is damaged; run `lockgate audit verify`");
      frontier = *stored;
    }
    Placement placement;
    for (const PendingEntry& entry : entries) {
      const record::Hash leaf = record::leaf_hash(entry.body);
      frontier.append(leaf);
      placement.leaf_hashes.push_back(record::to_hex(leaf));
    }
    const record::Checkpoint checkpoint{key.verifier().name, frontier.size(), frontier.root()};
    placement.head = {frontier.size(), frontier.to_text(),
                      record::sign_checkpoint(checkpoint, key)};
    return placement;
  };
}

Sequencer::Sequencer(Store& store, const record::SigningKey& key, Log& log)
    : store_(store), place_(placing(key)), log_(log) {}

Sequencer::~Sequencer() { stop(); }

void Sequencer::start() {
  thread_ = std::thread([this] {
    pthread_setname_np(pthread_self(), "ledger");
    run();
  });
}

void Sequencer::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Sequencer::notify() {
  {
    const std::scoped_lock lock(mutex_);
    notified_ = true;
  }
  wake_.notify_all();
}

void Sequencer::run() {
  for (bool last = false; !last;) {
    {
      std::unique_lock lock(mutex_);
      if (!full_) {
        wake_.wait_for(lock, kLook, [&] { return stopping_ || notified_; });
        if (notified_) wake_.wait_for(lock, kGather, [&] { return stopping_; });
      }
      notified_ = false;
      last = stopping_;
    }
    full_ = place();
  }
}

// True if there may be more.
bool Sequencer::place() {
  Result<std::size_t> placed = fail(Errc::internal, "an exception");
  try {
    placed = store_.place_entries(kMostAtOnce, place_);
  } catch (const std::exception&) {  // a bug; the entries wait
  }
  if (!placed && !failing_) log_.error("ledger_failed", {{"why", placed.error().message}});
  if (placed && failing_) log_.info("ledger_goes_on", {});
  failing_ = !placed;
  return placed && *placed == kMostAtOnce;
}

}  // namespace lockgate::gate
