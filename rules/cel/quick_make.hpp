// The part for an operation, or null where it has no short way.

#pragma once

#include "rules/cel/functions.hpp"
#include "rules/cel/plan.hpp"
#include "rules/cel/quick_part.hpp"

namespace lockgate::cel::quick {

// Comparisons; `kind` is integer, real, string, or null for anything else.  Numbers:
// a and b are their parts, or `constant` is the right one.
Condition comparison(Fn fn, Kind kind, Source left, bool constant);
// `found in constant`, a list of short texts.
Condition in_texts(Source source);
// `a in b`, values.
Condition in_value();
// contains, starts_with, ends_with: of what is found, with the value b.
Condition text_test(Fn fn, Source source);
Condition match(Source source);
// A bool where it is found.
Condition truth(Source source);
Condition constant_truth(bool yes);
Condition negation();
Condition both();
Condition either();
Condition choice();
// has(found.field), has(slot)
Condition has_field();
Condition has_slot();
// all, exists, exists_one over the list a, or over what c makes of its elements.
Condition fold(FoldKind kind);

// An int or a duration's nanoseconds where it is found.
Integer integer_of(Kind kind, Source source);
Integer integer_constant();
Integer integer_arithmetic(Fn fn);
Integer integer_choice();
Integer apart();   // between two timestamps
Integer member();  // of the timestamp or duration a: Fn is `number`
Integer size();    // of the value a
Integer count();   // of elements of a for which b holds

Real real_of(Source source);
Real real_constant();
Real real_arithmetic(Fn fn);
Real real_choice();

Find find_constant();
Find find_slot();
Find find_local();
Find find_along(Source source);  // fields of a slot or local
Find find_field();               // the field b of the value a
Find find_element();             // a[b], a map by a value
Find find_at();                  // a[b], a list by an integer
Find find_choice();
Find find_of_kind();  // the value a, if it is of the Kind `number`

}  // namespace lockgate::cel::quick
