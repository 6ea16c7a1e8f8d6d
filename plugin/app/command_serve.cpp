#include <algorithm>
#include <cerrno>
#include <csignal>
#include <iostream>

#include <malloc.h>
#include <sys/resource.h>

#include "plugin/app/app.hpp"
#include "plugin/app/commands.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/open.hpp"

namespace lockgate::app {
namespace {

constexpr timespec kBetweenTrims{.tv_sec = 10, .tv_nsec = 0};
constexpr int kTrimsBetweenTidying = 360;  // an hour

// Each connection is a descriptor, and most systems give a program few at first.
void raise_descriptor_limit() {
  constexpr rlim_t kEnough = 16384;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= kEnough) return;
  limit.rlim_cur = std::min(limit.rlim_max, kEnough);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

// Before any thread is started: all of them inherit it, and only wait_for_signal
// ever takes one.
sigset_t block_signals() {
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  for (const int each : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, each);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// Few heaps for many threads, so that an idle server is small; each keeps enough
// at its end that memory does not come and go with every request.
void limit_heaps() {
  mallopt(M_ARENA_MAX, 4);
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
}

// Serves until it is told to stop.
void attend(App& app, const sigset_t& signals) {
  for (int quiet = 0;;) {
    malloc_trim(0);
    const int signal = sigtimedwait(&signals, nullptr, &kBetweenTrims);
    if (signal == SIGTERM || signal == SIGINT) return;
    if (signal == SIGHUP) app.reload_rules();
    if (signal < 0 && errno == EAGAIN && ++quiet % kTrimsBetweenTidying == 0) app.tidy();
  }
}

}  // namespace

int serve(const ServeOptions& options) {
  limit_heaps();
  raise_descriptor_limit();
  const sigset_t signals = block_signals();

  if (!is_council_folder(options.place.config)) return open_config(options.place).error();
  CouncilFolder council = read_council(options.place.config, advised());
  if (!council.issues.empty()) {
    std::cerr << shown(council.issues, council.texts);
    return kRulesInvalid;
  }
  if (!options.listen.empty()) {
    const auto set = set_listen(options.listen, council.config);
    if (!set) {
      tell(set.error());
      return kUsage;
    }
  }

  App app(std::move(council), options.place.database);
  if (const auto started = app.start(); !started) return tell(started.error());
  app.tidy();
  std::cout << "lockgate is listening on " << app.address() << std::endl;
  attend(app, signals);
  app.log().info("stopping", {});
  app.stop();
  app.log().info("stopped", {});
  return kFine;
}

}  // namespace lockgate::app
