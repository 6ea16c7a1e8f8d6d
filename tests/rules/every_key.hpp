// Files that hold every key there is.

#pragma once

#include <string>

namespace lockgate::rules {

// All keys of rule files, and all of test files: each at least once.
inline const std::string kRules = R"(title = "t"
roles = ["Board"]

[[fact]]
name = "a.kind"
type = "enum"
values = ["x", "y"]
meaning = "kind"
question = "Which kind?"
default = "x"
sensitive = false
always_ask = true
changeable = true

[[fact]]
name = "a.days"
type = "int"
unit = "days"
meaning = "length"
question = "How long?"
min = 0
max = 10
from = "lockgate"

[[fact]]
name = "a.team"
type = "list"
max_items = 5
meaning = "team"
question = "Who?"
[fact.of]
type = "record"
[fact.of.fields]
role = { type = "enum", values = ["x"], optional = true }
days = { type = "double", unit = "days", min = 0, max = 5 }
tags = { type = "list", of = "string", max_items = 3 }
more = { type = "record", fields = { name = "string" } }

[[fact]]
name = "a.lead"
type = "record"
fields = { name = "string" }
meaning = "lead"
question = "Who leads?"

[[setting]]
name = "cfg.most"
type = "int"
unit = "days"
value = 5
meaning = "most days"

[[expression]]
name = "calc.long"
meaning = "long"
is = 'a.days > cfg.most'

[[table]]
name = "calc.sum"
meaning = "sum"
hit = "collect"
collect = "sum"
inputs = ["a.kind"]
results = [1, 2]
default = 1
rows = [
  { if = ["x"], then = 1, why = "so" },
  { if = [{ cel = 'a.kind == "y"' }], then = 2 },
]

[[rule]]
id = "aa-01"
question = "Is it long?"
when = 'calc.long || calc.sum > 1'
at = { submit = "condition" }
to = "Board"
say = "It is long."
fix = "Make it shorter."
takes = "an hour"
before = "start"
basis = "our default"
source = ["a test"]
checked_on = 2026-11-23
review_by = 2099-11-23
)";

inline const std::string kLocal = R"([settings]
"cfg.most" = 6

[[switch_off]]
rule = "aa-01"
reason = "not here"
)";

inline const std::string kTests = R"(rules = ["aa-*"]
[facts]
a.days = 7
[[test]]
name = "long"
gate = "submit"
at = 2026-11-23T12:00:00Z
facts = { a = { kind = "x" } }
without = ["a.days"]
verdict = "ask_for_info"
findings = { aa-01 = "ask" }
absent = []
only = true
unknown = ["a.days"]
skip = "later"
[[test]]
name = "short"
todo = "write it"
)";

}  // namespace lockgate::rules
