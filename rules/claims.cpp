#include "rules/claims.hpp"

#include "rules/wording.hpp"

namespace lockgate::rules {
namespace {

constexpr std::size_t kMostOfAKind = 1000;  // rules, facts, settings, expressions, roles

}  // namespace

Issue Origin::issue(std::string_view code, std::string message, std::string help) const {
  Issue issue = file->file.text.issue(place, code, std::move(message));
  issue.help = std::move(help);
  return issue;
}

bool Claims::claim(std::string_view kind, const std::string& name, const Origin& here) {
  if (name.empty()) return false;
  if (const Origin* first = find(name)) {
    issues_.push_back(here.issue("LG107",
                                 std::string(kind) + ' ' + ticked(name) + " is declared twice",
                                 "keep one of them; the first is at " + first->text()));
    return false;
  }
  std::size_t& count = counts_[std::string(kind)];
  if (++count > kMostOfAKind) {
    if (count == kMostOfAKind + 1) {
      issues_.push_back(here.issue("LG100",
                                   "this is " + std::string(kind) + " number " +
                                       std::to_string(count) + "; there may be " +
                                       std::to_string(kMostOfAKind),
                                   "take out what is not needed"));
    }
    return false;
  }
  first_.emplace(name, here);
  return true;
}

const Origin* Claims::find(std::string_view name) const {
  const auto found = first_.find(name);
  return found == first_.end() ? nullptr : &found->second;
}

std::vector<std::string> Claims::names() const {
  std::vector<std::string> names;
  for (const auto& [name, origin] : first_) names.push_back(name);
  return names;
}

}  // namespace lockgate::rules
