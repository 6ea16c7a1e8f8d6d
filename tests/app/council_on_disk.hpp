// A small, sound configuration folder that a test then spoils.

#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "plugin/app/config.hpp"
#include "tests/support/temp_folder.hpp"

namespace lockgate::test {

inline const std::string kSecret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

class CouncilOnDisk {
 public:
  CouncilOnDisk() {
    write("lockgate.toml",
          "council = \"Test Council\"\n"
          "public_url = \"https://lockgate.example.gov.uk\"\n");
    write("boards/main.toml",
          "name = \"Main board\"\n"
          "quorum = 1\n"
          "[[seat]]\n"
          "id = \"chair\"\n"
          "name = \"Chair\"\n"
          "member = \"ann.brook\"\n"
          "roles = [\"Board chair\"]\n"
          "[[seat]]\n"
          "id = \"money\"\n"
          "name = \"Money\"\n"
          "member = \"mo.ellis\"\n");
    write("sources/casework.toml",
          "secret = \"file:secrets/casework\"\n"
          "[map]\n"
          "case = \"/data/case\"\n"
          "[callback]\n"
          "url = \"https://cases.example.gov.uk/decisions\"\n"
          "secret = \"file:secrets/callback\"\n");
    write_secret("secrets/casework", kSecret + "\n");
    write_secret("secrets/callback", kSecret + "\n");
  }

  const std::filesystem::path& path() const { return folder_.path(); }

  void write(const std::string& name, const std::string& text) {
    const std::filesystem::path file = path() / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  void write_secret(const std::string& name, const std::string& text) {
    write(name, text);
    using std::filesystem::perms;
    std::filesystem::permissions(path() / name, perms::owner_read | perms::owner_write);
  }
  std::string text(const std::string& name) const {
    std::ifstream in(path() / name, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  // Replaces the only place where `before` stands.
  void change(const std::string& name, const std::string& before, const std::string& after) {
    std::string whole = text(name);
    const std::size_t at = whole.find(before);
    if (at == std::string::npos || whole.find(before, at + 1) != std::string::npos) {
      throw std::logic_error("not once in " + name + ": " + before);
    }
    write(name, whole.replace(at, before.size(), after));
  }
  // Before all tables.
  void put_first(const std::string& name, const std::string& line) {
    write(name, line + "\n" + text(name));
  }

  app::ConfigResult read() const { return app::read_config(path()); }

 private:
  TempFolder folder_;
};

// "file:line: message; help" of each, for a test to look into.
inline std::string told(const std::vector<rules::Issue>& issues) {
  std::string text;
  for (const rules::Issue& issue : issues) {
    text += issue.file + ':' + std::to_string(issue.line) + ": " + issue.message + "; " +
            issue.help + '\n';
  }
  return text;
}

}  // namespace lockgate::test
