// Exit codes of the program; the same words as in `lockgate --help`.

#pragma once

namespace lockgate::app {

enum ExitCode : int {
  kFine = 0,
  kCouldNot = 1,      // file missing, server unreachable, bug; `serve`: do not restart
  kUsage = 2,         // typed wrong
  kRulesInvalid = 3,  // rules or configuration are not valid; fmt --check: would change
  kTestsFailed = 4,
  kBlock = 5,         // eval --exit-code
  kRefer = 6,         // eval --exit-code
  kRecordBroken = 8,  // audit verify
  kAskForInfo = 9,    // eval --exit-code
};

}  // namespace lockgate::app
