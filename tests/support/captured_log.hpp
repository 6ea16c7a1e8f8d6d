// A log that remembers.

#pragma once

#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

#include "lockgate/log.hpp"

namespace lockgate::test {

class CapturedLog : public Log {
 public:
  void info(std::string_view event, Fields fields) override { keep(event, fields); }
  void warn(std::string_view event, Fields fields) override { keep(event, fields); }
  void error(std::string_view event, Fields fields) override { keep(event, fields); }

  // One line an event: "name key=value key=value".
  std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }
  bool contains(std::string_view part) const {
    const std::vector<std::string> all = lines();
    return std::any_of(all.begin(), all.end(), [&](const std::string& line) {
      return line.find(part) != std::string::npos;
    });
  }

 private:
  void keep(std::string_view event, Fields fields) {
    std::string line(event);
    for (const auto& [name, value] : fields) {
      line += ' ';
      line += name;
      line += '=';
      line += value;
    }
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
  }

  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

}  // namespace lockgate::test
