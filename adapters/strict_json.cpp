#include "adapters/strict_json.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>

#include "adapters/json_pointer.hpp"

namespace lockgate::adapters {
namespace {

namespace json = boost::json;

struct Complaint {
  std::string detail;
  std::string fix;
};

// Builds the tree from the parser's events.  An event that returns false stops
// the parser; `complaint` then says why.
class Builder {
 public:
  static constexpr std::size_t max_object_size = kJsonKeys;
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = kJsonStringBytes;
  static constexpr std::size_t max_string_size = kJsonStringBytes;

  Builder() { open_.reserve(8); }

  FactValue take() { return std::move(root_); }
  const Complaint& complaint() const { return complaint_; }

  // Where the parser stands: the innermost value that is not complete.
  std::string pointer() const {
    std::string text;
    for (const Frame& frame : open_) {
      if (const auto* list = std::get_if<FactList>(&frame.container)) {
        text += '/' + std::to_string(list->size());
      } else if (frame.has_key) {
        text += '/' + pointer_token(frame.key);
      }
    }
    return text;
  }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) {
    open_.push_back({FactMap(), {}, false});
    return true;
  }
  bool on_object_end(std::size_t, json::error_code& error) {
    const auto& map = std::get<FactMap>(open_.back().container);
    if (map.size() > kFewKeys && !check_many_keys(map, error)) return false;
    return close();
  }
  bool on_array_begin(json::error_code&) {
    open_.push_back({FactList(), {}, false});
    return true;
  }
  bool on_array_end(std::size_t, json::error_code&) { return close(); }

  bool on_key_part(json::string_view part, std::size_t, json::error_code& error) {
    return append(part, error);
  }
  bool on_key(json::string_view part, std::size_t, json::error_code& error) {
    if (!append(part, error)) return false;
    Frame& frame = open_.back();
    frame.key = std::move(text_);
    frame.has_key = true;
    text_.clear();
    const auto& map = std::get<FactMap>(frame.container);
    if (map.size() >= kFewKeys) return true;  // looked at once, when the object ends
    for (const auto& member : map) {
      if (member.first == frame.key) return complain_twice(error);
    }
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code& error) {
    return append(part, error);
  }
  bool on_string(json::string_view part, std::size_t, json::error_code& error) {
    if (!append(part, error)) return false;
    FactValue value(std::in_place_type<std::string>, std::move(text_));
    text_.clear();
    return add(std::move(value));
  }

  bool on_number_part(json::string_view part, json::error_code&) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_int64(std::int64_t number, json::string_view, json::error_code&) {
    text_.clear();
    return add(FactValue(std::in_place_type<std::int64_t>, number));
  }
  bool on_uint64(std::uint64_t number, json::string_view, json::error_code&) {
    text_.clear();
    return add(FactValue(std::in_place_type<std::uint64_t>, number));
  }
  bool on_double(double rough, json::string_view part, json::error_code& error) {
    text_.append(part.data(), part.size());
    const std::string digits = std::exchange(text_, {});
    if (digits.find_first_of(".eE") == std::string::npos) {
      return complain({"an integer is beyond 64 bits",
                       "send a number from -9223372036854775808 to 18446744073709551615, "
                       "or text"},
                      error);
    }
    // Boost.JSON 1.81 may be off in the last digit.
    double number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec == std::errc::result_out_of_range) {
      if (std::abs(rough) > 1 || std::isnan(rough)) {
        return complain({"a number is beyond the range of a double",
                         "send a number between -1.7e308 and 1.7e308"},
                        error);
      }
      number = std::copysign(0.0, rough);  // too small to tell from nothing
    }
    return add(FactValue(std::in_place_type<double>, number));
  }
  bool on_bool(bool truth, json::error_code&) {
    return add(FactValue(std::in_place_type<bool>, truth));
  }
  bool on_null(json::error_code&) { return add(FactValue()); }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  // Below this, comparing each key with those before it costs least.
  static constexpr std::size_t kFewKeys = 24;

  struct Frame {
    FactValue container;  // a FactMap or a FactList
    std::string key;      // of the member that is being read
    bool has_key;
  };

  bool append(json::string_view part, json::error_code& error) {
    if (std::find(part.begin(), part.end(), '\0') != part.end()) {
      return complain({"a text holds U+0000", "leave `\\u0000` out"}, error);
    }
    text_.append(part.data(), part.size());
    return true;
  }

