#include "rules/format.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "rules/format_order.hpp"
#include "rules/toml_parts.hpp"
#include "rules/toml_text.hpp"

namespace lockgate::rules {
namespace {

using Kind = WrittenLine::Kind;

constexpr std::size_t kWidest = 120;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string without_carriage_returns(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != '\r' || bytes.substr(i + 1, 1) != "\n") text += bytes[i];
  }
  return text;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Without white space around the dots.
std::string joined(std::string_view name) {
  std::string text;
  for (const std::string_view segment : segments(name)) {
    if (!text.empty()) text += '.';
    text += segment;
  }
  return text;
}

// Whether `header` is a table within that of the array `owner`.
bool is_within(const WrittenLine& header, const std::vector<std::string_view>& owner) {
  const std::vector<std::string_view> own = segments(header.name);
  return !owner.empty() && own.size() > owner.size() &&
         std::equal(owner.begin(), owner.end(), own.begin());
}

// The lines in the order in which they are printed; blank lines still as they were,
// but at least one between tables.
std::vector<WrittenLine> arranged(std::vector<WrittenLine> lines) {
  std::vector<WrittenLine> all;
  std::vector<std::string_view> owner;  // the last header with two brackets
  const auto is_header = [](const WrittenLine& line) { return line.kind == Kind::header; };
  const auto is_key = [](const WrittenLine& line) { return line.kind == Kind::key; };
  for (auto at = lines.begin(); at != lines.end();) {
    std::optional<FilePart> part;
    if (is_header(*at)) {
      part = part_of(*at);
      if (at->array) owner = segments(at->name);
      all.push_back(std::move(*at++));
    }
    const auto next = std::find_if(at, lines.end(), is_header);
    auto last = next;
    while (last != at && !is_key(*(last - 1))) --last;
    while (at != last && !all.empty() && at->kind == Kind::blank) ++at;
    std::vector<WrittenLine> body(std::make_move_iterator(at), std::make_move_iterator(last));
    if (part) body = in_order(std::move(body), *part);
    std::move(body.begin(), body.end(), std::back_inserter(all));
    const bool apart =
        std::any_of(last, next, [](const WrittenLine& line) { return line.kind == Kind::blank; });
    if (next != lines.end() && !apart && !is_within(*next, owner)) all.push_back({});
    std::move(last, next, std::back_inserter(all));
    at = next;
  }
  return all;
}

class Printer {
 public:
  std::string run(const std::vector<WrittenLine>& lines) {
    std::size_t blank = 0;
    for (const WrittenLine& line : lines) {
      if (line.kind == Kind::blank) {
        ++blank;
        continue;
      }
      if (!text_.empty()) {
        const std::size_t most = line.kind == Kind::comment ? 2 : 1;
        text_.append(std::min(blank, most), '\n');
      }
      blank = 0;
      print(line);
    }
    return std::move(text_);
  }

 private:
  void print(const WrittenLine& line) {
    if (line.kind == Kind::header) {
      text_ += line.array ? "[[" : "[";
      text_ += joined(line.name);
      text_ += line.array ? "]]" : "]";
    } else if (line.kind == Kind::key) {
      const std::size_t begin = text_.size();
      text_ += joined(line.name) + " = ";
      const std::size_t behind = text_.size();
      print(line.value, 0);
      const std::string_view written = std::string_view(text_).substr(begin);
      if (line.value.kind == WrittenValue::Kind::array && line.value.items.size() > 1 &&
          written.find('\n') == written.npos && characters(written) > kWidest) {
        text_.resize(behind);
        print_broken(line.value, 0);
      }
    }
    print_comment(line.gap, line.comment, line.kind != Kind::comment);
    text_ += '\n';
  }

  void print_comment(std::string_view gap, std::string_view comment, bool behind) {
    if (comment.empty()) return;
    if (behind) text_ += gap.empty() ? std::string_view(" ") : gap;
    text_ += comment;
  }

