#include <algorithm>
#include <map>

#include "plugin/app/config_parts.hpp"

namespace lockgate::app {
namespace {

using rules::Issue;

// Every role of the list, with its place.
void keep_roles(const toml::node* list, const rules::TomlText& text, Config& config) {
  const toml::array* roles = list ? list->as_array() : nullptr;
  if (!roles) return;
  for (const toml::node& each : *roles) {
    const auto name = each.value_exact<std::string>();
    if (name) config.roles.push_back({*name, text.issue(each.source(), "LG400", {})});
  }
}

}  // namespace

void read_board(const ConfigFile& file, Config& config, std::vector<Issue>& issues) {
  rules::TomlReader reader(file.text.table(), file.text, "", issues);
  reader.expect({"name", "quorum", "deadline_days", "seat"});
  gate::BoardSettings board{
      .id = {file.stem}, .name = reader.required_text("name"), .quorum = 1, .seats = {}};
  board.quorum = static_cast<int>(reader.number("quorum", 1, 100).value_or(board.quorum));
  board.deadline_days =
      static_cast<int>(reader.number("deadline_days", 1, 365).value_or(board.deadline_days));

  std::map<std::string, std::string> holder;
  for (const toml::table* each : reader.tables("seat")) {
    rules::TomlReader seat(*each, file.text, " in `[[seat]]`", issues);
    seat.expect({"id", "name", "member", "roles", "required", "veto"});
    gate::SeatSettings settings{.id = {seat.required_text("id")},
                                .name = seat.required_text("name"),
                                .member = {seat.required_text("member")},
                                .roles = seat.texts("roles"),
                                .required = seat.boolean("required").value_or(false),
                                .veto = seat.boolean("veto").value_or(false)};
    keep_roles(seat.node("roles"), file.text, config);
    if (std::any_of(board.seats.begin(), board.seats.end(),
                    [&](const gate::SeatSettings& other) { return other.id == settings.id; })) {
      seat.complain("id", "there are two seats `" + settings.id.text + "` on this board");
    }
    const std::string& member = settings.member.text;
    if (!member.empty() && !is_login(member)) {
      seat.complain("member", "`" + member + "` cannot be the login of a member",
                    "a login has 1 to 64 characters: small letters, digits, . - _ or @");
    }
    const auto [first, fresh] = holder.try_emplace(member, settings.id.text);
    if (!fresh && !member.empty()) {
      seat.complain(
          "member",
          "`" + member + "` holds the seat `" + first->second + "` already: one member, one vote",
          "give one seat all the roles instead");
    }
    board.seats.push_back(std::move(settings));
  }
  if (board.seats.empty()) {
    reader.complain("seat", "a board needs at least one `[[seat]]`");
  } else if (board.quorum > static_cast<int>(board.seats.size())) {
    reader.complain("quorum", "`quorum` is larger than the number of seats, " +
                                  std::to_string(board.seats.size()));
  }
  config.council.boards.push_back(std::move(board));
}

}  // namespace lockgate::app
