// argv -> command.

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
  check_command->add_option("--format", check_options.format, "human, plain or json")
      ->check(CLI::IsMember({"human", "plain", "json"}))
      ->envname("LOCKGATE_FORMAT");
  check_command->callback([&] { code = check(check_options); });

  TestOptions test_options;
  CLI::App* test_command = app.add_subcommand("test", "Run *.test.toml against the rules");
  test_command->add_option("path", test_options.paths, "Folders with rules and tests")->required();
  test_command->callback([&] { code = test(test_options); });

  EvalOptions eval_options;
  CLI::App* eval_command = app.add_subcommand("eval", "Judge one set of facts");
  eval_command->add_option("--rules", eval_options.rules, "Folder with rules; may be repeated")
      ->required();
  eval_command->add_option("--gate", eval_options.gate, "submit, decide, run or close")
      ->check(CLI::IsMember({"submit", "decide", "run", "close"}));
  eval_command->add_option("-i,--input", eval_options.input,
                           "JSON file with the facts; - is stdin");
  eval_command->add_option("--format", eval_options.format, "human, plain or json")
      ->check(CLI::IsMember({"human", "plain", "json"}))
      ->envname("LOCKGATE_FORMAT");
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
