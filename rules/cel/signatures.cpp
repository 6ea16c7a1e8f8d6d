#include "rules/cel/libraries.hpp"

namespace lockgate::cel {

std::span<const Signature> signatures() {
  using K = Kind;
  static const std::vector<Signature> table = [] {
    std::vector<Signature> all;
    for (K k : {K::integer, K::uinteger, K::real}) {
      all.push_back({"+", Fn::add, false, {k, k}, k});
      all.push_back({"-", Fn::subtract, false, {k, k}, k});
      all.push_back({"*", Fn::multiply, false, {k, k}, k});
      all.push_back({"/", Fn::divide, false, {k, k}, k});
      if (k != K::real) all.push_back({"%", Fn::modulo, false, {k, k}, k});
      if (k != K::uinteger) all.push_back({"-", Fn::negate, false, {k}, k});
    }
    for (K k : {K::string, K::bytes, K::list}) all.push_back({"+", Fn::add, false, {k, k}, k});
    all.push_back({"+", Fn::add, false, {K::timestamp, K::duration}, K::timestamp});
    all.push_back({"+", Fn::add, false, {K::duration, K::timestamp}, K::timestamp});
    all.push_back({"+", Fn::add, false, {K::duration, K::duration}, K::duration});
    all.push_back({"-", Fn::subtract, false, {K::timestamp, K::timestamp}, K::duration});
    all.push_back({"-", Fn::subtract, false, {K::timestamp, K::duration}, K::timestamp});
    all.push_back({"-", Fn::subtract, false, {K::duration, K::duration}, K::duration});
    all.push_back({"!", Fn::logical_not, false, {K::boolean}, K::boolean});
    all.push_back({"==", Fn::equal, false, {K::dyn, K::dyn}, K::boolean});
    all.push_back({"!=", Fn::not_equal, false, {K::dyn, K::dyn}, K::boolean});
    for (auto [name, fn] : {std::pair{"<", Fn::less},
                            {"<=", Fn::less_equal},
                            {">", Fn::greater},
                            {">=", Fn::greater_equal}}) {
      for (K k : {K::boolean, K::integer, K::uinteger, K::real, K::string, K::bytes, K::timestamp,
                  K::duration}) {
        all.push_back({name, fn, false, {k, k}, K::boolean});
      }
      for (K a : {K::integer, K::uinteger, K::real}) {
        for (K b : {K::integer, K::uinteger, K::real}) {
          if (a != b) all.push_back({name, fn, false, {a, b}, K::boolean});
        }
      }
    }
    all.push_back({"in", Fn::in, false, {K::dyn, K::list}, K::boolean});
    all.push_back({"in", Fn::in, false, {K::dyn, K::map}, K::boolean});
    for (bool member : {false, true}) {
      for (K k : {K::string, K::bytes, K::list, K::map}) {
        all.push_back({"size", Fn::size, member, {k}, K::integer});
      }
      all.push_back({"matches", Fn::matches, member, {K::string, K::string}, K::boolean});
    }
    for (auto [name, fn] : {std::pair{"contains", Fn::contains},
                            {"startsWith", Fn::starts_with},
                            {"endsWith", Fn::ends_with}}) {
      all.push_back({name, fn, true, {K::string, K::string}, K::boolean});
    }
    struct Conversion {
      std::string_view name;
      Fn fn;
      K result;
      std::vector<K> from;
    };
    const std::vector<Conversion> conversions = {
        {"bool", Fn::to_bool, K::boolean, {K::boolean, K::string}},
        {"int",
         Fn::to_int,
         K::integer,
         {K::integer, K::uinteger, K::real, K::string, K::timestamp}},
        {"uint", Fn::to_uint, K::uinteger, {K::uinteger, K::integer, K::real, K::string}},
        {"double", Fn::to_double, K::real, {K::real, K::integer, K::uinteger, K::string}},
        {"string",
         Fn::to_string,
         K::string,
         {K::string, K::boolean, K::integer, K::uinteger, K::real, K::bytes, K::timestamp,
          K::duration, K::ip, K::cidr}},
        {"bytes", Fn::to_bytes, K::bytes, {K::bytes, K::string}},
        {"timestamp", Fn::to_timestamp, K::timestamp, {K::timestamp, K::string, K::integer}},
        {"duration", Fn::to_duration, K::duration, {K::duration, K::string}},
        {"dyn", Fn::to_dyn, K::dyn, {K::dyn}},
        {"type", Fn::type_of, K::type, {K::dyn}},
    };
    for (const Conversion& c : conversions) {
      for (K from : c.from) all.push_back({c.name, c.fn, false, {from}, c.result});
    }
    for (auto [name, fn] : {std::pair{"getFullYear", Fn::full_year},
                            {"getMonth", Fn::month},
                            {"getDate", Fn::date},
                            {"getDayOfMonth", Fn::day_of_month},
                            {"getDayOfWeek", Fn::day_of_week},
                            {"getDayOfYear", Fn::day_of_year},
                            {"getHours", Fn::hours},
                            {"getMinutes", Fn::minutes},
                            {"getSeconds", Fn::seconds},
                            {"getMilliseconds", Fn::milliseconds}}) {
      all.push_back({name, fn, true, {K::timestamp}, K::integer});
      all.push_back({name, fn, true, {K::timestamp, K::string}, K::integer});
      if (fn >= Fn::hours) all.push_back({name, fn, true, {K::duration}, K::integer});
    }
    for (const Signature& signature : optional_signatures()) all.push_back(signature);
    add_string_signatures(all);
    add_math_signatures(all);
    add_list_signatures(all);
    add_set_signatures(all);
    add_encoder_signatures(all);
    add_network_signatures(all);
    return all;
  }();
  return table;
}

std::string_view written(Fn fn) {
  for (const Signature& signature : signatures()) {
    if (signature.fn == fn) return signature.name;
  }
  return "?";
}

}  // namespace lockgate::cel
