#include "rules/format_order.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace lockgate::rules {
namespace {

using Kind = WrittenLine::Kind;

std::size_t rank(const WrittenLine& line, FilePart part) {
  std::string_view first = segments(line.name).front();
  if (first.size() >= 2 && (first.front() == '"' || first.front() == '\'')) {
    first = first.substr(1, first.size() - 2);
  }
  const std::span<const Key> keys = keys_of(part);
  const auto found =
      std::find_if(keys.begin(), keys.end(), [first](const Key& key) { return key.name == first; });
  return static_cast<std::size_t>(found - keys.begin());
}

class Sorter {
 public:
  explicit Sorter(FilePart part) : part_(part) {}

  std::vector<WrittenLine> run(std::vector<WrittenLine> body) {
    for (WrittenLine& line : body) {
      if (line.kind == Kind::blank) {
        if (comments_.empty()) {
          blank_ = true;
        } else {
          place_comments();
          lines_.push_back({});
          blank_ = false;
        }
      } else if (line.kind == Kind::comment) {
        comments_.push_back(std::move(line));
      } else {
        keys_.push_back({rank(line, part_), std::exchange(comments_, {}), std::move(line)});
        blank_ = false;
      }
    }
    place_keys();
    std::move(comments_.begin(), comments_.end(), std::back_inserter(lines_));
    return std::move(lines_);
  }

 private:
  struct Entry {
    std::size_t rank = 0;
    std::vector<WrittenLine> above;
    WrittenLine key;
  };

  void place_keys() {
    std::stable_sort(keys_.begin(), keys_.end(),
                     [](const Entry& a, const Entry& b) { return a.rank < b.rank; });
    for (Entry& entry : keys_) {
      std::move(entry.above.begin(), entry.above.end(), std::back_inserter(lines_));
      lines_.push_back(std::move(entry.key));
    }
    keys_.clear();
  }

  void place_comments() {
    place_keys();
    const bool apart = blank_ && !lines_.empty() && lines_.back().kind != Kind::blank;
    if (apart) lines_.push_back({});
    std::move(comments_.begin(), comments_.end(), std::back_inserter(lines_));
    comments_.clear();
  }

  FilePart part_;
  std::vector<Entry> keys_;            // since the last comment that stays
  std::vector<WrittenLine> comments_;  // since the last key or blank line
  std::vector<WrittenLine> lines_;
  bool blank_ = false;  // a line was, before those comments
};

}  // namespace

std::optional<FilePart> part_of(const WrittenLine& header) {
  static constexpr std::pair<std::string_view, FilePart> kParts[] = {
      {"fact", FilePart::fact},
      {"setting", FilePart::setting},
      {"expression", FilePart::expression},
      {"table", FilePart::table},
      {"rule", FilePart::rule},
      {"switch_off", FilePart::switch_off},
      {"test", FilePart::test},
  };
  if (!header.array) return std::nullopt;
  for (const auto& [name, part] : kParts) {
    if (header.name == name) return part;
  }
  return std::nullopt;
}

std::vector<WrittenLine> in_order(std::vector<WrittenLine> body, FilePart part) {
  return Sorter(part).run(std::move(body));
}

}  // namespace lockgate::rules
