// The expression tree: nodes in one vector, children by index.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/cel/functions.hpp"
#include "rules/cel/type.hpp"
#include "rules/cel/value.hpp"

namespace lockgate::cel {

using NodeId = std::uint32_t;

enum class Form : std::uint8_t {
  literal,      // value
  name,         // text; `absolute` if it began with a dot
  select,       // children[0] . text, or .? if `optional`
  has,          // has(children[0] . text)
  index,        // children[0] [ children[1] ], or [? ] if `optional`
  call,         // text(children) or operator `fn`
  member_call,  // children[0] . text(children[1..])
  list,         // children
  map,          // key, value, key, value, ...
  conditional,  // children[0] ? children[1] : children[2]
  all_of,       // children joined by &&
  any_of,       // children joined by ||
  fold,         // a macro over children[0]; text is its variable, `second` its second one
  bind,         // text stands for children[0] within children[1]
  entry,        // children[0] in a list or map, left out of it if that is optional.none()
};

// children: range, then predicate; from `map` on: range, predicate if there is one, result.
enum class FoldKind : std::uint8_t {
  all,
  exists,
  exists_one,
  filter,
  map,
  transform_map,        // the result is a value
  transform_map_entry,  // the result is a map of further entries
  optional_map,         // over the content of an optional
  optional_flat_map,    // the result is an optional
  sort_by,              // the result is the key to sort by
};

struct Node {
  Form form = Form::literal;
  FoldKind fold = FoldKind::all;
  Fn fn = Fn::none;
  bool absolute = false;
  bool optional = false;
  std::uint16_t height = 1;
  std::size_t offset = 0;
  std::size_t length = 1;
  std::string text = {};
  std::string second = {};
  Value value = {};
  std::vector<NodeId> children = {};
};

struct Tree {
  std::vector<Node> nodes;
  NodeId root = 0;
};

}  // namespace lockgate::cel
