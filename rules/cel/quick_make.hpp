// The part for an operation, or null where it has no short way.

#pragma once

#include "rules/cel/functions.hpp"
#include "rules/cel/plan.hpp"
#include "rules/cel/quick_part.hpp"

namespace lockgate::cel::quick {

// Of what is found, with the value b.
Condition comparison(Fn fn, Source left);
// Of an integer or real that is found, with `constant`; of a text, if it is equal.
Condition comparison_with_constant(Fn fn, Kind kind, Source left);
// Of the integer or real a, with b or with `constant`.
Condition comparison_of_numbers(Fn fn, Kind kind, bool constant);
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
Integer integer_arithmetic(Fn fn, bool constant);  // of a and b, or `constant`
Integer integer_choice();
Integer apart();   // between two timestamps
Integer member();  // of the timestamp or duration a: Fn is `number`
Integer size();    // of the value a
Integer count();   // of elements of a for which b holds

Real real_of(Source source);
Real real_constant();
Real real_arithmetic(Fn fn, bool constant);
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
