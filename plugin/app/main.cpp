// argv -> command.

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <iostream>

#include <sodium.h>
#include <CLI/CLI.hpp>

#include "plugin/app/commands.hpp"
#include "plugin/app/exit_code.hpp"

namespace {

using namespace lockgate::app;

constexpr const char* kExitCodes =
    "Exit codes: 0 fine, 1 could not do it, 2 typed wrong, 3 rules or configuration not valid,\n"
    "4 tests failed, 8 the record is broken; with eval --exit-code: 5 block, 6 refer,\n"
    "9 ask_for_info.";

void add_place(CLI::App* command, Place& place) {
  command->add_option("-c,--config", place.config, "Folder that holds lockgate.toml")
      ->capture_default_str();
  command->add_option("--database", place.database,
                      "Database instead of the configured one (sqlite:FILE or postgresql://...)");
}

// --format, one of `words`.  LOCKGATE_FORMAT is the default of every command that
// has that format.
void add_format(CLI::App* command, std::string& format, const std::vector<std::string>& words) {
  const char* usual = std::getenv("LOCKGATE_FORMAT");
  if (usual && std::find(words.begin(), words.end(), usual) != words.end()) format = usual;
  std::string list = words.front();
  for (std::size_t i = 1; i < words.size(); ++i) {
    list += (i + 1 < words.size() ? ", " : " or ") + words[i];
  }
  command->add_option("--format", format, list + "; default: LOCKGATE_FORMAT, or " + words.front())
      ->check(CLI::IsMember(words));
}

int run(int argc, char** argv) {
  CLI::App app{
      "Lockgate: checks public-service prototypes, takes the hard ones to a board, "
      "and keeps the record.",
      "lockgate"};
  app.footer(kExitCodes);
  app.require_subcommand(1);
  app.set_version_flag("--version", "lockgate " LOCKGATE_VERSION);
  int code = kFine;

  ServeOptions serve_options;
  CLI::App* serve_command = app.add_subcommand("serve", "Run the server until SIGTERM");
  add_place(serve_command, serve_options.place);
  serve_command->add_option("--listen", serve_options.listen,
                            "HOST:PORT instead of the configured one; port 0 takes any");
  serve_command->callback([&] { code = serve(serve_options); });

  CheckOptions check_options;
  CLI::App* check_command =
      app.add_subcommand("check", "Check rule files or a whole configuration folder");
  check_command->add_option("path", check_options.paths, "Files or folders")->required();
  add_format(check_command, check_options.format, {"human", "plain", "json", "sarif"});
  check_command->add_flag("--deny-warnings", check_options.deny_warnings,
                          "Exit 3 for a warning too");
  check_command->callback([&] { code = check(check_options); });

  ExplainOptions explain_options;
  CLI::App* explain_command =
      app.add_subcommand("explain", "Explain a code such as LG105, or a rule by its id");
  explain_command->add_option("what", explain_options.what, "LG105, or fp-03")->required();
  explain_command->add_option(
      "--rules", explain_options.rules,
      "Folder with rules, for a rule's id; may be repeated; default: packs");
  explain_command->callback([&] { code = explain(explain_options); });

  FmtOptions fmt_options;
  CLI::App* fmt_command = app.add_subcommand(
      "fmt", "Lay out TOML files in one way; comments and what the files say stay");
  fmt_command->add_option("path", fmt_options.paths,
                          "Files or folders; - is stdin, to stdout; default: .");
  fmt_command->add_flag("--check", fmt_options.check,
                        "Write nothing; name the files that would change, and exit 3 for any");
  fmt_command->add_flag("--diff", fmt_options.diff, "As --check, and show what would change");
  fmt_command->callback([&] { code = fmt(fmt_options); });

  SchemaOptions schema_options;
  CLI::App* schema_command = app.add_subcommand(
      "schema", "Print a JSON Schema of rule files, or of their tests, for editors");
  schema_command->add_option("kind", schema_options.kind, "rules or tests; default: rules")
      ->check(CLI::IsMember({"rules", "tests"}));
  schema_command->add_option("--rules", schema_options.rules,
                             "Folder whose roles, facts, settings and rules are to be the only "
                             "ones known; may be repeated");
  schema_command->callback([&] { code = schema(schema_options); });

  TestOptions test_options;
  CLI::App* test_command = app.add_subcommand("test", "Run *.test.toml against the rules");
  test_command->add_option("path", test_options.paths, "Folders with rules and tests")->required();
  test_command->add_option("--run", test_options.run,
                           "Only tests whose name has a part that fits this pattern (RE2)");
  test_command
      ->add_option("--threshold", test_options.threshold,
                   "Exit 4 if fewer percent of the rules are covered both ways; with --mutate, "
                   "if fewer percent of the mutants are caught")
      ->check(CLI::Range(0, 100));
  test_command->add_flag("--require-tests", test_options.require_tests, "Exit 4 if no test is run");
  test_command->add_flag("--mutate", test_options.mutate,
                         "Change the rules in one place at a time, and name each change that no "
                         "test notices");
  test_command->add_flag("--watch", test_options.watch,
                         "Run again whenever a file changes, until Ctrl-C");
  add_format(test_command, test_options.format, {"human", "plain", "json", "junit"});
  test_command->add_option("-o,--output", test_options.output,
                           "File for the report; what stands on the screen is then for people");
  test_command->callback([&] { code = test(test_options); });

  EvalOptions eval_options;
  CLI::App* eval_command = app.add_subcommand("eval", "Judge one set of facts");
  eval_command->add_option("--rules", eval_options.rules, "Folder with rules; may be repeated")
      ->required();
  eval_command->add_option("--gate", eval_options.gate, "submit, decide, run or close")
      ->check(CLI::IsMember({"submit", "decide", "run", "close"}));
  eval_command->add_option("-i,--input", eval_options.input,
                           "JSON file with the facts; - is stdin");
  add_format(eval_command, eval_options.format, {"human", "plain", "json"});
  eval_command->add_option("--at", eval_options.at,
                           "The moment that `now` is: 2026-03-09T12:00:00Z; default: now");
  eval_command->add_flag("--strict", eval_options.strict,
                         "Ask for facts marked always_ask even if they have a default");
  eval_command->add_flag("--why", eval_options.why,
                         "Show for each finding the parts of its condition that decided");
  eval_command->add_flag("--trace", eval_options.trace,
                         "As --why, and for each rule that did not apply why it did not");
  eval_command->add_flag("--change", eval_options.change,
                         "Show the fewest changes, up to three facts, that would let it pass");
  eval_command
      ->add_option("--to", eval_options.to,
                   "As --change, for this verdict or a milder one: approve, "
                   "approve_with_conditions, refer or ask_for_info")
      ->check(CLI::IsMember({"approve", "approve_with_conditions", "refer", "ask_for_info"}));
  eval_command->add_flag("--exit-code", eval_options.exit_code, "Exit 5, 6 or 9 by the verdict");
  eval_command->callback([&] { code = eval(eval_options); });

  CLI::App* audit_command = app.add_subcommand("audit", "The record");
  audit_command->require_subcommand(1);
  AuditOptions audit_options;
  CLI::App* verify_command = audit_command->add_subcommand(
      "verify", "Derive the whole record again and name the first entry that does not fit");
  add_place(verify_command, audit_options.place);
  verify_command->add_option("--checkpoint", audit_options.checkpoint,
                             "File with an earlier checkpoint, kept elsewhere, to hold it to");
  verify_command->callback([&] { code = audit_verify(audit_options); });

  CLI::App* member_command = app.add_subcommand("member", "Accounts of board members");
  member_command->require_subcommand(1);
  MemberOptions member_options;
  CLI::App* add_command = member_command->add_subcommand(
      "add", "Add a member and print the one-time link to set a password");
  add_place(add_command, member_options.place);
  add_command->add_option("login", member_options.login, "Name to sign in with: ann.brook")
      ->required();
  add_command->add_option("--name", member_options.name, "Name that people see")->required();
  add_command->add_option("--alias", member_options.aliases,
                          "Another name that case systems know this person by, such as an e-mail "
                          "address; may be repeated");
  add_command->add_flag("--admin", member_options.admin, "May administer Lockgate");
  add_command->callback([&] { code = member_add(member_options); });

  TriggerOptions trigger_options;
  CLI::App* trigger_command = app.add_subcommand("trigger", "Send a signed sample delivery");
  add_place(trigger_command, trigger_options.place);
  trigger_command->add_option("file", trigger_options.file, "JSON file that is sent as it is")
      ->required();
  trigger_command->add_option("--source", trigger_options.source, "A source of the configuration")
      ->required();
  trigger_command->add_option("--to", trigger_options.to, "Server instead of public_url");
  trigger_command->add_option("--id", trigger_options.id, "webhook-id; a new one if not given");
  trigger_command->callback([&] { code = trigger(trigger_options); });

  app.add_subcommand("version", "Print the version")->callback([] {
    std::cout << "lockgate " LOCKGATE_VERSION "\n";
  });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kFine : kUsage;
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (sodium_init() < 0) {
      std::cerr << "lockgate: the cryptographic library does not start\n";
      return kCouldNot;
    }
    return run(argc, argv);
  } catch (const std::exception& bug) {
    std::cerr << "lockgate: this is a bug in Lockgate: " << bug.what() << '\n';
    return kCouldNot;
  }
}
