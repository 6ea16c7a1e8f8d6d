// What commands beside `serve` begin with: the configuration and its database.

#pragma once

#include <memory>

#include <tl/expected.hpp>

#include "plugin/app/commands.hpp"
#include "plugin/app/config.hpp"
#include "plugin/store/database.hpp"

namespace lockgate::app {

struct Opened {
  Config config;
  std::unique_ptr<store::Database> database;
};

// Reads the configuration, and opens its database.  What is wrong goes to
// stderr; the error is the exit code.
tl::expected<Config, int> open_config(const Place& place);
tl::expected<Opened, int> open_place(const Place& place);

// The database's address: that of the command line as it is, else the
// configured one, whose relative file is below the configuration's folder.
std::string database_url(const Config& config, const std::string& instead);

// The error, with its problems, on stderr; gives kCouldNot.
int tell(const Error& error);

}  // namespace lockgate::app
