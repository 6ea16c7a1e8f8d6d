#include "plugin/app/write_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include <sys/stat.h>
#include <unistd.h>

namespace lockgate::app {
namespace {

tl::unexpected<Error> cannot(int error) {
  return fail(Errc::unavailable, std::string("cannot be written: ") + std::strerror(error));
}

// Gives errno, or 0.
int write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0 ? 0 : errno;
}

}  // namespace

Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  if (error) return cannot(error.value());
  struct stat old {};
  if (::stat(target.c_str(), &old) != 0 || ::access(target.c_str(), W_OK) != 0) {
    return cannot(errno);
  }
  std::string beside = (target.parent_path() / ("." + target.filename().string() + ".XXXXXX"));
  const int file = ::mkstemp(beside.data());
  if (file < 0) return cannot(errno);
  int failure = write_all(file, bytes);
  // Another's file can be replaced, but stays another's only if the system lets it.
  if (::fchown(file, old.st_uid, old.st_gid) != 0) errno = 0;
  if (failure == 0 && ::fchmod(file, old.st_mode & 07777) != 0) failure = errno;
  if (::close(file) != 0 && failure == 0) failure = errno;
  if (failure == 0 && ::rename(beside.c_str(), target.c_str()) != 0) failure = errno;
  if (failure == 0) return {};
  ::unlink(beside.c_str());
  return cannot(failure);
}

}  // namespace lockgate::app
