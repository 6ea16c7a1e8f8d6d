#include "rules/keys.hpp"

namespace lockgate::rules {
namespace {

constexpr std::string_view kText = R"({"type":"string"})";
constexpr std::string_view kSomeText = R"({"type":"string","minLength":1})";
constexpr std::string_view kTexts = R"({"type":"array","items":{"type":"string"}})";
constexpr std::string_view kSomeTexts =
    R"({"type":"array","minItems":1,"items":{"type":"string","minLength":1}})";
constexpr std::string_view kYesNo = R"({"type":"boolean"})";
constexpr std::string_view kNumber = R"({"type":"number"})";
constexpr std::string_view kAnything = "{}";
constexpr std::string_view kQuestion = R"({"type":"string","pattern":"\\?$"})";
constexpr std::string_view kDate = R"({"type":"string","format":"date"})";
constexpr std::string_view kCalcName =
    R"({"type":"string","pattern":"^calc(\\.[a-z][a-z0-9_-]*)+$"})";
constexpr std::string_view kRuleNames =
    R"({"type":"array","items":{"type":"string","pattern":"^[a-z]+-[0-9]{2,}$"}})";
constexpr std::string_view kFactNames = R"({"type":"array","items":{"$ref":"#/$defs/fact_name"}})";

constexpr Key kRuleFile[] = {
    {"title", "What the file is about.", kText},
    {"roles", "Whom rules may be addressed to: the names that `to` may hold.", kTexts},
    {"fact", "Something that can be known about a prototype.", R"({"$ref":"#/$defs/facts"})"},
    {"setting", "A value that each council sets for itself.", R"({"$ref":"#/$defs/setting_list"})"},
    {"settings", "Other values for settings of earlier folders: `\"cfg.quorum_min\" = 5`.",
     R"({"$ref":"#/$defs/overrides"})"},
    {"expression", "A name for what several rules need.", R"({"$ref":"#/$defs/expressions"})"},
    {"table", "A result that depends on several facts at once, row by row.",
     R"({"$ref":"#/$defs/tables"})"},
    {"rule", "A condition, and what is to happen where it is true.", R"({"$ref":"#/$defs/rules"})"},
    {"switch_off", "A rule of an earlier folder that does not hold here.",
     R"({"$ref":"#/$defs/switch_offs"})"},
};

constexpr Key kFact[] = {
    {"name", "As it stands in rules: lower case with dots, `people.participants`.",
     R"({"type":"string","pattern":"^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_-]*)*$"})"},
    {"type", "What it holds.  `money` is in pounds, exact to the penny.", {}, fact_type_words},
    {"values", "The words that an `enum` may be.", kSomeTexts},
    {"of", "What the elements of a `list` or the values of a `map` are.",
     R"({"$ref":"#/$defs/type"})"},
    {"max_items", "Most elements of a `list` or `map`; 1000 if left out.",
     R"({"type":"integer","minimum":1,"maximum":100000})"},
    {"fields", "The fields of a `record`: `{ name = \"string\", days = \"int\" }`.",
     R"({"$ref":"#/$defs/fields"})"},
    {"unit", "What the number counts: `days`, `people`.", kText},
    {"meaning", "What it is, in a few words for people.", kSomeText},
    {"question", "Asks whoever knows; ends with a question mark.", kQuestion},
    {"default", "What holds where nobody said.  Without one, rules that hang on it ask.",
     kAnything},
    {"min", "What is less is refused.", kNumber},
    {"max", "What is more is refused.", kNumber},
    {"sensitive", "It could identify or hurt somebody: kept apart, so that it can be erased.",
     kYesNo},
    {"from", "Who fills it in where it is known: `lockgate`.",
     R"({"type":"string","enum":["lockgate"]})"},
    {"always_ask", "Where a source is strict, its default does not count.", kYesNo},
    {"changeable", "Whoever proposes can do something about it, so another value may be suggested.",
     kYesNo},
};

constexpr Key kType[] = {
    {"type", "What it holds.", {}, fact_type_words},
    {"values", "The words that an `enum` may be.", kSomeTexts},
    {"of", "What the elements of a `list` or the values of a `map` are.",
     R"({"$ref":"#/$defs/type"})"},
    {"max_items", "Most elements of a `list` or `map`; 1000 if left out.",
     R"({"type":"integer","minimum":1,"maximum":100000})"},
    {"fields", "The fields of a `record`.", R"({"$ref":"#/$defs/fields"})"},
    {"unit", "What the number counts.", kText},
    {"min", "What is less is refused.", kNumber},
    {"max", "What is more is refused.", kNumber},
    {"optional", "The field may be left out.", kYesNo},
};

constexpr Key kSetting[] = {
    {"name", "As it stands in rules: `cfg.quorum_min`.",
     R"({"type":"string","pattern":"^cfg(\\.[a-z][a-z0-9_-]*)+$"})"},
    {"type", "What it holds.", {}, setting_type_words},
    {"value", "What holds unless a later folder's `[settings]` says otherwise.",
     R"({"type":["boolean","number","string"]})"},
    {"unit", "What the number counts: `GBP`, `days`.", kText},
    {"meaning", "What it is, in a few words for people.", kSomeText},
};

constexpr Key kExpression[] = {
    {"name", "As it stands in rules: `calc.score`.", kCalcName},
    {"meaning", "What it is, in a few words for people.", kSomeText},
    {"is", "CEL over facts, settings and other named expressions.", kSomeText},
};

constexpr Key kTable[] = {
    {"name", "As it stands in rules: `calc.readers`.", kCalcName},
    {"meaning", "What it is, in a few words for people.", kSomeText},
    {"hit", "What holds where several rows match.", {}, hit_policy_words},
    {"collect",
     "What `hit = \"collect\"` makes of the results; `list` if left out.",
     {},
     collect_words},
    {"inputs", "1 to 16 facts, settings, named expressions, tables, or CEL.",
     R"({"type":"array","minItems":1,"maxItems":16,"items":{"type":"string","minLength":1}})"},
    {"results", "All results there may be; for `priority` the strongest first.",
     R"({"type":"array"})"},
    {"default", "The result where no row matches; without it every input must have a row.",
     kAnything},
    {"rows", "Each `{ if = [a cell for each input], then = result }`.",
     R"({"$ref":"#/$defs/rows"})"},
};

constexpr Key kRow[] = {
    {"if", "A cell for each input: a value, a list, a range `5..10`, `>= 5`, or `-` for anything.",
     R"({"type":"array","items":{"$ref":"#/$defs/cell"}})"},
    {"then", "The result.", kAnything},
    {"why", "Why, in a few words for people.", kText},
};

constexpr Key kCell[] = {
    {"cel", "A condition in CEL; true where the row matches, whatever the input is.", kSomeText},
};

constexpr Key kRule[] = {
    {"id", "Letters, a hyphen and at least two digits: `fp-03`.",
     R"({"type":"string","pattern":"^[a-z]+-[0-9]{2,}$"})"},
    {"question", "What the rule asks, for people; ends with a question mark.", kQuestion},
    {"when", "The condition in CEL.", kSomeText},
    {"at", "At which gates it counts, and what is to happen there.", R"({"$ref":"#/$defs/at"})"},
    {"to", "Whose matter it is: one of the `roles`.", R"({"$ref":"#/$defs/role"})"},
    {"say", "What people are told; `{fact}` stands for the fact's value.", kSomeText},
    {"fix", "What to do about it, in plain words.", kText},
    {"takes", "How long that takes: `about an hour`.", kText},
    {"before", "What a condition holds up: `start` if left out.", {}, before_words},
    {"basis", "What the rule rests on.", {}, basis_words},
    {"source", "Where it comes from: acts and sections, guidance, the council's own rules.",
     kSomeTexts},
    {"checked_on", "The day on which somebody last held it against its sources.", kDate},
    {"review_by", "The day by which somebody must look again.", kDate},
};

constexpr Key kSwitchOff[] = {
    {"rule", "Its id.", R"({"type":"string","pattern":"^[a-z]+-[0-9]{2,}$"})"},
    {"reason", "Why the council does without it.", kSomeText},
};

constexpr Key kTestFile[] = {
    {"rules", "The rules that the tests of this file are about: `dp-01`, or `dp-*` for all.",
     R"({"type":"array","items":{"type":"string","minLength":1}})"},
    {"facts", "Facts of every test that does not give them itself.", R"({"$ref":"#/$defs/given"})"},
    {"test", "One set of facts, and what must come of it.", R"({"$ref":"#/$defs/tests"})"},
};

constexpr Key kTest[] = {
    {"name", "What must happen, in words.", kSomeText},
    {"gate", "The gate at which the rules are asked.", {}, gate_words},
    {"at", "The moment that `now` is; else noon UTC of 2026-11-23.",
     R"({"type":"string","format":"date-time"})"},
    {"facts", "The facts given; before those of the file's `[facts]`.",
     R"({"$ref":"#/$defs/given"})"},
    {"without", "Facts of the file's `[facts]` that this test does not give.", kFactNames},
    {"verdict", "What must come of it.", {}, verdict_words},
    {"findings", "Rules that must find something, and with which outcome.",
     R"({"$ref":"#/$defs/findings"})"},
    {"absent", "Rules that must find nothing.", kRuleNames},
    {"only", "No rules but those in `findings` may find anything.", kYesNo},
    {"unknown", "Exactly the facts that hold the verdict up.", kFactNames},
    {"skip", "Why the test is not run for now.", kSomeText},
    {"todo", "What is still to be written; nothing else of the test is read.", kSomeText},
};

}  // namespace

std::span<const Key> keys_of(FilePart part) {
  switch (part) {
    case FilePart::rule_file:
      return kRuleFile;
    case FilePart::fact:
      return kFact;
    case FilePart::type:
      return kType;
    case FilePart::setting:
      return kSetting;
    case FilePart::expression:
      return kExpression;
    case FilePart::table:
      return kTable;
    case FilePart::row:
      return kRow;
    case FilePart::cell:
      return kCell;
    case FilePart::rule:
      return kRule;
    case FilePart::switch_off:
      return kSwitchOff;
    case FilePart::test_file:
      return kTestFile;
    case FilePart::test:
      return kTest;
  }
  return {};
}

const Words& gate_words() {
  static const Words kWords = {"submit", "decide", "run", "close"};
  return kWords;
}

const Words& outcome_words() {
  static const Words kWords = {"block", "ask", "refer", "condition", "note"};
  return kWords;
}

const Words& verdict_words() {
  static const Words kWords = {"block", "ask_for_info", "refer", "approve_with_conditions",
                               "approve"};
  return kWords;
}

const Words& fact_type_words() {
  static const Words kWords = {"bool", "int",   "uint",  "double",    "string",
                               "enum", "money", "date",  "timestamp", "duration",
                               "list", "map",   "record"};
  return kWords;
}

const Words& whole_type_words() {
  static const Words kWords = {"bool",  "int",  "uint",      "double",  "string",
                               "money", "date", "timestamp", "duration"};
  return kWords;
}

const Words& setting_type_words() {
  static const Words kWords = {"int", "uint", "double", "money", "bool", "string"};
  return kWords;
}

const Words& basis_words() {
  static const Words kWords = {"law", "guidance", "local rules", "our default"};
  return kWords;
}

const Words& before_words() {
  static const Words kWords = {"start", "close"};
  return kWords;
}

const Words& hit_policy_words() {
  static const Words kWords = {"unique", "first", "priority", "any", "collect"};
  return kWords;
}

const Words& collect_words() {
  static const Words kWords = {"list", "sum", "min", "max", "count"};
  return kWords;
}

}  // namespace lockgate::rules
