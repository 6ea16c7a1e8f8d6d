#include <algorithm>
#include <iostream>

#include "plugin/app/commands.hpp"
#include "plugin/app/council_folder.hpp"
#include "plugin/app/counted.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/open.hpp"
#include "plugin/app/read_file.hpp"
#include "plugin/app/write_file.hpp"
#include "rules/format.hpp"
#include "rules/rule_folders.hpp"
#include "rules/text_diff.hpp"

namespace lockgate::app {
namespace {

namespace fs = std::filesystem;

// Files by the names people know.
struct Files {
  std::vector<rules::SourceFile> files;
  std::vector<rules::Issue> issues;
};

bool is_input(const FmtOptions& options) {
  return options.paths.size() == 1 && options.paths.front() == "-";
}

Files read_input_alone() {
  const std::string name = "standard input";
  auto bytes = read_input("-");
  if (bytes) return {{{name, *std::move(bytes)}}, {}};
  rules::Issue issue{.code = "LG401", .file = name};
  issue.message = name + ' ' + bytes.error().message;
  return {{}, {std::move(issue)}};
}

// Rules and tests, each file once, by path.
Files read_all(std::vector<std::string> paths) {
  if (paths.empty()) paths = {"."};
  Files all;
  for (const rules::Wanted wanted : {rules::Wanted::rules, rules::Wanted::tests}) {
    rules::FolderFiles found = rules::read_folders({}, paths, wanted, {});
    all.issues.insert(all.issues.end(), found.issues.begin(), found.issues.end());
    for (rules::FolderFile& file : found.files) {
      all.files.push_back(
          {fs::path(file.shown).lexically_normal().string(), std::move(file.source.bytes)});
    }
  }
  const auto name = [](const rules::SourceFile& file) -> const std::string& { return file.path; };
  std::ranges::sort(all.files, {}, name);
  const auto twice = std::ranges::unique(all.files, {}, name);
  all.files.erase(twice.begin(), twice.end());
  return all;
}

struct Change {
  const rules::SourceFile* before;
  std::string after;
};

int refuse(std::vector<rules::Issue> issues, const std::vector<rules::SourceFile>& files,
           int code) {
  rules::sort(issues);
  std::cerr << shown(issues, files);
  return code;
}

// Where nothing is to be written.
int show(const FmtOptions& options, const std::vector<Change>& changes, std::size_t files) {
  for (const Change& change : changes) {
    const rules::SourceFile& file = *change.before;
    std::cout << (options.diff ? rules::unified_diff(file.path, file.bytes, change.after)
                               : file.path + '\n');
  }
  if (changes.empty()) return kFine;
  std::cerr << changes.size() << " of " << counted(static_cast<long>(files), "file")
            << " would change; `lockgate fmt` changes them\n";
  return kRulesInvalid;
}

int write(const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    const std::string& path = change.before->path;
    if (auto replaced = replace_file(path, change.after); !replaced) {
      return tell({replaced.error().code, '`' + path + "` " + replaced.error().message});
    }
    std::cout << path << '\n';
  }
  return kFine;
}

}  // namespace

int fmt(const FmtOptions& options) {
  const bool input = is_input(options);
  const Files read = input ? read_input_alone() : read_all(options.paths);
  if (!read.issues.empty()) return refuse(read.issues, {}, kCouldNot);
  if (read.files.empty()) return tell({Errc::not_found, "there is no *.toml to format"});
  std::vector<rules::Issue> issues;
  std::vector<Change> changes;
  for (const rules::SourceFile& file : read.files) {
    auto after = rules::formatted(file.path, file.bytes, issues);
    if (after && (input || *after != file.bytes)) changes.push_back({&file, *std::move(after)});
  }
  if (!issues.empty()) return refuse(std::move(issues), read.files, kRulesInvalid);
  if (input && !options.check && !options.diff) {
    std::cout << changes.front().after;
    return kFine;
  }
  std::erase_if(changes, [](const Change& change) { return change.after == change.before->bytes; });
  return options.check || options.diff ? show(options, changes, read.files.size()) : write(changes);
}

}  // namespace lockgate::app
