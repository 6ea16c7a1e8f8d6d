// A command run as a function.

#pragma once

#include <gtest/gtest.h>

#include <string>

namespace lockgate::test {

// What a command said, and its exit code.
struct Said {
  int code = 0;
  std::string out;
  std::string err;
};

template <class Command>
Said run(Command command) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Said said;
  said.code = command();
  said.out = testing::internal::GetCapturedStdout();
  said.err = testing::internal::GetCapturedStderr();
  return said;
}

}  // namespace lockgate::test
