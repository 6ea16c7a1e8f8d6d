#include "rules/wording.hpp"

namespace lockgate::rules {

std::string ticked(std::string_view text) { return '`' + std::string(text) + '`'; }

std::string did_you_mean(const std::string& guess) {
  return guess.empty() ? std::string() : "did you mean " + ticked(guess) + "?";
}

std::string one_of(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += ticked(words[i]);
  }
  return text;
}

}  // namespace lockgate::rules
