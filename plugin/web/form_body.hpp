// What a form sent: application/x-www-form-urlencoded, read.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lockgate/result.hpp"
#include "plugin/net/message.hpp"

namespace lockgate::web {

class FormBody {
 public:
  FormBody() = default;
  explicit FormBody(std::vector<std::pair<std::string, std::string>> fields)
      : fields_(std::move(fields)) {}

  // The last value of that name, without white space around it and with line
  // ends as "\n"; empty if there is none.
  std::string text(std::string_view name) const;
  // The last value of that name as it was sent (passwords).
  std::string_view raw(std::string_view name) const;
  // All values of that name, each as `text` gives it, without empty ones.
  std::vector<std::string> texts(std::string_view name) const;
  bool has(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;  // in order, decoded
};

// Errc::unsupported if the content type is another; Errc::unreadable if a name
// or value is not UTF-8 or holds U+0000, an escape is broken, or there are more
// than 1,000 fields.
Result<FormBody> read_form(const net::Request& request);

}  // namespace lockgate::web
