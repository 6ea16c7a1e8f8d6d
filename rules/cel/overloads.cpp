#include "rules/cel/overloads.hpp"

#include <algorithm>
#include <map>

#include "rules/cel/parser.hpp"
#include "rules/cel/spelling.hpp"

namespace lockgate::cel {
namespace {

using Parameters = std::map<std::string, Type, std::less<>>;

// Whether an argument may be given for `wanted`; settles the parameters within it.
bool fits(const Type& wanted, const Type& given, Parameters& parameters) {
  if (wanted.kind() == Kind::parameter) {
    const auto [at, first] = parameters.try_emplace(wanted.name(), given);
    if (first) return true;
    if (!assignable(given, at->second)) return false;
    at->second = join(at->second, given);
    return true;
  }
  if (given.is_dyn() || wanted.is_dyn()) return true;
  if (given.kind() != wanted.kind() || given.name() != wanted.name()) return false;
  const std::size_t both = std::min(wanted.parameters().size(), given.parameters().size());
  for (std::size_t i = 0; i < both; ++i) {
    if (!fits(wanted.parameters()[i], given.parameters()[i], parameters)) return false;
  }
  return true;
}

Type with_parameters(const Type& type, const Parameters& parameters) {
  if (type.kind() == Kind::parameter) {
    const auto found = parameters.find(type.name());
    return found == parameters.end() ? Type::parameter() : found->second;
  }
  std::vector<Type> inner;
  for (const Type& parameter : type.parameters()) {
    inner.push_back(with_parameters(parameter, parameters));
  }
  return type.with(std::move(inner));
}

// `wanted` is given for as many arguments as it has; further ones may be anything.
std::optional<Type> yielded(std::span<const Type> wanted, const Type& result,
                            std::span<const Type> given) {
  Parameters parameters;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!fits(wanted[i], given[i], parameters)) return std::nullopt;
  }
  return with_parameters(result, parameters);
}

void add(const Type& gives, Overload& overload) {
  overload.result = overload.fits && !(overload.result == gives) ? Type() : gives;
  overload.fits = true;
}

// Equality, `in` and + of lists, where the operands limit each other.
void look_closer(std::span<const Type> given, Overload& overload) {
  if (!overload.fits) return;
  if (overload.fn == Fn::equal || overload.fn == Fn::not_equal) {
    overload.fits =
        assignable(given[0], given[1]) || given[0].is(Kind::null) || given[1].is(Kind::null);
  } else if (overload.fn == Fn::in && !given[1].is_dyn()) {
    overload.fits =
        assignable(given[0], given[1].is(Kind::map) ? given[1].key() : given[1].element());
  } else if (overload.fn == Fn::add && given[0].is(Kind::list)) {
    overload.result = join(given[0], given[1]);
  }
}

}  // namespace

Overload choose(Fn op, std::string_view name, bool member, std::span<const Type> arguments,
                const Declarations& declarations) {
  Overload overload;
  for (const Signature& s : signatures()) {
    const bool same =
        op != Fn::none ? s.fn == op : s.name == name && s.member == member && s.fn > Fn::in;
    if (!same) continue;
    const std::size_t given = arguments.size(), wanted = s.parameters.size();
    if (given != wanted && !(s.repeats && given > wanted)) continue;
    overload.fn = s.fn;
    std::optional<Type> gives = yielded(s.parameters, s.result, arguments);
    if (gives && s.refine) gives = s.refine(arguments);
    if (gives) add(*gives, overload);
  }
  look_closer(arguments, overload);
  if (op != Fn::none) return overload;
  for (const HostFunction& f : declarations.functions()) {
    if (f.name != name || f.member != member) continue;
    if (f.parameters.size() != arguments.size()) continue;
    if (const auto gives = yielded(f.parameters, f.result, arguments)) add(*gives, overload);
  }
  return overload;
}

bool is_function(std::string_view name, bool member, const Declarations& declarations) {
  return std::any_of(signatures().begin(), signatures().end(),
                     [&](const Signature& s) {
                       return s.name == name && s.member == member && s.fn > Fn::in;
                     }) ||
         std::any_of(declarations.functions().begin(), declarations.functions().end(),
                     [&](const HostFunction& f) { return f.name == name && f.member == member; });
}

bool is_namespace(std::string_view space, const Declarations& declarations) {
  const std::string prefix = std::string(space) + ".";
  return prefix == "cel." ||
         std::any_of(signatures().begin(), signatures().end(),
                     [&](const Signature& s) { return s.name.starts_with(prefix); }) ||
         std::any_of(declarations.functions().begin(), declarations.functions().end(),
                     [&](const HostFunction& f) { return f.name.starts_with(prefix); });
}

std::string unknown_function_help(const std::string& name, bool member,
                                  const Declarations& declarations) {
  if (const std::string_view usage = macro_usage(name); member && !usage.empty()) {
    return "write " + std::string(usage);
  }
  std::vector<std::string> known;
  const auto consider_name = [&](std::string_view candidate, bool as_member) {
    if (as_member == member) known.emplace_back(candidate);
  };
  for (const Signature& s : signatures()) {
    if (s.name == name && s.member && !member) return "write x." + name + "(...)";
    if (s.name == name && !s.member && member && s.fn > Fn::in) return "write " + name + "(x)";
    if (s.fn > Fn::in) consider_name(s.name, s.member);
  }
  for (const HostFunction& f : declarations.functions()) consider_name(f.name, f.member);
  const std::string near = nearest(name, known);
  return near.empty() ? near : "did you mean `" + near + "`?";
}

std::string misfit(const std::string& name, std::span<const Type> arguments) {
  if (arguments.empty()) return "`" + name + "` takes something between its brackets";
  std::string message = "`" + name + "` does not take ";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i > 0) message += " and ";
    message += arguments[i].in_words();
  }
  return message;
}

std::string misfit_help(Fn fn, std::span<const Type> arguments) {
  const auto has = [&](Kind kind) {
    return std::any_of(arguments.begin(), arguments.end(),
                       [&](const Type& type) { return type.is(kind); });
  };
  if (arguments.size() == 2 && has(Kind::real) && has(Kind::integer)) {
    return "write the whole number with `.0`, or double(x)";
  }
  const bool opens = fn >= Fn::has_value && fn <= Fn::or_value;
  return has(Kind::optional) && !opens ? open_optional : "";
}

}  // namespace lockgate::cel
