#include "plugin/app/json_log.hpp"

#include <algorithm>
#include <string>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <boost/json.hpp>

#include "plugin/net/target.hpp"

namespace lockgate::app {
namespace {

// JSON is UTF-8: of what is not, only the ASCII is kept.
std::string as_text(std::string_view value) {
  std::string text(value);
  if (net::is_utf8(value)) return text;
  std::replace_if(
      text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; }, '?');
  return text;
}

class JsonLog final : public Log {
 public:
  explicit JsonLog(const Clock& clock)
      : clock_(clock), logger_("lockgate", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
    logger_.set_pattern("%v");
  }

  void info(std::string_view event, Fields fields) override {
    logger_.info(line("info", event, fields));
  }
  void warn(std::string_view event, Fields fields) override {
    logger_.warn(line("warn", event, fields));
  }
  void error(std::string_view event, Fields fields) override {
    logger_.error(line("error", event, fields));
  }

 private:
  std::string line(std::string_view level, std::string_view event, Fields fields) const {
    boost::json::object object{{"at", to_text(clock_.now())}, {"level", level}, {"event", event}};
    for (const auto& [name, value] : fields) object[name] = as_text(value);
    return boost::json::serialize(object);
  }

  const Clock& clock_;
  spdlog::logger logger_;
};

}  // namespace

std::unique_ptr<Log> make_json_log(const Clock& clock) { return std::make_unique<JsonLog>(clock); }

}  // namespace lockgate::app
