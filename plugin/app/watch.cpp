#include "plugin/app/watch.hpp"

#include <csignal>
#include <ctime>
#include <map>
#include <utility>

namespace lockgate::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 10'000;
constexpr timespec kBetweenLooks{.tv_sec = 0, .tv_nsec = 200'000'000};

using Written = std::pair<fs::file_time_type, std::uintmax_t>;
using Files = std::map<fs::path, Written>;

void add(const fs::path& path, Files& files) {
  std::error_code error;
  const auto time = fs::last_write_time(path, error);
  if (error) return;
  const auto size = fs::file_size(path, error);
  files[path] = {time, error ? 0 : size};
}

Files files_at(const Paths& paths) {
  Files files;
  for (const fs::path& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      add(path, files);
      continue;
    }
    fs::recursive_directory_iterator each(path, error);
    for (; !error && each != fs::recursive_directory_iterator(); each.increment(error)) {
      if (files.size() == kMostFiles) return files;
      if (each->path().filename().string().starts_with('.')) {
        each.disable_recursion_pending();
      } else if (each->path().extension() == ".toml") {
        add(each->path(), files);
      }
    }
  }
  return files;
}

}  // namespace

void watch(Paths paths, const std::function<Paths()>& action) {
  sigset_t ending;
  sigset_t before;
  sigemptyset(&ending);
  sigaddset(&ending, SIGINT);
  sigaddset(&ending, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ending, &before);
  Files seen;
  bool first = true;
  do {
    Files now = files_at(paths);
    if (!first && now == seen) continue;
    first = false;
    seen = std::move(now);
    Paths next = action();
    if (next == paths) continue;
    paths = std::move(next);
    seen = files_at(paths);
  } while (sigtimedwait(&ending, nullptr, &kBetweenLooks) < 0);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace lockgate::app