  bool add(FactValue value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return true;
    }
    Frame& frame = open_.back();
    if (auto* list = std::get_if<FactList>(&frame.container)) {
      list->push_back(std::move(value));
    } else {
      std::get<FactMap>(frame.container).emplace_back(std::move(frame.key), std::move(value));
      frame.has_key = false;
    }
    return true;
  }

  bool close() {
    FactValue done = std::move(open_.back().container);
    open_.pop_back();
    return add(std::move(done));
  }

  bool check_many_keys(const FactMap& map, json::error_code& error) {
    std::vector<std::string_view> keys;
    keys.reserve(map.size());
    for (const auto& member : map) keys.push_back(member.first);
    std::sort(keys.begin(), keys.end());
    const auto twice = std::adjacent_find(keys.begin(), keys.end());
    if (twice == keys.end()) return true;
    open_.back().key = *twice;
    open_.back().has_key = true;
    return complain_twice(error);
  }

  bool complain_twice(json::error_code& error) {
    return complain({"an object holds the same key twice", "send each key once"}, error);
  }

  bool complain(Complaint complaint, json::error_code& error) {
    complaint_ = std::move(complaint);
    error = json::error::input_error;
    return false;
  }

  std::vector<Frame> open_;
  std::string text_;  // of the key, string or number that is being read
  FactValue root_;
  Complaint complaint_;
};

using Parser = json::basic_parser<Builder>;

json::parse_options strict() {
  json::parse_options options;  // refuses comments, trailing commas, invalid UTF-8
  options.max_depth = kJsonDepth;
  return options;
}

// The parser does not say where it stopped: it is the last byte of the
// shortest beginning that it refuses.
std::size_t offset_of_error(std::string_view text) {
  const auto refuses = [text](std::size_t size) {
    Parser parser(strict());
    json::error_code error;
    const std::size_t read = parser.write_some(true, text.data(), size, error);
    return error || read < size;
  };
  std::size_t good = 0, bad = text.size() + 1;  // refuses(good) is false, refuses(bad) is true
  while (bad - good > 1) {
    const std::size_t middle = good + (bad - good) / 2;
    (refuses(middle) ? bad : good) = middle;
  }
  return bad - 1;
}

Complaint in_words(const json::error_code& error) {
  if (error == json::error::incomplete) {
    return {"the JSON breaks off", "send one whole JSON value"};
  }
  if (error == json::error::extra_data) {
    return {"something follows the JSON value", "send one JSON value and nothing after it"};
  }
  if (error == json::error::too_deep) {
    return {"objects and lists are nested more than 32 deep", "send a flatter message"};
  }
  if (error == json::error::object_too_large) {
    return {"an object holds more than 1000 keys", "send fewer"};
  }
  if (error == json::error::string_too_large || error == json::error::key_too_large) {
    return {"a text is longer than 64 KiB", "send a link to it instead"};
  }
  if (error == json::error::illegal_leading_surrogate ||
      error == json::error::illegal_trailing_surrogate ||
      error == json::error::expected_utf16_escape) {
    return {"half of a surrogate pair stands alone", "send whole characters"};
  }
  if (error == json::error::exponent_overflow) {
    return {"a number is beyond the range of a double",
            "send a number between -1.7e308 and 1.7e308"};
  }
  return {"this is not JSON in UTF-8", "check the message with a JSON validator"};
}

tl::unexpected<Error> refuse(std::string pointer, Complaint complaint, std::size_t offset) {
  complaint.detail += ", at byte " + std::to_string(offset);
  return fail(Errc::unreadable, "the body is not JSON that is taken: " + complaint.detail,
              {{std::move(pointer), complaint.detail, std::move(complaint.fix)}});
}

// The parser calls it a mere syntax error if no escape follows a leading half.
bool follows_half_a_pair(std::string_view text, std::size_t offset) {
  if (offset < 6) return false;
  const std::string_view escape = text.substr(offset - 6, 4);
  return escape.starts_with("\\u") && (escape[2] == 'd' || escape[2] == 'D') &&
         std::string_view("89abAB").find(escape[3]) != std::string_view::npos;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

Result<FactValue> parse_json(std::string_view text) {
  if (is_blank(text)) return refuse({}, {"the body is empty", "send one JSON value"}, 0);
  if (text.starts_with("\xef\xbb\xbf")) {
    return refuse({}, {"a byte order mark stands before the JSON", "send UTF-8 without it"}, 0);
  }
  Parser parser(strict());
  json::error_code error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  if (!error && read < text.size()) error = json::error::extra_data;
  if (!error) return parser.handler().take();

  const std::size_t offset = offset_of_error(text);
  if (follows_half_a_pair(text, offset)) error = json::error::illegal_leading_surrogate;
  Complaint complaint = parser.handler().complaint();
  if (complaint.detail.empty()) complaint = in_words(error);
  return refuse(parser.handler().pointer(), std::move(complaint), offset);
}

}  // namespace lockgate::adapters
