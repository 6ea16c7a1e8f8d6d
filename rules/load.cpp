#include <algorithm>
#include <map>

#include "rules/checks/advice.hpp"
#include "rules/rule_set_builder.hpp"

namespace lockgate::rules {
namespace {

std::string_view folder_of(std::string_view path) { return path.substr(0, path.find('/')); }

}  // namespace

Loaded load(std::vector<SourceFile> files, const LoadOptions& options) {
  Loaded loaded;
  std::vector<RankedFile> read;
  std::map<std::string_view, std::size_t> ranks;
  std::map<std::string_view, std::size_t> seen;
  bool complete = true;
  for (const SourceFile& file : files) {
    const std::size_t rank = ranks.try_emplace(folder_of(file.path), ranks.size()).first->second;
    if (++seen[file.path] > 1) {
      Issue issue{.code = "LG107", .file = file.path, .message = "this file is given twice"};
      loaded.issues.push_back(std::move(issue));
      continue;
    }
    auto text = TomlText::parse(file.path, file.bytes, loaded.issues);
    if (text) {
      read.push_back({read_rule_file(*std::move(text), loaded.issues), rank});
    } else {
      complete = false;
    }
  }
  RuleSetBuilder builder(read, complete, loaded.issues, loaded.advice);
  builder.build();
  sort(loaded.issues);
  if (options.advise && complete) {
    std::vector<Issue> further = advise(builder.so_far(), read, options.today);
    loaded.advice.insert(loaded.advice.end(), further.begin(), further.end());
  } else {
    loaded.advice.clear();
  }
  sort(loaded.advice);
  if (loaded.issues.empty()) loaded.rules = builder.finish(std::move(files));
  return loaded;
}

}  // namespace lockgate::rules
