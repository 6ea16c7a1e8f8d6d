// A database of its own for one test, gone with it.  PostgreSQL is used where
// LOCKGATE_TEST_POSTGRES holds a server's address; each test has a schema there.

#pragma once

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "plugin/store/connect.hpp"
#include "tests/support/temp_folder.hpp"

namespace lockgate::test {

class TestDatabase {
 public:
  enum class Kind { sqlite, postgresql };

  // Those that can be tested here.
  static std::vector<Kind> kinds() {
    if (std::getenv("LOCKGATE_TEST_POSTGRES") == nullptr) return {Kind::sqlite};
    return {Kind::sqlite, Kind::postgresql};
  }
  static std::string name(Kind kind) { return kind == Kind::sqlite ? "sqlite" : "postgresql"; }

  explicit TestDatabase(Kind kind, const TempFolder& folder) {
    if (kind == Kind::sqlite) {
      file_ = (folder.path() / "lockgate.db").string();
      url_ = "sqlite:" + file_;
      return;
    }
    schema_ = folder.path().filename().string();
    std::replace(schema_.begin(), schema_.end(), '-', '_');
    run("CREATE SCHEMA " + schema_);
    url_ = server() + (server().find('?') == std::string::npos ? "?" : "&") +
           "options=-csearch_path%3D" + schema_;
  }
  ~TestDatabase() {
    if (!schema_.empty()) run("DROP SCHEMA " + schema_ + " CASCADE");
  }
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  const std::string& url() const { return url_; }
  const std::string& file() const { return file_; }  // SQLite's

 private:
  static std::string server() { return std::getenv("LOCKGATE_TEST_POSTGRES"); }
  static void run(const std::string& sql) {
    const auto address = store::address_from(server());
    ASSERT_TRUE(address) << address.error().message;
    const auto connection = store::connect(*address);
    ASSERT_TRUE(connection) << connection.error().message;
    (*connection)->run(sql);
  }

  std::string url_;
  std::string file_;
  std::string schema_;
};

}  // namespace lockgate::test
