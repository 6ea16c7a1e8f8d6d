#include "rules/codes.hpp"

namespace lockgate::rules {

std::span<const CodeHelp> codes_of_tables() {
  static constexpr CodeHelp kCodes[] = {
      {.code = "LG130",
       .title = "a decision table, or a row of it, of the wrong form",
       .meaning = "A table has a name, inputs, a hit policy and rows; each row has one cell for "
                  "each input and a result.",
       .mend = "Count the cells of the row; write \"-\" where the input does not matter.",
       .wrong = "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"first\"\n"
                "inputs = [\"people.participants\"]\n"
                "rows = [{ if = [\"> 50\", \"-\"], then = \"large\" }]\ndefault = \"small\"\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n",
       .right = "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"first\"\n"
                "inputs = [\"people.participants\"]\n"
                "rows = [{ if = [\"> 50\"], then = \"large\" }]\ndefault = \"small\"\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n"},
      {.code = "LG131",
       .title = "a cell that does not fit its input, or accepts nothing",
       .meaning = "A cell is compared with the input above it: a number with a number, a word "
                  "with an enum's values.  This one is of another kind, or a range from more to "
                  "less.",
       .mend = "Look at the order of the inputs, and at the type of the fact.",
       .wrong = "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"first\"\n"
                "inputs = [\"people.participants\"]\n"
                "rows = [{ if = [\"90..50\"], then = \"large\" }]\ndefault = \"small\"\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n",
       .right = "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"first\"\n"
                "inputs = [\"people.participants\"]\n"
                "rows = [{ if = [\"50..90\"], then = \"large\" }]\ndefault = \"small\"\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n"},
      {.code = "LG132",
       .title = "a result of a table that does not fit the others, or is not among `results`",
       .meaning = "All results of a table have one type.  Where `results` lists them, there are no "
                  "others.",
       .mend = "Correct the result, or add it to `results`.",
       .wrong = "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"first\"\n"
                "inputs = [\"people.participants\"]\n"
                "rows = [{ if = [\"> 50\"], then = \"large\" }]\ndefault = 1\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n",
       .right = "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"first\"\n"
                "inputs = [\"people.participants\"]\n"
                "rows = [{ if = [\"> 50\"], then = \"large\" }]\ndefault = \"small\"\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n"},
      {.code = "LG133",
       .title = "inputs for which a table has no result",
       .meaning = "For some inputs no row matches, and there is no `default`.  A rule that uses "
                  "the table would refer then.  The message names such inputs.",
       .mend = "Add a row, or a `default`.",
       .wrong =
           "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"unique\"\n"
           "inputs = [\"people.participants\"]\nrows = [{ if = [\"> 50\"], then = \"large\" }, "
           "{ if = [\"< 50\"], then = \"small\" }]\n\n"
           "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n",
       .right =
           "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"unique\"\n"
           "inputs = [\"people.participants\"]\nrows = [{ if = [\"> 50\"], then = \"large\" }, "
           "{ if = [\"<= 50\"], then = \"small\" }]\n\n"
           "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n"},
      {.code = "LG134",
       .title = "rows that match the same inputs and must not",
       .meaning =
           "Under `hit = \"unique\"` one row at most may match; under `any` those that match "
           "have the same result.  The message names inputs that two rows match.",
       .mend = "Narrow one of the rows, or write `hit = \"first\"` if their order decides.",
       .wrong =
           "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"unique\"\n"
           "inputs = [\"people.participants\"]\nrows = [{ if = [\">= 50\"], then = \"large\" }, "
           "{ if = [\"<= 50\"], then = \"small\" }]\n\n"
           "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n",
       .right =
           "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"unique\"\n"
           "inputs = [\"people.participants\"]\nrows = [{ if = [\">= 50\"], then = \"large\" }, "
           "{ if = [\"< 50\"], then = \"small\" }]\n\n"
           "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n"},
      {.code = "LG135",
       .title = "a row that can never match",
       .meaning =
           "The fact is never what the cell asks for: below its `min`, above its `max`, or a "
           "word that it cannot be.",
       .mend = "Correct the cell, or take the row out.",
       .wrong = "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"first\"\n"
                "inputs = [\"people.participants\"]\n"
                "rows = [{ if = [\"< 0\"], then = \"large\" }]\ndefault = \"small\"\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n",
       .right = "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"first\"\n"
                "inputs = [\"people.participants\"]\n"
                "rows = [{ if = [\"> 50\"], then = \"large\" }]\ndefault = \"small\"\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n"},
      {.code = "LG136",
       .title = "a row that never decides, because other rows do",
       .meaning = "Wherever the row matches, rows before it (or with a stronger result) match too, "
                  "so that it changes nothing.",
       .mend = "Put it first, narrow the others, or take it out.",
       .wrong =
           "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"first\"\n"
           "inputs = [\"people.participants\"]\nrows = [{ if = [\"> 50\"], then = \"large\" }, "
           "{ if = [\"> 90\"], then = \"huge\" }]\ndefault = \"small\"\n\n"
           "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n",
       .right = "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"first\"\n"
                "inputs = [\"people.participants\"]\nrows = [{ if = [\"> 90\"], then = \"huge\" }, "
                "{ if = [\"> 50\"], then = \"large\" }]\ndefault = \"small\"\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n",
       .severity = Severity::warning},
      {.code = "LG137",
       .title = "a table that is too large to be checked in full",
       .meaning = "The rows were not all held against each other: that would take too long.  Gaps "
                  "and overlaps may be there and not be told.",
       .mend = "Write several tables, each with fewer inputs.",
       .wrong = "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"first\"\n"
                "inputs = [\"people.participants\", \"data.dpia\"]\ndefault = \"small\"\nrows = [\n"
                "  { if = [\"> 5000\", \"none\"], then = \"large\" },\n"
                "  # ... and 9,000 rows more, with ten inputs more\n]\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n",
       .right = "[[table]]\nname = \"calc.size\"\nmeaning = \"how large\"\nhit = \"first\"\n"
                "inputs = [\"people.participants\", \"data.dpia\"]\ndefault = \"small\"\nrows = [\n"
                "  { if = [\"> 5000\", \"none\"], then = \"large\" },\n]\n\n"
                "[[rule]]\nid = \"our-01\"\nwhen = 'calc.size == \"large\"'\n",
       .severity = Severity::warning},
  };
  return kCodes;
}

}  // namespace lockgate::rules
