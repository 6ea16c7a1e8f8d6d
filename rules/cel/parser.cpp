#include "rules/cel/parser.hpp"

#include <algorithm>
#include <optional>

namespace lockgate::cel {
namespace {

struct Operator {
  std::string_view mark;
  Fn fn;
  int level;
};

constexpr Operator operators[] = {
    {"<", Fn::less, 0},     {"<=", Fn::less_equal, 0},
    {">", Fn::greater, 0},  {">=", Fn::greater_equal, 0},
    {"==", Fn::equal, 0},   {"!=", Fn::not_equal, 0},
    {"in", Fn::in, 0},      {"+", Fn::add, 1},
    {"-", Fn::subtract, 1}, {"*", Fn::multiply, 2},
    {"/", Fn::divide, 2},   {"%", Fn::modulo, 2},
};

class Parser {
 public:
  Parser(std::vector<Lexeme> tokens, const CompileOptions& options)
      : tokens_(std::move(tokens)), options_(options) {}

  tl::expected<Tree, Diagnostic> run() {
    tree_.root = expression();
    if (!mistake_ && here().token != Token::end) unexpected();
    if (mistake_) return tl::unexpected(*mistake_);
    return std::move(tree_);
  }

 private:
  const Lexeme& here() const { return tokens_[at_]; }
  bool is(std::string_view mark) const {
    return (here().token == Token::mark || (mark == "in" && here().token == Token::name)) &&
           here().text == mark;
  }
  bool take(std::string_view mark) {
    if (!is(mark)) return false;
    ++at_;
    return true;
  }

  NodeId fail(Diagnostic mistake) {
    if (!mistake_) mistake_ = std::move(mistake);
    at_ = tokens_.size() - 1;
    return 0;
  }
  NodeId unexpected(std::string help = {}) {
    const Lexeme& token = here();
    if (token.token == Token::end) {
      return fail({token.offset, 1, "the expression ends too early", {}, std::move(help)});
    }
    const std::string shown = token.token == Token::string ? "text" : "`" + token.text + "`";
    return fail(
        {token.offset, token.length, "did not expect " + shown + " here", {}, std::move(help)});
  }
  void expect(std::string_view mark) {
    if (!take(mark)) unexpected("expected `" + std::string(mark) + "`");
  }

  // Adds a node that spans from `from` to the last token read.
  NodeId add(Node node, std::size_t from) {
    const Lexeme& last = tokens_[at_ > 0 ? at_ - 1 : 0];
    node.offset = from;
    node.length = std::max<std::size_t>(last.offset + last.length, from + 1) - from;
    for (NodeId child : node.children) {
      node.height = std::max<std::uint16_t>(node.height, tree_.nodes[child].height + 1);
    }
    if (node.height > max_height)
      return fail({from, 1, "the expression is too deep", {}, "split it into named parts"});
    tree_.nodes.push_back(std::move(node));
    return static_cast<NodeId>(tree_.nodes.size() - 1);
  }

  NodeId expression() {
    if (depth_ > options_.max_depth) {
      return fail(
          {here().offset,
           std::max<std::size_t>(here().length, 1),
           "the expression is nested more than " + std::to_string(options_.max_depth) + " deep",
           {},
           "split it into named parts"});
    }
    ++depth_;
    // a ? b : c ? d : e, gathered in a row and built from the right.
    std::vector<NodeId> parts = {logical("||")};
    std::vector<std::size_t> starts = {start_of(parts[0])};
    while (take("?")) {
      parts.push_back(logical("||"));
      expect(":");
      parts.push_back(logical("||"));
      starts.push_back(start_of(parts.back()));
    }
    --depth_;
    NodeId result = parts.back();
    for (std::size_t i = parts.size(); i >= 3 && !mistake_; i -= 2) {
      Node node{.form = Form::conditional, .children = {parts[i - 3], parts[i - 2], result}};
      result = add(std::move(node), starts[(i - 3) / 2]);
    }
    return mistake_ ? 0 : result;
  }

  std::size_t start_of(NodeId id) const { return mistake_ ? 0 : tree_.nodes[id].offset; }

  NodeId logical(std::string_view mark) {
    const bool any = mark == "||";
    const std::size_t from = here().offset;
    Node node{.form = any ? Form::any_of : Form::all_of};
    do {
      node.children.push_back(any ? logical("&&") : binary(0));
    } while (take(mark));
    if (mistake_) return 0;
    return node.children.size() == 1 ? node.children[0] : add(std::move(node), from);
  }

  NodeId binary(int level) {
    if (level == 3) return unary();
    const std::size_t from = here().offset;
    NodeId left = binary(level + 1);
    while (!mistake_) {
      const auto found =
          std::find_if(std::begin(operators), std::end(operators),
                       [&](const Operator& o) { return o.level == level && is(o.mark); });
      if (found == std::end(operators)) break;
      ++at_;
      const NodeId right = binary(level + 1);
      if (mistake_) break;
      left = add({.form = Form::call,
                  .fn = found->fn,
                  .text = std::string(found->mark),
                  .children = {left, right}},
                 from);
    }
    return left;
  }

  NodeId unary() {
    const std::size_t from = here().offset;
    const std::string mark = is("-") ? "-" : "!";
    std::size_t count = 0;
    while (take(mark)) ++count;
    const Token token = here().token;
    const bool negative =
        mark == "-" && count > 0 && (token == Token::integer || token == Token::real);
    if (negative) --count;
    NodeId operand = member(negative);
    for (; count > 0 && !mistake_; --count) {
      operand = add({.form = Form::call,
                     .fn = mark == "-" ? Fn::negate : Fn::logical_not,
                     .text = mark,
                     .children = {operand}},
                    from);
    }
    return operand;
  }

