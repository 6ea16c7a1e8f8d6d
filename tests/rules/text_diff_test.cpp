#include "rules/text_diff.hpp"

#include <gtest/gtest.h>

#include <random>

namespace lockgate::rules {
namespace {

// "1\n2\n...": `last` lines.
std::string numbers(int last) {
  std::string text;
  for (int i = 1; i <= last; ++i) text += std::to_string(i) + '\n';
  return text;
}

TEST(UnifiedDiff, OfTheSameIsEmpty) {
  EXPECT_EQ(unified_diff("a", "", ""), "");
  EXPECT_EQ(unified_diff("a", "b\n", "b\n"), "");
}

TEST(UnifiedDiff, ShowsChangesWithThreeLinesAround) {
  std::string after = numbers(20);
  after.replace(after.find("6\n"), 2, "six\n");
  after.replace(after.find("18\n"), 3, "");
  EXPECT_EQ(unified_diff("a.toml", numbers(20), after),
            "--- a.toml\n+++ a.toml\n"
            "@@ -3,7 +3,7 @@\n 3\n 4\n 5\n-6\n+six\n 7\n 8\n 9\n"
            "@@ -15,6 +15,5 @@\n 15\n 16\n 17\n-18\n 19\n 20\n");
}

TEST(UnifiedDiff, JoinsChangesThatAreNear) {
  EXPECT_EQ(unified_diff("a", "x\n1\n2\n3\n4\n5\n6\ny\n", "1\n2\n3\n4\n5\n6\n"),
            "--- a\n+++ a\n@@ -1,8 +1,6 @@\n-x\n 1\n 2\n 3\n 4\n 5\n 6\n-y\n");
}

TEST(UnifiedDiff, OfEmptyTextsAndMissingEnds) {
  EXPECT_EQ(unified_diff("a", "", "b\n"), "--- a\n+++ a\n@@ -0,0 +1,1 @@\n+b\n");
  EXPECT_EQ(unified_diff("a", "b\n", ""), "--- a\n+++ a\n@@ -1,1 +0,0 @@\n-b\n");
  EXPECT_EQ(unified_diff("a", "b", "b\n"),
            "--- a\n+++ a\n@@ -1,1 +1,1 @@\n-b\n\\ No newline at end of file\n+b\n");
}

// What patch(1) would make of it, or "?" if it does not fit.
std::string patched(const std::string& before, std::string_view diff) {
  std::string after;
  std::size_t at = 0;
  const auto line = [](std::string_view text, std::size_t from) {
    return text.substr(from, text.find('\n', from) + 1 - from);
  };
  diff.remove_prefix(line(diff, 0).size());
  diff.remove_prefix(line(diff, 0).size());
  while (!diff.empty()) {
    const std::string_view next = line(diff, 0);
    diff.remove_prefix(next.size());
    const std::string_view rest = next.substr(1);
    if (next.front() == '@') {
      auto begin = static_cast<std::size_t>(std::stoi(std::string(next.substr(4))));
      if (next.find(",0 +") != next.npos) ++begin;
      for (std::size_t number = 1, i = 0; i < before.size(); ++number) {
        if (number == begin || i + line(before, i).size() == before.size()) {
          if (number < begin) i += line(before, i).size();
          if (i < at) return "?";
          after += before.substr(at, i - at);
          at = i;
          break;
        }
        i += line(before, i).size();
      }
    } else if (next.front() == '+') {
      after += rest;
    } else {
      if (before.substr(at, rest.size()) != rest) return "?";
      if (next.front() == ' ') after += rest;
      at += rest.size();
    }
  }
  return after + before.substr(at);
}

TEST(UnifiedDiff, LeadsFromOneTextToTheOther) {
  std::mt19937 random(7);
  const auto text = [&](std::size_t lines) {
    std::string made;
    for (; lines > 0; --lines) made += static_cast<char>('a' + random() % 4), made += '\n';
    return made;
  };
  for (int i = 0; i < 500; ++i) {
    const std::string before = text(random() % 40);
    const std::string after = text(random() % 40);
    if (before == after) continue;
    ASSERT_EQ(patched(before, unified_diff("a", before, after)), after) << before;
  }
}

TEST(UnifiedDiff, OfTextsThatHaveNothingInCommonIsBounded) {
  std::string before;
  std::string after;
  for (int i = 0; i < 20000; ++i) {
    before += "a" + std::to_string(i) + '\n';
    after += "b" + std::to_string(i) + '\n';
  }
  const std::string diff = unified_diff("a", before, after);
  EXPECT_LT(diff.size(), before.size() + after.size() + 40100);
  EXPECT_EQ(patched(before, diff), after);
}

}  // namespace
}  // namespace lockgate::rules
