// The parts of a rule file that declare facts and what they may be.

#pragma once

#include "rules/rule_file.hpp"
#include "rules/toml_reader.hpp"

namespace lockgate::rules {

// A `[[fact]]`.  What is wrong is an issue; the part is kept as far as it goes.
FactPart read_fact(TomlReader& reader, const TomlText& text, std::vector<Issue>& issues);

// `type`, as one of `types`; false if it is not readable.
bool read_type(TomlReader& reader, FactDeclaration& declaration, std::string_view kind,
               const std::vector<std::string>& types);
// `name`, kept even if it is not well-formed: what uses it is right.
std::string read_name(TomlReader& reader, std::string_view example,
                      bool (*is_right)(std::string_view), std::string_view form);
// `question`, which ends with a question mark.
std::string read_question(TomlReader& reader);

// Whether `value` fits; if not, an issue (LG108) at `place` that says why: "`default`
// does not fit ...".
bool fits(const FactDeclaration& declaration, const FactValue& value, std::string_view called,
          const TomlText& text, const toml::source_region& place, std::vector<Issue>& issues);

}  // namespace lockgate::rules
