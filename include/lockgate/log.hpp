// Log: named events with fields.  Never a fact's value, a token, a name or a
// bound SQL value: case data is personal data.

#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

namespace lockgate {

// Safe to use from any thread.
class Log {
 public:
  using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;
  virtual ~Log() = default;
  virtual void info(std::string_view event, Fields fields) = 0;
  virtual void warn(std::string_view event, Fields fields) = 0;
  virtual void error(std::string_view event, Fields fields) = 0;
};

}  // namespace lockgate
