#include <set>

#include "rules/cel/functions.hpp"
#include "rules/fact_value.hpp"

namespace lockgate::rules {
namespace {

constexpr std::size_t kMostKept = 64 * 1024;  // bytes, about
constexpr std::size_t kDeepestKept = 16;      // lists and maps within each other

// Makes a value that a condition looked at into one that is kept with the check.
class Keeping {
 public:
  explicit Keeping(const cel::Value& value) { kept_ = keep(value, 0); }
  FactValue take() && { return whole_ ? std::move(kept_) : FactValue(); }

 private:
  // Parts that a value shares are written out each time, so it is counted what is written.
  FactValue keep(const cel::Value& value, std::size_t depth) {
    const std::size_t size = 16 + (value.is(cel::Kind::string) ? value.as_string().size() : 0);
    whole_ = whole_ && depth <= kDeepestKept && size <= left_;
    if (!whole_) return {};
    left_ -= size;
    switch (value.kind()) {
      case cel::Kind::boolean:
        return value.as_bool();
      case cel::Kind::integer:
        return value.as_int();
      case cel::Kind::uinteger:
        return value.as_uint();
      case cel::Kind::real:
        return value.as_double();
      case cel::Kind::string:
        return std::string(value.as_string());
      case cel::Kind::timestamp:
      case cel::Kind::duration:
        return cel::to_text(value);
      case cel::Kind::list:
        return list(value.as_list(), depth);
      case cel::Kind::map:
        return map(value.as_map(), depth);
      default:
        return {};
    }
  }

  FactValue list(std::span<const cel::Value> elements, std::size_t depth) {
    FactList list;
    for (const cel::Value& each : elements) {
      list.push_back(keep(each, depth + 1));
      if (!whole_) break;
    }
    return list;
  }

  FactValue map(const cel::Map& of, std::size_t depth) {
    FactMap map;
    std::set<std::string> names;
    for (const auto& [key, each] : of.entries()) {
      std::string name =
          key.is(cel::Kind::string) ? std::string(key.as_string()) : cel::to_text(key);
      whole_ = whole_ && name.size() <= left_ && names.insert(name).second;  // not 1 and "1"
      if (!whole_) break;
      left_ -= name.size();
      map.emplace_back(std::move(name), keep(each, depth + 1));
    }
    return map;
  }

  std::size_t left_ = kMostKept;
  bool whole_ = true;
  FactValue kept_;
};

}  // namespace

FactValue from_cel(const cel::Value& value) { return Keeping(value).take(); }

}  // namespace lockgate::rules
