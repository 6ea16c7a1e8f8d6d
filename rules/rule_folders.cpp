#include "rules/rule_folders.hpp"

#include <algorithm>
#include <set>

#include "rules/read_file.hpp"

namespace lockgate::rules {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 1000;

bool is_test(const fs::path& path) { return path.string().ends_with(".test.toml"); }

Issue issue_in(const std::string& shown, std::string message) {
  Issue issue{.code = "LG401", .file = shown};
  issue.message = std::move(message);
  return issue;
}

void add_file(const fs::path& path, std::string name, std::string shown, FolderFiles& into) {
  auto bytes = read_file(path);
  if (!bytes) {
    into.issues.push_back(issue_in(shown, "`" + shown + "` " + bytes.error().message));
    return;
  }
  into.files.push_back({{std::move(name), *std::move(bytes)}, std::move(shown)});
}

// Below the folder, in order of path.
std::vector<fs::path> files_below(const fs::path& folder, Wanted wanted) {
  std::vector<fs::path> found;
  std::error_code error;
  fs::recursive_directory_iterator each(folder, error);
  for (; !error && each != fs::recursive_directory_iterator(); each.increment(error)) {
    const fs::path& path = each->path();
    if (path.filename().string().starts_with('.')) {
      each.disable_recursion_pending();
    } else if (path.extension() == ".toml" && is_test(path) == (wanted == Wanted::tests) &&
               !each->is_directory(error)) {
      found.push_back(path);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

// "rules" for "council/rules/"; a number in front if that name is taken.
std::string own_name(const fs::path& path, std::set<std::string>& taken) {
  fs::path whole = fs::absolute(path).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  const std::string name = whole.has_filename() ? whole.filename().string() : "rules";
  std::string free = name;
  for (int number = 2; !taken.insert(free).second; ++number) {
    free = std::to_string(number) + '/' + name;
  }
  return free;
}

}  // namespace

FolderFiles read_folders(const fs::path& base, const std::vector<std::string>& folders,
                         Wanted wanted, const std::vector<SourceFile>& packs) {
  FolderFiles found;
  std::set<std::string> taken;
  for (const std::string& folder : folders) {
    const fs::path path = base / folder;
    std::error_code error;
    if (folder == "packs" && !packs.empty() && !fs::exists(path, error)) {
      taken.insert("packs");
      for (const SourceFile& pack : packs) found.files.push_back({pack, pack.path});
    } else if (fs::is_directory(path, error)) {
      const std::string name = own_name(path, taken);
      for (const fs::path& file : files_below(path, wanted)) {
        const std::string rest = file.lexically_relative(path).string();
        add_file(file, name + '/' + rest, (fs::path(folder) / rest).string(), found);
      }
    } else if (is_test(path) == (wanted == Wanted::tests)) {
      add_file(path, own_name(path, taken), folder, found);
    }
    if (found.files.size() > kMostFiles) {
      found.files.clear();
      found.issues.push_back(issue_in(folder, "there are more than 1000 rule files"));
      break;
    }
  }
  return found;
}

LoadedFolders load_folders(const fs::path& base, const std::vector<std::string>& folders,
                           const std::vector<SourceFile>& packs, const LoadOptions& options) {
  FolderFiles read = read_folders(base, folders, Wanted::rules, packs);
  LoadedFolders loaded;
  std::vector<SourceFile> files;
  for (FolderFile& file : read.files) {
    loaded.names.emplace(file.source.path, file.shown);
    loaded.texts.push_back({std::move(file.shown), file.source.bytes});
    files.push_back(std::move(file.source));
  }
  loaded.issues = std::move(read.issues);
  if (files.empty() && loaded.issues.empty()) {
    loaded.issues.push_back(
        issue_in(folders.empty() ? "." : folders.front(), "there is no rule file, *.toml, here"));
  }
  // What is missing would be complained of again wherever it is used.
  if (!loaded.issues.empty()) return loaded;
  Loaded compiled = load(std::move(files), options);
  loaded.rules = std::move(compiled.rules);
  loaded.issues = std::move(compiled.issues);
  loaded.advice = std::move(compiled.advice);
  for (auto* issues : {&loaded.issues, &loaded.advice}) {
    for (Issue& issue : *issues) {
      if (const auto name = loaded.names.find(issue.file); name != loaded.names.end()) {
        issue.file = name->second;
      }
    }
    sort(*issues);
  }
  return loaded;
}

}  // namespace lockgate::rules
