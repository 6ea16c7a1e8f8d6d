#include "rules/codes.hpp"

namespace lockgate::rules {

std::span<const CodeHelp> codes_of_advice() {
  static constexpr CodeHelp kCodes[] = {
      {.code = "LG201",
       .title = "a rule that never applies with the settings as they are",
       .meaning =
           "With other settings the rule could apply; with those in force its condition is false "
           "whatever the facts are.  Often two lines have changed places: the lower one is above "
           "the higher one.  A rule that a setting alone turns off is not reported.",
       .mend = "Compare the settings that the condition uses.  If the rule is not wanted, say so "
               "with `[[switch_off]]` and a reason.",
       .wrong = "[settings]\n\"cfg.officer_limit_gbp\" = 500\n\n"
                "[[rule]]\nid = \"our-01\"\n"
                "when = 'money.cost_gbp > 1000.0 && money.cost_gbp < cfg.officer_limit_gbp'\n",
       .right = "[settings]\n\"cfg.officer_limit_gbp\" = 5000\n\n"
                "[[rule]]\nid = \"our-01\"\n"
                "when = 'money.cost_gbp > 1000.0 && money.cost_gbp < cfg.officer_limit_gbp'\n",
       .severity = Severity::warning},
      {.code = "LG202",
       .title = "a rule that always applies",
       .meaning =
           "Whatever the facts are, the condition is true, so it asks nothing.  At a gate where "
           "the rule blocks, nothing passes.  A condition that is plainly `true` is taken to be "
           "meant.",
       .mend = "Look for two conditions of which one always holds: often `&&` was meant for `||`.  "
               "If the rule is to apply to everything, write `when = 'true'`.",
       .wrong = "[[rule]]\nid = \"our-01\"\n"
                "when = 'data.dpia != \"none\" || data.dpia != \"draft\"'\n",
       .right = "[[rule]]\nid = \"our-01\"\n"
                "when = 'data.dpia != \"none\" && data.dpia != \"draft\"'\n",
       .severity = Severity::warning},
      {.code = "LG203",
       .title = "two rules with the same condition, gates and role",
       .meaning =
           "Both find the same thing at the same gates and tell the same people, so everybody "
           "reads it twice, and whoever changes one has to remember the other.",
       .mend = "Keep one of them, and put what the other says into its `say` and `fix`.",
       .wrong = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children && data.personal'\n\n"
                "[[rule]]\nid = \"our-02\"\nwhen = 'people.children && data.personal'\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children && data.personal'\n\n"
                "[[rule]]\nid = \"our-02\"\nwhen = 'people.children && !data.personal'\n",
       .severity = Severity::warning},
      {.code = "LG204",
       .title = "a rule that adds nothing to another",
       .meaning =
           "Whenever this rule applies, another one does too, with the same outcome at the same "
           "gates, to the same role and in the same words.  It can never change what anybody is "
           "told.",
       .mend = "Take it out, or give it the words or the outcome that make the difference.",
       .wrong = "[[rule]]\nid = \"our-01\"\nwhen = 'people.participants > 50'\n"
                "say = \"Many people take part.\"\n\n"
                "[[rule]]\nid = \"our-02\"\nwhen = 'people.participants > 20'\n"
                "say = \"Many people take part.\"\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'people.participants > 50'\n"
                "say = \"Very many people take part.\"\n\n"
                "[[rule]]\nid = \"our-02\"\nwhen = 'people.participants > 20'\n"
                "say = \"Many people take part.\"\n",
       .severity = Severity::warning},
      {.code = "LG205",
       .title = "two rules of which one always stops",
       .meaning = "At one gate the first rule blocks or asks wherever the second does not, so no "
                  "prototype can ever pass there, whatever its facts are.",
       .mend = "Look which of the two conditions is the wrong way round, or let one of them find "
               "less than `block` or `ask`.",
       .wrong = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\nat = { submit = \"block\" "
                "}\n\n"
                "[[rule]]\nid = \"our-02\"\nwhen = '!people.children'\nat = { submit = \"block\" "
                "}\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\nat = { submit = \"block\" "
                "}\n\n"
                "[[rule]]\nid = \"our-02\"\nwhen = '!people.children'\nat = { submit = \"note\" "
                "}\n",
       .severity = Severity::warning},
      {.code = "LG206",
       .title = "a rule past its review date",
       .meaning =
           "The day by which somebody had to look again (`review_by`) is over.  The law, the "
           "guidance or the figure behind the rule may have changed.  The rule still applies.",
       .mend = "Read the sources again, correct the rule, and set `checked_on` to the day and "
               "`review_by` to the next one.",
       .wrong = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\nchecked_on = 2020-01-31\n"
                "review_by = 2021-01-31\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\nchecked_on = 2026-11-23\n"
                "review_by = 2027-11-23\n",
       .severity = Severity::warning},
      {.code = "LG207",
       .title = "a setting that no rule uses",
       .meaning = "Nothing depends on it: whoever changes it expects an effect that never comes.",
       .mend = "Use it in a condition where its number now stands written out, or take it out.",
       .wrong = "[[setting]]\nname = \"cfg.dogs_max\"\ntype = \"int\"\nvalue = 3\n"
                "meaning = \"most dogs\"\n",
       .right = "[[setting]]\nname = \"cfg.dogs_max\"\ntype = \"int\"\nvalue = 3\n"
                "meaning = \"most dogs\"\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'people.participants > cfg.dogs_max'\n",
       .severity = Severity::warning},
      {.code = "LG208",
       .title = "a named expression that no rule uses",
       .meaning = "It is computed at every check, and nothing looks at the result.",
       .mend = "Use it where rules write the same thing out, or take it out.",
       .wrong = "[[expression]]\nname = \"calc.crowd\"\nmeaning = \"a crowd\"\n"
                "is = 'people.participants > 500'\n",
       .right = "[[expression]]\nname = \"calc.crowd\"\nmeaning = \"a crowd\"\n"
                "is = 'people.participants > 500'\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'calc.crowd'\n",
       .severity = Severity::warning},
      {.code = "LG209",
       .title = "facts that no rule uses",
       .meaning =
           "These facts stand beside rules but no condition looks at them, so they are asked of "
           "nobody.  A file without rules is not reported: a vocabulary may be wider than the "
           "rules, so that a case system need be connected only once.",
       .mend = "Write the rule that was meant to use them, take them out, or move them to a file "
               "that holds the vocabulary alone.",
       .wrong = "[[fact]]\nname = \"people.dogs\"\ntype = \"bool\"\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\n",
       .right = "[[fact]]\nname = \"people.dogs\"\ntype = \"bool\"\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'people.dogs'\n",
       .severity = Severity::warning},
  };
  return kCodes;
}

}  // namespace lockgate::rules
