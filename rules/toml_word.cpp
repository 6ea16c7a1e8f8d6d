#include "rules/toml_word.hpp"

namespace lockgate::rules {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_octal(char c) { return c >= '0' && c <= '7'; }
bool is_binary(char c) { return c == '0' || c == '1'; }

// Takes the word apart from the left.
class Rest {
 public:
  explicit Rest(std::string_view word) : left_(word) {}

  bool empty() const { return left_.empty(); }

  bool take(std::string_view part) {
    if (!left_.starts_with(part)) return false;
    left_.remove_prefix(part.size());
    return true;
  }

  bool take_one_of(std::string_view characters) {
    if (left_.empty() || characters.find(left_.front()) == characters.npos) return false;
    left_.remove_prefix(1);
    return true;
  }

  bool take_digits(std::size_t count) {
    for (; count > 0; --count) {
      if (!take_one_of("0123456789")) return false;
    }
    return true;
  }

  // At least one digit; underscores only between digits.
  bool take_run(bool (*is_right)(char)) {
    std::size_t size = 0;
    while (size < left_.size() &&
           (is_right(left_[size]) || (left_[size] == '_' && size > 0 && left_[size - 1] != '_'))) {
      ++size;
    }
    if (size == 0 || left_[size - 1] == '_') return false;
    left_.remove_prefix(size);
    return true;
  }

 private:
  std::string_view left_;
};

bool is_number(Rest word) {
  if (word.take("0x")) return word.take_run(is_hex) && word.empty();
  if (word.take("0o")) return word.take_run(is_octal) && word.empty();
  if (word.take("0b")) return word.take_run(is_binary) && word.empty();
  word.take_one_of("+-");
  if (word.take("inf") || word.take("nan")) return word.empty();
  if (!word.take_run(is_digit)) return false;
  if (word.take(".") && !word.take_run(is_digit)) return false;
  if (word.take_one_of("eE")) {
    word.take_one_of("+-");
    if (!word.take_run(is_digit)) return false;
  }
  return word.empty();
}

bool take_time(Rest& word) {
  if (!word.take_digits(2) || !word.take(":") || !word.take_digits(2) || !word.take(":") ||
      !word.take_digits(2)) {
    return false;
  }
  return !word.take(".") || word.take_run(is_digit);
}

bool is_moment(Rest word) {
  Rest time = word;
  if (take_time(time)) return time.empty();
  if (!word.take_digits(4) || !word.take("-") || !word.take_digits(2) || !word.take("-") ||
      !word.take_digits(2)) {
    return false;
  }
  if (word.empty()) return true;
  if (!word.take_one_of("Tt ") || !take_time(word)) return false;
  if (word.empty() || word.take_one_of("Zz")) return word.empty();
  return word.take_one_of("+-") && word.take_digits(2) && word.take(":") && word.take_digits(2) &&
         word.empty();
}

}  // namespace

bool is_toml_word(std::string_view word) {
  constexpr std::size_t kLongest = 100;  // the parser looks no further ahead
  if (word.size() > kLongest) return false;
  return word == "true" || word == "false" || is_number(Rest(word)) || is_moment(Rest(word));
}

}  // namespace lockgate::rules
