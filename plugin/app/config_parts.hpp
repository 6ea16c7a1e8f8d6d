// The parts of read_config: one kind of file each.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "plugin/app/config.hpp"
#include "rules/toml_reader.hpp"
#include "rules/toml_text.hpp"

namespace lockgate::app {

// A file of the configuration, parsed, with its secrets blotted out.
struct ConfigFile {
  const rules::TomlText& text;
  std::string stem;  // the file's name without .toml: the id of what it describes
};

// Each adds what the file says to `config`, and what is wrong to `issues`.
void read_main(const ConfigFile& file, Config& config, std::vector<rules::Issue>& issues);
void read_board(const ConfigFile& file, Config& config, std::vector<rules::Issue>& issues);
void read_source(const ConfigFile& file, Config& config, std::vector<rules::Issue>& issues);

// What `env:NAME` or `file:PATH` (below `folder`) under `key` leads to.  Empty if
// the key is not there, and, with an issue that quotes nothing, if the place is
// empty, or is a file that everybody may read.
std::string read_secret(rules::TomlReader& reader, std::string_view key,
                        const std::filesystem::path& folder);

// The text with everything blotted out that could be a secret and should not
// stand there, so that it can be shown beside an issue.  Lines and columns stay.
std::string blotted(std::string text);

}  // namespace lockgate::app
