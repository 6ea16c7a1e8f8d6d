// What each command of `lockgate` does.  Answers go to stdout, talk to stderr;
// each gives its exit code (exit_code.hpp).

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lockgate::app {

struct Place {                // where the configuration is, and overrides
  std::string config = ".";   // folder with lockgate.toml
  std::string database = {};  // instead of the configured one
};

struct ServeOptions {
  Place place;
  std::string listen = {};  // "host:port"; port 0 takes any
};
int serve(const ServeOptions& options);

struct CheckOptions {
  std::vector<std::string> paths;  // files or folders
  std::string format = "human";    // human, plain, json or sarif
  bool deny_warnings = false;
};
int check(const CheckOptions& options);

struct ExplainOptions {
  std::string what;                // a code, or the id of a rule
  std::vector<std::string> rules;  // folders, for the id of a rule
};
int explain(const ExplainOptions& options);

struct FmtOptions {
  std::vector<std::string> paths;  // files or folders; "-" alone is stdin; none is "."
  bool check = false;              // name what would change, and write nothing
  bool diff = false;               // show it
};
int fmt(const FmtOptions& options);

struct SchemaOptions {
  std::string kind = "rules";      // rules or tests
  std::vector<std::string> rules;  // folders whose names are the only ones known
};
int schema(const SchemaOptions& options);

struct TestOptions {
  std::vector<std::string> paths;
  std::string format = "human";    // human, plain, json or junit
  std::string output = {};         // a file for the report; empty: stdout
  std::string run = {};            // a pattern of RE2; empty: every test
  std::optional<int> threshold{};  // least coverage, or score of `mutate`, in percent
  bool require_tests = false;      // that none is run is a failure
  bool mutate = false;
  bool watch = false;
};
int test(const TestOptions& options);

struct EvalOptions {
  std::vector<std::string> rules;  // folders
  std::string gate = "submit";
  std::string input = "-";       // a JSON file; "-" is stdin
  std::string format = "human";  // human, plain or json
  std::string at = {};           // RFC 3339; now if empty
  bool strict = false;           // facts that are always asked for have no defaults
  bool why = false;              // the parts of the conditions that decided
  bool trace = false;            // and why the other rules do not apply
  bool change = false;           // what would make the verdict milder
  std::string to = {};           // a verdict; with it, what would make it that or milder
  bool exit_code = false;
};
int eval(const EvalOptions& options);

struct AuditOptions {
  Place place;
  std::string checkpoint = {};  // a file with an earlier checkpoint
};
int audit_verify(const AuditOptions& options);

struct MemberOptions {
  Place place;
  std::string login;
  std::string name;
  std::vector<std::string> aliases;
  bool admin = false;
};
int member_add(const MemberOptions& options);

struct TriggerOptions {
  Place place;
  std::string file;  // the body to send, as it is
  std::string source;
  std::string to = {};  // server; the configured public_url if empty
  std::string id = {};  // webhook-id; a new one if empty
};
int trigger(const TriggerOptions& options);

}  // namespace lockgate::app
