#include "adapters/settings.hpp"

#include <set>
#include <string_view>

#include "adapters/json_pointer.hpp"
#include "adapters/signature.hpp"

namespace lockgate::adapters {
namespace {

void check_secret(std::string_view name, const std::string& secret,
                  std::vector<SettingsProblem>& found) {
  if (secret.empty() || Secret::parse(secret)) return;
  found.push_back({"`" + std::string(name) + "` is not `whsec_` and base64 of 24 to 64 bytes",
                   "make one with: echo \"whsec_$(openssl rand -base64 32)\""});
}

void check_pointer(std::string_view name, const std::string& pointer,
                   std::vector<SettingsProblem>& found) {
  if (JsonPointer::parse(pointer)) return;
  found.push_back({"`" + std::string(name) + "` is not a JSON Pointer: `" + pointer + "`",
                   "begin with `/`; write `~1` for `/` and `~0` for `~` in a name"});
}

bool is_dotted_name(std::string_view path) {
  if (path.empty() || path.front() == '.' || path.back() == '.') return false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const char c = path[i];
    const bool name =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!name && (c != '.' || path[i - 1] == '.')) return false;
  }
  return true;
}

}  // namespace

std::vector<SettingsProblem> problems(const Settings& settings) {
  std::vector<SettingsProblem> found;
  check_secret("secret", settings.secret, found);
  check_secret("old_secret", settings.old_secret, found);
  check_secret("callback.secret", settings.callback_secret, found);

  const MapSettings& map = settings.map;
  check_pointer("map.case", map.case_key, found);
  check_pointer("map.title", map.title, found);
  check_pointer("map.gate", map.gate, found);
  check_pointer("map.proposer", map.proposer, found);
  check_pointer("map.editors", map.editors, found);
  check_pointer("map.facts", map.facts, found);
  std::set<std::string_view> paths;
  for (const auto& [path, pointer] : map.fact) {
    check_pointer("facts." + path, pointer, found);
    if (!is_dotted_name(path)) {
      found.push_back(
          {"`" + path + "` in `[facts]` is not the name of a fact",
           "quote the whole dotted name: `\"people.participants\" = \"/data/people\"`"});
    }
    if (!paths.insert(path).second) {
      found.push_back({"the fact `" + path + "` is mapped twice", "keep one of the two"});
    }
  }

  const std::string& url = settings.callback_url;
  if (!url.empty() && !url.starts_with("https://") && !url.starts_with("http://")) {
    found.push_back({"`callback.url` is neither https:// nor http://",
                     "write the whole address: https://case-system.example.gov.uk/decisions"});
  }
  return found;
}

}  // namespace lockgate::adapters