  void print(const WrittenValue& value, std::size_t indent) {
    const bool table = value.kind == WrittenValue::Kind::table;
    if (value.kind == WrittenValue::Kind::plain) {
      text_ += value.text;
    } else if (value.broken && !table) {
      print_broken(value, indent);
    } else if (value.items.empty()) {
      text_ += table ? "{}" : "[]";
    } else {
      std::string_view before = table ? "{ " : "[";
      for (const WrittenItem& item : value.items) {
        text_ += before;
        if (table) text_ += joined(item.key) + " = ";
        print(item.value, indent);
        before = ", ";
      }
      text_ += table ? " }" : "]";
    }
  }

  // One element a line.
  void print_broken(const WrittenValue& value, std::size_t indent) {
    text_ += '[';
    print_comment(value.gap, value.opening, true);
    const auto is_blank = [](const WrittenItem& item) {
      return item.kind == WrittenItem::Kind::blank;
    };
    auto end = value.items.end();
    while (end != value.items.begin() && is_blank(*(end - 1))) --end;
    if (end == value.items.begin() && value.opening.empty()) {
      text_ += ']';
      return;
    }
    text_ += '\n';
    for (auto item = value.items.begin(); item != end; ++item) {
      if (!is_blank(*item)) {
        text_.append(indent + 2, ' ');
        const bool element = item->kind == WrittenItem::Kind::element;
        if (element) {
          print(item->value, indent + 2);
          text_ += ',';
        }
        print_comment(item->gap, item->comment, element);
      }
      text_ += '\n';
    }
    text_.append(indent, ' ');
    text_ += ']';
  }

  std::string text_;
};

bool same(const toml::node& a, const toml::node& b);

bool same(const toml::table& a, const toml::table& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto&& x, auto&& y) {
    return x.first.str() == y.first.str() && same(x.second, y.second);
  });
}

// Whether they are one value; a number that is none equals itself.
bool same(const toml::node& a, const toml::node& b) {
  if (a.type() != b.type()) return false;
  switch (a.type()) {
    case toml::node_type::table:
      return same(*a.as_table(), *b.as_table());
    case toml::node_type::array:
      return std::equal(a.as_array()->begin(), a.as_array()->end(), b.as_array()->begin(),
                        b.as_array()->end(),
                        [](const toml::node& x, const toml::node& y) { return same(x, y); });
    case toml::node_type::floating_point: {
      const double x = a.ref<double>();
      const double y = b.ref<double>();
      return x == y || (std::isnan(x) && std::isnan(y));
    }
    case toml::node_type::string:
      return a.ref<std::string>() == b.ref<std::string>();
    case toml::node_type::integer:
      return a.ref<std::int64_t>() == b.ref<std::int64_t>();
    case toml::node_type::boolean:
      return a.ref<bool>() == b.ref<bool>();
    case toml::node_type::date:
      return a.ref<toml::date>() == b.ref<toml::date>();
    case toml::node_type::time:
      return a.ref<toml::time>() == b.ref<toml::time>();
    case toml::node_type::date_time:
      return a.ref<toml::date_time>() == b.ref<toml::date_time>();
    case toml::node_type::none:
      break;
  }
  return false;
}

}  // namespace

std::optional<std::string> formatted(const std::string& file, std::string bytes,
                                     std::vector<Issue>& issues) {
  const std::string text = without_carriage_returns(bytes);
  const auto before = TomlText::parse(file, std::move(bytes), issues);
  if (!before) return std::nullopt;
  std::string result = Printer().run(arranged(written_lines(text)));
  const auto after = TomlText::parse(file, result, issues);
  if (!after && issues.back().code == "LG100") return std::nullopt;
  if (!after || !same(before->table(), after->table())) {
    throw std::logic_error("formatting would change what `" + file + "` says; it is as it was");
  }
  return result;
}

}  // namespace lockgate::rules