  NodeId member(bool negative) {
    const std::size_t from = here().offset;
    NodeId operand = primary(negative);
    while (!mistake_) {
      if (take(".")) {
        const bool optional = take("?");
        const Lexeme name = here();
        const bool keyword = name.token == Token::name && is_keyword(name.text);
        if ((name.token != Token::name && name.token != Token::quoted_name) || keyword) {
          return unexpected("expected a name after the dot");
        }
        ++at_;
        if (optional && is("(")) return unexpected("only a field can be optional: write a.?b.c()");
        if (name.token == Token::name && take("(")) {
          std::vector<NodeId> children = arguments(")");
          children.insert(children.begin(), operand);
          operand =
              call({.form = Form::member_call, .text = name.text, .children = std::move(children)},
                   from);
        } else {
          operand = add({.form = Form::select,
                         .optional = optional,
                         .text = name.text,
                         .children = {operand}},
                        from);
        }
      } else if (take("[")) {
        const bool optional = take("?");
        const NodeId index = expression();
        expect("]");
        if (mistake_) return 0;
        operand =
            add({.form = Form::index, .optional = optional, .children = {operand, index}}, from);
      } else {
        return operand;
      }
    }
    return 0;
  }

  static bool is_keyword(std::string_view name) {
    return name == "in" || name == "true" || name == "false" || name == "null";
  }

  NodeId call(Node node, std::size_t from) {
    if (mistake_) return 0;
    const NodeId id = add(std::move(node), from);
    Diagnostic mistake;
    if (!mistake_ && options_.macros && !expand_macro(tree_, id, mistake)) return fail(mistake);
    return id;
  }

  // Expressions up to `close`; a comma may follow the last one in a list only.
  std::vector<NodeId> arguments(std::string_view close) {
    std::vector<NodeId> found;
    while (!mistake_ && !take(close)) {
      found.push_back(close == "]" ? element() : expression());
      if (!is(close))
        expect(",");
      else
        continue;
      if (is(close) && close == ")") unexpected();
    }
    return found;
  }

  NodeId element() {
    const std::size_t from = here().offset;
    const bool optional = take("?");
    return entry(from, optional);
  }

  // An element or a value; `from` is where its `?` stands, if it has one.
  NodeId entry(std::size_t from, bool optional) {
    const NodeId content = expression();
    if (mistake_ || !optional) return content;
    return add({.form = Form::entry, .children = {content}}, from);
  }

  NodeId primary(bool negative) {
    const Lexeme token = here();
    const std::size_t from = token.offset;
    switch (token.token) {
      case Token::integer:
      case Token::uinteger:
      case Token::real:
        return number(negative);
      case Token::string:
        return literal(Value::string(token.text));
      case Token::bytes:
        return literal(Value::bytes(token.text));
      case Token::name:
        if (token.text == "true" || token.text == "false") {
          return literal(Value::boolean(token.text == "true"));
        }
        if (token.text == "null") return literal(Value::null());
        return name(false);
      default:
        break;
    }
    if (take("(")) {
      const NodeId inner = expression();
      expect(")");
      return inner;
    }
    if (take("[")) {
      std::vector<NodeId> elements = arguments("]");
      return mistake_ ? 0 : add({.form = Form::list, .children = std::move(elements)}, from);
    }
    if (take("{")) return entries(from);
    if (take(".")) return here().token == Token::name ? name(true) : unexpected();
    return unexpected();
  }

  NodeId name(bool absolute) {
    const Lexeme token = here();
    if (is_reserved(token.text)) {
      return fail({token.offset,
                   token.length,
                   "`" + token.text + "` is a reserved word",
                   {},
                   "choose another name"});
    }
    ++at_;
    if (take("(")) {
      std::vector<NodeId> children = arguments(")");
      return call({.form = Form::call,
                   .absolute = absolute,
                   .text = token.text,
                   .children = std::move(children)},
                  token.offset);
    }
    return add({.form = Form::name, .absolute = absolute, .text = token.text}, token.offset);
  }

  NodeId entries(std::size_t from) {
    Node node{.form = Form::map};
    while (!mistake_ && !take("}")) {
      const std::size_t start = here().offset;
      const bool optional = take("?");
      node.children.push_back(expression());
      expect(":");
      node.children.push_back(entry(start, optional));
      if (!is("}")) expect(",");
    }
    return mistake_ ? 0 : add(std::move(node), from);
  }

  NodeId literal(Value value) {
    const std::size_t from = here().offset;
    ++at_;
    return add({.form = Form::literal, .value = std::move(value)}, from);
  }

  NodeId number(bool negative) {
    const Lexeme& token = here();
    auto value = number_value(token, negative);
    if (!value) return fail({token.offset, token.length, "the number is too large", {}, {}});
    return literal(*std::move(value));
  }

  std::vector<Lexeme> tokens_;
  const CompileOptions& options_;
  std::size_t at_ = 0;
  int depth_ = 0;
  Tree tree_;
  std::optional<Diagnostic> mistake_;
};

}  // namespace

tl::expected<Tree, Diagnostic> parse(std::string_view source, const CompileOptions& options) {
  if (source.size() > options.max_source && code_points(source) > options.max_source) {
    return tl::unexpected(Diagnostic{
        0,
        1,
        "the expression is longer than " + std::to_string(options.max_source) + " characters",
        {},
        "split it into named parts"});
  }
  if (!valid_utf8(source)) {
    return tl::unexpected(Diagnostic{0, 1, "the expression is not valid UTF-8", {}, {}});
  }
  auto tokens = tokenize(source);
  if (!tokens) return tl::unexpected(std::move(tokens).error());
  return Parser(*std::move(tokens), options).run();
}

}  // namespace lockgate::cel
