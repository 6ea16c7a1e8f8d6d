#include <algorithm>
#include <cstdlib>

#include <sys/stat.h>

#include "plugin/app/config_parts.hpp"
#include "plugin/app/read_file.hpp"

namespace lockgate::app {
namespace {

namespace fs = std::filesystem;

bool others_may_read(const fs::path& path) {
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0 && (about.st_mode & S_IROTH) != 0;
}

void blot(std::string& text, std::size_t from, std::string_view until) {
  const std::size_t end = std::min(text.find_first_of(until, from), text.size());
  std::fill(text.begin() + static_cast<std::ptrdiff_t>(from),
            text.begin() + static_cast<std::ptrdiff_t>(end), '*');
}

}  // namespace

std::string read_secret(rules::TomlReader& reader, std::string_view key, const fs::path& folder) {
  const std::string where = reader.text(key).value_or("");
  if (where.empty()) return {};
  std::string value;
  if (where.starts_with("env:")) {
    const char* found = std::getenv(where.substr(4).c_str());
    if (!found || !*found) {
      reader.complain(key, "the environment has no `" + where.substr(4) + "`",
                      "set it where Lockgate is started, or write `file:PATH`");
      return {};
    }
    value = found;
  } else if (where.starts_with("file:")) {
    const fs::path path = folder / where.substr(5);
    auto text = read_file(path);
    if (!text) {
      reader.complain(key, "the file `" + where.substr(5) + "` " + text.error().message,
                      "make one with: (umask 077; echo \"whsec_$(openssl rand -base64 32)\" >" +
                          path.string() + ")");
      return {};
    }
    if (others_may_read(path)) {
      reader.complain(key, "the file `" + where.substr(5) + "` may be read by everybody",
                      "chmod 600 " + where.substr(5));
      return {};
    }
    value = *std::move(text);
    while (value.ends_with('\n') || value.ends_with('\r')) value.pop_back();
  } else {
    reader.complain(key, "a secret does not stand in the configuration itself",
                    "write `file:PATH` or `env:NAME`");
  }
  return value;
}

std::string blotted(std::string text) {
  constexpr std::string_view kSecret = "whsec_";
  for (std::size_t at = 0; (at = text.find(kSecret, at)) != std::string::npos;) {
    at += kSecret.size();
    blot(text, at, "\"'\r\n");
  }
  for (std::size_t at = 0; (at = text.find("postgresql://", at)) != std::string::npos;) {
    at += std::string_view("postgresql://").size();
    const std::size_t end = std::min(text.find_first_of("\"'\r\n", at), text.size());
    const std::size_t colon = text.find(':', at);
    if (colon < end && text.find('@', colon) < end) blot(text, colon + 1, "@\"'\r\n");
    const std::size_t word = text.find("password=", at);
    if (word < end) blot(text, word + 9, " &\"'\r\n");
  }
  // Whatever follows a key that should name a secret's place, and does not.
  for (std::size_t at = 0; (at = text.find("secret", at)) != std::string::npos; ++at) {
    std::size_t value = text.find_first_of("=\r\n", at);
    if (value == std::string::npos || text[value] != '=') continue;
    value = text.find_first_not_of(" \t\"'", value + 1);
    if (value == std::string::npos) break;
    const std::string_view rest = std::string_view(text).substr(value);
    if (rest.starts_with("file:") || rest.starts_with("env:")) continue;
    if (text.substr(at, value - at).find("until") != std::string::npos) continue;
    blot(text, value, "\"'\r\n");
  }
  return text;
}

}  // namespace lockgate::app
