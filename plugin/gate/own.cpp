#include "plugin/gate/own.hpp"

#include <algorithm>

#include "plugin/record/digest.hpp"

namespace lockgate::gate {
namespace {

// As names are compared: without case and without the space around them.
std::string folded(std::string_view text) {
  constexpr std::string_view kSpace = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  text = text.substr(0, text.find_last_not_of(kSpace) + 1);
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

}  // namespace

PrototypeId prototype_id(const CaseRef& about) {
  const std::string named = about.source.text + '\n' + about.key;
  return {"prt_" + record::sha256_hex(named).substr(0, 32)};
}

Result<std::vector<MemberId>> own_members(std::span<const std::string> names, BoardStore& board,
                                          Store& store) {
  std::vector<MemberId> own;
  if (names.empty()) return own;
  std::vector<std::string> wanted;
  for (const std::string& name : names) wanted.push_back(folded(name));
  const auto is_wanted = [&](std::string_view name) {
    return std::find(wanted.begin(), wanted.end(), folded(name)) != wanted.end();
  };

  LOCKGATE_TRY(const std::vector<Member> members, board.members());
  for (const Member& member : members) {
    bool found = is_wanted(member.login.text);
    if (!found && !member.aliases.empty()) {
      LOCKGATE_TRY(const std::vector<Text> aliases, store.texts(member.aliases));
      found = std::any_of(aliases.begin(), aliases.end(),
                          [&](const Text& alias) { return is_wanted(alias.text); });
    }
    if (found) own.push_back(member.login);
  }
  return own;
}

}  // namespace lockgate::gate
