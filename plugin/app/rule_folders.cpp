#include "plugin/app/rule_folders.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "plugin/app/packs.hpp"

namespace lockgate::app {
namespace {

namespace fs = std::filesystem;

bool is_test(const fs::path& path) { return path.string().ends_with(".test.toml"); }

void add_file(const fs::path& path, std::string shown, RuleFiles& into) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (in) {
    into.files.push_back({std::move(shown), std::move(bytes).str()});
    return;
  }
  rules::Issue issue;
  issue.code = "LG401";
  issue.file = std::move(shown);
  issue.message = "cannot be read";
  into.issues.push_back(std::move(issue));
}

void add_path(const fs::path& path, const std::string& shown, bool tests, RuleFiles& into) {
  std::error_code error;
  if (fs::is_regular_file(path, error)) return add_file(path, shown, into);
  if (!fs::is_directory(path, error)) {
    rules::Issue issue;
    issue.code = "LG401";
    issue.file = shown;
    issue.message = "there is no such file or folder";
    into.issues.push_back(std::move(issue));
    return;
  }
  std::vector<fs::path> found;
  for (const fs::directory_entry& each : fs::recursive_directory_iterator(path, error)) {
    if (each.path().extension() == ".toml" && is_test(each.path()) == tests) {
      found.push_back(each.path());
    }
  }
  std::sort(found.begin(), found.end());
  for (const fs::path& each : found) {
    add_file(each, (fs::path(shown) / each.lexically_relative(path)).string(), into);
  }
}

}  // namespace

RuleFiles read_rules(const fs::path& base, const std::vector<std::string>& folders) {
  RuleFiles rules;
  for (const std::string& folder : folders) {
    if (folder == "packs" && !fs::exists(base / folder)) {
      for (rules::SourceFile& pack : shipped_packs()) rules.files.push_back(std::move(pack));
    } else {
      add_path(base / folder, folder, false, rules);
    }
  }
  return rules;
}

RuleFiles read_rules(const std::vector<std::string>& paths) {
  RuleFiles rules;
  for (const std::string& path : paths) add_path(path, path, false, rules);
  return rules;
}

RuleFiles read_rule_tests(const std::vector<std::string>& paths) {
  RuleFiles tests;
  for (const std::string& path : paths) {
    if (fs::is_regular_file(path) && !is_test(path)) continue;
    add_path(path, path, true, tests);
  }
  return tests;
}

}  // namespace lockgate::app
