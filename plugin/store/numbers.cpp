#include "plugin/store/numbers.hpp"

#include <algorithm>

namespace lockgate::store {
namespace {

// What a crash may lose when little happens, and what makes ten thousand a second possible.
constexpr int kSmallest = 16;
constexpr int kLargest = 1024;

}  // namespace

Result<std::int64_t> Numbers::next() {
  std::unique_lock lock(mutex_);
  if (!taking_ && left() * 2 <= size_) {
    const Result<void> taken = take_block(lock);
    if (!taken && left() == 0) return tl::unexpected(taken.error());
  }
  taken_.wait(lock, [this] { return left() > 0 || !taking_; });
  if (left() == 0) return fail(Errc::unavailable, "the database gives no display number");
  Block& block = blocks_.front();
  const std::int64_t number = block.next++;
  if (block.next > block.last) blocks_.pop_front();
  return number;
}

std::int64_t Numbers::left() const {
  std::int64_t sum = 0;
  for (const Block& block : blocks_) sum += block.last - block.next + 1;
  return sum;
}

// Others go on with what is left meanwhile.
Result<void> Numbers::take_block(std::unique_lock<std::mutex>& lock) {
  const auto now = std::chrono::steady_clock::now();
  const bool fast = size_ > 0 && now - taken_at_ < std::chrono::seconds(1);
  const int size = fast ? std::min(size_ * 2, kLargest) : kSmallest;
  taking_ = true;
  lock.unlock();
  const auto last = take_(size);
  lock.lock();
  taking_ = false;
  if (last) {
    blocks_.push_back({*last - size + 1, *last});
    size_ = size;
    taken_at_ = now;
  }
  taken_.notify_all();
  if (!last) return tl::unexpected(last.error());
  return {};
}

std::optional<std::pair<std::int64_t, std::int64_t>> Numbers::unused() {
  const std::scoped_lock lock(mutex_);
  if (blocks_.empty()) return std::nullopt;
  std::int64_t used = blocks_.back().next - 1;
  for (auto block = blocks_.rbegin(); block != blocks_.rend() && block->last >= used; ++block)
    used = block->next - 1;
  return std::pair(used, blocks_.back().last);
}

}  // namespace lockgate::store
