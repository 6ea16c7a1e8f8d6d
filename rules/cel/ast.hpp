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
  select,       // children[0] . text
  has,          // has(children[0] . text)
  index,        // children[0] [ children[1] ]
  call,         // text(children) or operator `fn`
  member_call,  // children[0] . text(children[1..])
  list,         // children
  map,          // key, value, key, value, ...
  conditional,  // children[0] ? children[1] : children[2]
  all_of,       // children joined by &&
  any_of,       // children joined by ||
  fold,         // a macro over children[0]; text is its variable
};

// children: range, then predicate, result (map) or key (sort_by); filtered map: range, predicate,
// result.
enum class FoldKind : std::uint8_t { all, exists, exists_one, map, filter, sort_by };

struct Node {
  Form form = Form::literal;
  FoldKind fold = FoldKind::all;
  Fn fn = Fn::none;
  bool absolute = false;
  std::uint16_t height = 1;
  std::size_t offset = 0;
  std::size_t length = 1;
  std::string text = {};
  Value value = {};
  std::vector<NodeId> children = {};
};

struct Tree {
  std::vector<Node> nodes;
  NodeId root = 0;
};

}  // namespace lockgate::cel
