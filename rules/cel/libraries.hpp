// The libraries of functions: what each adds to the table and how it is applied.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/functions.hpp"

namespace lockgate::cel {

void add_string_signatures(std::vector<Signature>& table);
void add_math_signatures(std::vector<Signature>& table);
void add_list_signatures(std::vector<Signature>& table);
void add_set_signatures(std::vector<Signature>& table);
void add_encoder_signatures(std::vector<Signature>& table);
void add_network_signatures(std::vector<Signature>& table);

// As apply() does; each is given the functions of its own library only.
Value apply_string(Fn fn, Arguments arguments, std::uint64_t& left);
Value apply_math(Fn fn, Arguments arguments, std::uint64_t& left);
Value apply_list(Fn fn, Arguments arguments, std::uint64_t& left);
Value apply_set(Fn fn, Arguments arguments, std::uint64_t& left);
Value apply_encoder(Fn fn, Arguments arguments, std::uint64_t& left);
Value apply_network(Fn fn, Arguments arguments, std::uint64_t& left);

// "%s costs %.2f".format([...]): the clauses are %s %d %f %e %x %X %o %b and %%.
Value format_text(std::string_view pattern, std::span<const Value> values, std::uint64_t& left);
// An IP address or network as string() gives it: "2001:db8::1", "10.0.0.0/8".
std::string address_text(const Value& address);

// Whether values of that kind have an order among themselves.
bool is_sortable(Kind kind);
// The elements in the order of their keys, of which there are as many; equals
// stay as they were.  An error if the keys have no order.
Value sorted_by(std::span<const Value> list, std::span<const Value> keys, std::uint64_t& left);

// For Signature::refine: the type of the list that is the first argument.
std::optional<Type> same_list(std::span<const Type> types);

}  // namespace lockgate::cel
