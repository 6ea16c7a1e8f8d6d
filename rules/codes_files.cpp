#include "rules/codes.hpp"

namespace lockgate::rules {

std::span<const CodeHelp> codes_of_files() {
  static constexpr CodeHelp kCodes[] = {
      {.code = "LG100",
       .title = "more than a limit allows",
       .meaning =
           "A rule file may be 1 MiB long, nest 32 deep and hold 30,000 keys and values; there may "
           "be 1,000 rules, 1,000 facts and as many settings, named expressions and roles, of "
           "which "
           "64 may each use the one before.  The limits keep a mistake, or a file from a stranger, "
           "from taking the server's time and memory.",
       .mend = "Take out what is not needed, or split the file.",
       .wrong = "title = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
                "]]]]\n",
       .right = "title = \"Our own rules\"\n"},
      {.code = "LG101",
       .title = "not TOML, or not text",
       .meaning =
           "The file cannot be read any further from this place on: a quote that is not closed, a "
           "key without a value, a date that does not exist, or bytes that are not UTF-8.  What "
           "stands behind it was not looked at.",
       .mend = "Mend the place shown and check again.  Text stands in quotes; dates, numbers, true "
               "and false stand without.",
       .wrong = "title = \"Our own rules\n",
       .right = "title = \"Our own rules\"\n"},
      {.code = "LG102",
       .title = "a key that is not known",
       .meaning =
           "No part of a rule file has this key.  It is refused rather than ignored, so that a "
           "misspelt `fix` does not go missing without a word.",
       .mend = "Write the key as it is meant, or take the line out.  A remark of your own goes "
               "behind `#`.",
       .wrong = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\nfixx = \"Ask a parent.\"\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\nfix = \"Ask a parent.\"\n"},
      {.code = "LG103",
       .title = "a key is missing",
       .meaning =
           "This part does not work without the key.  A rule needs `id`, `question`, `when`, `at`, "
           "`to`, `say`, `basis`, `source`, `checked_on` and `review_by`; a fact needs `name`, "
           "`type`, `meaning` and `question`, because a rule may have to ask for it.",
       .mend = "Add the key.",
       .wrong =
           "[[fact]]\nname = \"people.dogs\"\ntype = \"enum\"\nmeaning = \"dogs at the site\"\n"
           "question = \"Will there be dogs?\"\n",
       .right = "[[fact]]\nname = \"people.dogs\"\ntype = \"enum\"\nvalues = [\"none\", \"some\"]\n"
                "meaning = \"dogs at the site\"\nquestion = \"Will there be dogs?\"\n"},
      {.code = "LG104",
       .title = "a value of another TOML type",
       .meaning =
           "The key is right, but what stands behind it is of the wrong type: a number where text "
           "belongs, text where a date or a list belongs.",
       .mend = "Put text in quotes and lists in brackets; write numbers, dates, true and false "
               "without quotes.",
       .wrong = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\nreview_by = \"2027-12-31\"\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\nreview_by = 2027-12-31\n"},
      {.code = "LG105",
       .title = "a word that is not one of those allowed",
       .meaning = "Only certain words may stand here.  The gates are `submit`, `decide`, `run` and "
                  "`close`; the outcomes are `block`, `ask`, `refer`, `condition` and `note`.",
       .mend = "Write one of the words that the message lists.",
       .wrong = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\nat = { submit = \"stop\" }\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\nat = { submit = \"block\" "
                "}\n"},
      {.code = "LG106",
       .title = "text or a list of the wrong form",
       .meaning =
           "The value is of the right type but cannot be used: a name that does not follow the "
           "pattern, a question without its question mark, an empty text or list.",
       .mend = "Follow the example in the message.  Facts are named in lower case with dots, rules "
               "by letters, a hyphen and digits.",
       .wrong = "[[rule]]\nid = \"Rule 1\"\nwhen = 'people.children'\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\n"},
      {.code = "LG107",
       .title = "declared, listed or given twice",
       .meaning =
           "Two parts claim the same name, in one file or in two.  Neither is taken, because "
           "nobody can tell which was meant.",
       .mend = "Keep one, or give the other a name of its own.  To change a setting of a pack, use "
               "`[settings]` in a folder of your own.",
       .wrong = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'data.personal'\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\n\n"
                "[[rule]]\nid = \"our-02\"\nwhen = 'data.personal'\n"},
      {.code = "LG108",
       .title = "a value that does not fit the declared type or its bounds",
       .meaning =
           "A default, a setting or a fact in a test is not what its declaration allows: another "
           "type, a word that is not listed, a number below `min` or above `max`, or pounds with "
           "more than two decimals.",
       .mend = "Change the value, or widen the declaration if the value is right.",
       .wrong = "[[fact]]\nname = \"people.staff\"\ntype = \"int\"\nmin = 1\ndefault = 0\n",
       .right = "[[fact]]\nname = \"people.staff\"\ntype = \"int\"\nmin = 0\ndefault = 0\n"},
      {.code = "LG109",
       .title = "dates in the wrong order",
       .meaning = "A rule is to be looked at again (`review_by`) before it was last checked "
                  "(`checked_on`).  One of the two is a slip.",
       .mend = "Give the day of the last check, and a later day by which somebody must look again.",
       .wrong = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\nchecked_on = 2026-11-23\n"
                "review_by = 2026-05-31\n",
       .right = "[[rule]]\nid = \"our-01\"\nwhen = 'people.children'\nchecked_on = 2026-11-23\n"
                "review_by = 2027-05-31\n"},
  };
  return kCodes;
}

}  // namespace lockgate::rules
