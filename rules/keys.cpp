#include "rules/keys.hpp"

namespace lockgate::rules {
namespace {

constexpr Key tables(std::string_view name, std::string_view meaning, FilePart part) {
  return {name, meaning, Shape::tables, nullptr, part};
}

constexpr Key word(std::string_view name, std::string_view meaning, const Words& (*words)()) {
  return {name, meaning, Shape::word, words};
}

constexpr Key kRuleFile[] = {
    {"title", "What the file is about.", Shape::text},
    {"roles", "Whom rules may be addressed to: the names that `to` may hold.", Shape::texts},
    tables("fact", "Something that can be known about a prototype.", FilePart::fact),
    tables("setting", "A value that each council sets for itself.", FilePart::setting),
    {"settings", "Other values for settings of earlier folders: `\"cfg.quorum_min\" = 5`.",
     Shape::overrides},
    tables("expression", "A name for what several rules need.", FilePart::expression),
    tables("table", "A result that depends on several facts at once, row by row.", FilePart::table),
    tables("rule", "A condition, and what is to happen where it is true.", FilePart::rule),
    tables("switch_off", "A rule of an earlier folder that does not hold here.",
           FilePart::switch_off),
};

constexpr Key kFact[] = {
    {"name", "As it stands in rules: lower case with dots, `people.participants`.",
     Shape::fact_name},
    word("type", "What it holds.  `money` is in pounds, exact to the penny.", fact_type_words),
    {"values", "The words that an `enum` may be.", Shape::texts},
    {"of", "What the elements of a `list` or the values of a `map` are.", Shape::type},
    {"max_items", "Most elements of a `list` or `map`; 1000 if left out.", Shape::count},
    {"fields", "The fields of a `record`: `{ name = \"string\", days = \"int\" }`.", Shape::fields},
    {"unit", "What the number counts: `days`, `people`.", Shape::text},
    {"meaning", "What it is, in a few words for people.", Shape::filled_text},
    {"question", "Asks whoever knows; ends with a question mark.", Shape::question},
    {"default", "What holds where nobody said.  Without one, rules that hang on it ask."},
    {"min", "What is less is refused.", Shape::number},
    {"max", "What is more is refused.", Shape::number},
    {"sensitive", "It could identify or hurt somebody: kept apart, so that it can be erased.",
     Shape::truth},
    word("from", "Who fills it in where it is known.", origin_words),
    {"always_ask", "Where a source is strict, its default does not count.", Shape::truth},
    {"changeable", "Whoever proposes can do something about it, so another value may be suggested.",
     Shape::truth},
};

constexpr Key kType[] = {
    word("type", "What it holds.", fact_type_words),
    {"values", "The words that an `enum` may be.", Shape::texts},
    {"of", "What the elements of a `list` or the values of a `map` are.", Shape::type},
    {"max_items", "Most elements of a `list` or `map`; 1000 if left out.", Shape::count},
    {"fields", "The fields of a `record`.", Shape::fields},
    {"unit", "What the number counts.", Shape::text},
    {"min", "What is less is refused.", Shape::number},
    {"max", "What is more is refused.", Shape::number},
    {"optional", "The field may be left out.", Shape::truth},
};

constexpr Key kSetting[] = {
    {"name", "As it stands in rules: `cfg.quorum_min`.", Shape::setting_name},
    word("type", "What it holds.", setting_type_words),
    {"value", "What holds unless a later folder's `[settings]` says otherwise.", Shape::scalar},
    {"unit", "What the number counts: `GBP`, `days`.", Shape::text},
    {"meaning", "What it is, in a few words for people.", Shape::filled_text},
};

constexpr Key kExpression[] = {
    {"name", "As it stands in rules: `calc.score`.", Shape::expression_name},
    {"meaning", "What it is, in a few words for people.", Shape::filled_text},
    {"is", "CEL over facts, settings and other named expressions.", Shape::filled_text},
};

constexpr Key kTable[] = {
    {"name", "As it stands in rules: `calc.readers`.", Shape::expression_name},
    {"meaning", "What it is, in a few words for people.", Shape::filled_text},
    word("hit", "What holds where several rows match.", hit_policy_words),
    word("collect", "What `hit = \"collect\"` makes of the results; `list` if left out.",
         collect_words),
    {"inputs", "1 to 16 facts, settings, named expressions, tables, or CEL.", Shape::filled_texts},
    {"results", "All results there may be; for `priority` the strongest first.", Shape::list},
    {"default", "The result where no row matches; without it every input must have a row."},
    tables("rows", "Each `{ if = [a cell for each input], then = result }`.", FilePart::row),
};

constexpr Key kRow[] = {
    {"if", "A cell for each input: a value, a list, a range `5..10`, `>= 5`, or `-` for anything.",
     Shape::cells},
    {"then", "The result."},
    {"why", "Why, in a few words for people.", Shape::text},
};

constexpr Key kCell[] = {
    {"cel", "A condition in CEL; the cell matches where it is true, whatever the input is.",
     Shape::filled_text},
};

constexpr Key kRule[] = {
    {"id", "Letters, a hyphen and at least two digits: `fp-03`.", Shape::rule_id},
    {"question", "What the rule asks, for people; ends with a question mark.", Shape::question},
    {"when", "The condition in CEL.", Shape::filled_text},
    {"at", "At which gates it counts, and what is to happen there: `{ submit = \"refer\" }`.",
     Shape::outcomes},
    {"to", "Whose matter it is: one of the `roles`.", Shape::role},
    {"say", "What people are told; `{fact}` stands for the fact's value.", Shape::filled_text},
    {"fix", "What to do about it, in plain words.", Shape::text},
    {"takes", "How long that takes: `about an hour`.", Shape::text},
    word("before", "What a condition holds up: `start` if left out.", before_words),
    word("basis", "What the rule rests on.", basis_words),
    {"source", "Where it comes from: acts and sections, guidance, the council's own rules.",
     Shape::filled_texts},
    {"checked_on", "The day on which somebody last held it against its sources.", Shape::date},
    {"review_by", "The day by which somebody must look again.", Shape::date},
};

constexpr Key kSwitchOff[] = {
    {"rule", "Its id.", Shape::rule},
    {"reason", "Why the council does without it.", Shape::filled_text},
};

constexpr Key kTestFile[] = {
    {"rules", "The rules that the tests of this file are about: `dp-01`, or `dp-*` for all.",
     Shape::texts},
    {"facts", "Facts of every test that does not give them itself.", Shape::facts},
    tables("test", "One set of facts, and what must come of it.", FilePart::test),
};

constexpr Key kTest[] = {
    {"name", "What must happen, in words.", Shape::filled_text},
    word("gate", "The gate at which the rules are asked.", gate_words),
    {"at", "The moment that `now` is; noon UTC of 2026-11-23 if left out.", Shape::moment},
    {"facts", "The facts given; before those of the file's `[facts]`.", Shape::facts},
    {"without", "Facts of the file's `[facts]` that this test does not give.", Shape::fact_names},
    word("verdict", "What must come of it.", verdict_words),
    {"findings", "Rules that must find something, and with which outcome.", Shape::findings},
    {"absent", "Rules that must find nothing.", Shape::rule_ids},
    {"only", "No rules but those in `findings` may find anything.", Shape::truth},
    {"unknown", "Exactly the facts that hold the verdict up.", Shape::fact_names},
    {"skip", "Why the test is not run for now.", Shape::filled_text},
    {"todo", "What is still to be written; nothing else of the test is read.", Shape::filled_text},
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

const Words& origin_words() {
  static const Words kWords = {"lockgate"};
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
