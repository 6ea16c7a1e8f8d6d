#include "rules/codes.hpp"

namespace lockgate::rules {

std::span<const CodeHelp> codes_of_expressions() {
  static constexpr CodeHelp kCodes[] = {
      {.code = "LG110",
       .title = "an expression that is not CEL",
       .meaning =
           "Conditions and named expressions are written in CEL, the Common Expression Language.  "
           "This one cannot be read, or calls a function that does not exist.",
       .mend = "Write `==` to compare, `&&` for and, `||` for or, `!` for not; put text in double "
               "quotes.",
       .wrong = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children and data.personal'\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children && data.personal'\n"},
      {.code = "LG111",
       .title = "an expression uses a name that is not declared",
       .meaning =
           "Every fact, setting and named expression is declared once, with its type.  A name that "
           "is not declared is most often a misspelt one; a rule that uses it could never find "
           "anything.",
       .mend =
           "Correct the name, or declare it with `[[fact]]`, `[[setting]]` or `[[expression]]`.",
       .wrong = "[[rule]]\nid = \"our-01\"\nwhen = 'people.chidlren'\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\n"},
      {.code = "LG112",
       .title = "an expression compares or combines what does not go together",
       .meaning =
           "The parts are of types that the operator or function does not take: a whole number "
           "compared with text, money multiplied by a whole number, a condition that is not true "
           "or false.",
       .mend = "Take the quotes off a number, write whole numbers beside money with `.0`, or "
               "convert with int(), double() or string().",
       .wrong = "[[rule]]\nid = \"our-01\"\nwhen = 'people.participants > \"20\"'\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'people.participants > 20'\n"},
      {.code = "LG113",
       .title = "an expression names a word that the fact can never be",
       .meaning = "The fact is an `enum`: it is one of the words in its `values`.  The condition "
                  "compares it with another word, which never holds.",
       .mend = "Write one of the values, or add the word to the fact's `values`.",
       .wrong = "[[rule]]\nid = \"our-01\"\nwhen = 'data.dpia == \"signd_off\"'\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'data.dpia == \"signed_off\"'\n"},
      {.code = "LG114",
       .title = "named expressions that depend on each other in a circle",
       .meaning = "To compute the first, the second is needed, and for that the first again.",
       .mend = "Write out one of them in terms of facts.",
       .wrong = "[[expression]]\nname = \"calc.a\"\nmeaning = \"one\"\nis = 'calc.b + 1'\n\n"
                "[[expression]]\nname = \"calc.b\"\nmeaning = \"two\"\nis = 'calc.a + 1'\n",
       .right = "[[expression]]\nname = \"calc.a\"\nmeaning = \"one\"\nis = 'calc.b + 1'\n\n"
                "[[expression]]\nname = \"calc.b\"\nmeaning = \"two\"\n"
                "is = 'people.participants + 1'\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'calc.a > 20'\n"},
      {.code = "LG115",
       .title = "a rule that can never apply",
       .meaning =
           "Whatever the facts are, within their types, values, `min` and `max`, and whatever the "
           "settings, the condition is false at every gate of the rule.  Such a rule looks like "
           "protection and is none.",
       .mend = "Look for two conditions that exclude each other: often `||` was meant for `&&`, or "
               "`<` for `>`.  Or take the rule out.",
       .wrong = "[[rule]]\nid = \"our-01\"\n"
                "when = 'people.participants > 50 && people.participants < 10'\n",
       .right = "[[rule]]\nid = \"our-01\"\n"
                "when = 'people.participants > 50 || people.participants < 10'\n"},
      {.code = "LG116",
       .title = "a role that is not declared, or that cannot be referred to",
       .meaning =
           "A finding is addressed to a role, and the boards say who answers for it.  A role that "
           "no file declares has nobody behind it; and the proposer cannot decide on a referral "
           "of the own proposal.",
       .mend = "Correct the role, declare it with `roles = [...]`, or name a role that sits on a "
               "board.",
       .wrong = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\nto = \"Bord\"\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\nto = \"Board\"\n"},
      {.code = "LG117",
       .title = "no such rule, setting or fact",
       .meaning = "A line in `[settings]`, a `[[switch_off]]` or a test names something that the "
                  "loaded files do not declare.",
       .mend = "Correct the name.  If it is declared in a pack, load that pack too.",
       .wrong = "[settings]\n\"cfg.risk_hihg\" = 15\n",
       .right = "[settings]\n\"cfg.risk_high\" = 15\n"},
      {.code = "LG118",
       .title = "changed from a folder that comes too early to do that",
       .meaning =
           "Folders count in the order in which they are listed.  Only a later folder may change a "
           "setting of an earlier one or switch off its rules; within one folder, what is declared "
           "is simply what holds.",
       .mend = "Put the change into a folder of your own that is listed later, or change the "
               "declaration itself.",
       .wrong = "[[setting]]\nname = \"cfg.dogs_max\"\ntype = \"int\"\nvalue = 3\n"
                "meaning = \"most dogs\"\n\n"
                "[settings]\n\"cfg.dogs_max\" = 5\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'people.participants > cfg.dogs_max'\n",
       .right = "[[setting]]\nname = \"cfg.dogs_max\"\ntype = \"int\"\nvalue = 5\n"
                "meaning = \"most dogs\"\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'people.participants > cfg.dogs_max'\n"},
      {.code = "LG150",
       .title = "a placeholder that cannot be read",
       .meaning = "In `say` and `fix`, `{name}` stands for the value of a fact, a setting or a "
                  "named expression.  Here a brace begins none.",
       .mend = "Write {people.participants}; for a brace itself write {{ or }}.",
       .wrong = "[[rule]]\nid = \"our-01\"\nsay = \"There are {people participants} people.\"\n",
       .right = "[[rule]]\nid = \"our-01\"\nsay = \"There are {people.participants} people.\"\n"},
      {.code = "LG151",
       .title = "a placeholder names what is not declared",
       .meaning = "In `say` and `fix`, `{name}` stands for the value of a fact, a setting or a "
                  "named expression.  There is none of this name.",
       .mend = "Correct the name, or declare it.",
       .wrong = "[[rule]]\nid = \"our-01\"\nsay = \"There are {people.particpants} people.\"\n",
       .right = "[[rule]]\nid = \"our-01\"\nsay = \"There are {people.participants} people.\"\n"},
      {.code = "LG152",
       .title = "a placeholder names a fact that is kept apart from the record",
       .meaning = "What a finding says is kept for good, but the value of a `sensitive` fact must "
                  "be erasable later.",
       .mend = "Say it without the value.",
       .wrong = "[[fact]]\nname = \"people.illness\"\ntype = \"string\"\nsensitive = true\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'people.illness != \"\"'\n"
                "say = \"Somebody has {people.illness}.\"\n",
       .right = "[[fact]]\nname = \"people.illness\"\ntype = \"string\"\nsensitive = true\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'people.illness != \"\"'\n"
                "say = \"Somebody is ill.\"\n"},
      {.code = "LG153",
       .title = "a fact marked changeable that Lockgate fills in",
       .meaning = "`changeable` marks what a proposer can do something about.  What comes from "
                  "Lockgate itself is not theirs to change.",
       .mend = "Take `changeable` or `from` out.",
       .wrong = "[[fact]]\nname = \"gov.votes\"\ntype = \"int\"\nfrom = \"lockgate\"\n"
                "changeable = true\n\n[[rule]]\nid = \"our-01\"\nwhen = 'gov.votes > 0'\n",
       .right = "[[fact]]\nname = \"gov.votes\"\ntype = \"int\"\nfrom = \"lockgate\"\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'gov.votes > 0'\n"},
  };
  return kCodes;
}

}  // namespace lockgate::rules
