// What pages read, and accounts.

#include <sstream>

#include "plugin/record/digest.hpp"
#include "plugin/record/json_codec.hpp"
#include "plugin/store/commit_rows.hpp"
#include "plugin/store/soci_database.hpp"

namespace lockgate::store {
namespace {

using soci::into;
using soci::use;

// TextIds hold no spaces.
std::string joined(const std::vector<TextId>& ids) {
  std::string text;
  for (const TextId& id : ids) text += (text.empty() ? "" : " ") + id.text;
  return text;
}

std::vector<TextId> parted(const std::string& text) {
  std::vector<TextId> ids;
  std::istringstream words(text);
  for (std::string word; words >> word;) ids.push_back(TextId{word});
  return ids;
}

}  // namespace

Result<std::vector<Prototype>> SociDatabase::with_open_ballot(const MemberId& member) {
  return read([&](Connection& connection) -> Result<std::vector<Prototype>> {
    std::vector<Prototype> found;
    std::string state;
    Rows rows = connection.query(
        "SELECT p.state FROM prototypes p JOIN (SELECT prototype, MIN(closes_at) AS closes FROM"
        " open_seats WHERE member = :member GROUP BY prototype) s ON s.prototype = p.id"
        " ORDER BY s.closes, p.id LIMIT 200",
        use(member.text), into(state));
    while (rows.next()) {
      LOCKGATE_TRY(found.emplace_back(), record::prototype_from_json(state));
    }
    return found;
  });
}

Result<std::vector<PrototypeRow>> SociDatabase::prototypes(int most, int skip) {
  return read([&](Connection& connection) -> Result<std::vector<PrototypeRow>> {
    std::vector<PrototypeRow> found;
    std::string state;
    Rows rows = connection.query(
        "SELECT state FROM prototypes ORDER BY number DESC LIMIT :most OFFSET :skip", use(most),
        use(skip), into(state));
    while (rows.next()) {
      LOCKGATE_TRY(const Prototype one, record::prototype_from_json(state));
      PrototypeRow row;
      row.number = one.number;
      row.title = one.title;
      row.stage = one.stage;
      row.gate = one.gate;
      if (one.check) row.verdict = one.check->verdict;
      if (one.decision) row.outcome = one.decision->outcome;
      row.updated_at = one.updated_at;
      found.push_back(std::move(row));
    }
    return found;
  });
}

Result<std::int64_t> SociDatabase::prototype_count() {
  return read([&](Connection& connection) -> Result<std::int64_t> {
    std::int64_t count = 0;
    connection.run("SELECT COUNT(*) FROM prototypes", into(count));
    return count;
  });
}

Result<Member> SociDatabase::member(const MemberId& login) {
  return read([&](Connection& connection) -> Result<Member> {
    Member found{.login = login};
    std::string aliases;
    int admin = 0;
    if (!connection.run("SELECT name, aliases, password, admin FROM members WHERE login = :login",
                        use(login.text), into(found.name.text), into(aliases), into(found.password),
                        into(admin)))
      return fail(Errc::not_found, "there is no such member");
    found.aliases = parted(aliases);
    found.admin = admin == 1;
    return found;
  });
}

std::vector<Member> members_of(Connection& connection) {
  std::vector<Member> found;
  Member one;
  std::string aliases;
  int admin = 0;
  Rows rows = connection.query(
      "SELECT login, name, aliases, password, admin FROM members ORDER BY login",
      into(one.login.text), into(one.name.text), into(aliases), into(one.password), into(admin));
  while (rows.next()) {
    one.aliases = parted(aliases);
    one.admin = admin == 1;
    found.push_back(one);
  }
  return found;
}

Result<std::vector<Member>> SociDatabase::members() {
  return read([&](Connection& connection) -> Result<std::vector<Member>> {
    return members_of(connection);
  });
}

Result<void> SociDatabase::save_member(const Member& member, const std::vector<Text>& texts,
                                       const Entry& entry, UtcTime at) {
  return write([&](Connection& connection) -> Result<void> {
    const std::string aliases = joined(member.aliases);
    const int admin = member.admin ? 1 : 0;
    connection.run(
        "INSERT INTO members (login, name, aliases, password, admin) VALUES (:login, :name,"
        " :aliases, :password, :admin) ON CONFLICT (login) DO UPDATE SET"
        " name = excluded.name, aliases = excluded.aliases, password = excluded.password,"
        " admin = excluded.admin",
        use(member.login.text), use(member.name.text), use(aliases), use(member.password),
        use(admin));
    insert_texts(connection, texts);
    insert_entry(connection, to_text(at) + " member " + record::sha256_hex(entry.body), entry);
    return {};
  });
}

Result<void> SociDatabase::set_password(const MemberId& login, const std::string& encoded) {
  return write([&](Connection& connection) -> Result<void> {
    if (connection.change("UPDATE members SET password = :password WHERE login = :login",
                          use(encoded), use(login.text)) == 0)
      return fail(Errc::not_found, "there is no such member");
    connection.run("DELETE FROM sessions WHERE member = :member", use(login.text));
    return {};
  });
}

Result<void> SociDatabase::add_session(const Session& added) {
  return write([&](Connection& connection) -> Result<void> {
    const std::string created = to_text(added.created_at);
    const std::string seen = to_text(added.seen_at);
    connection.run(
        "INSERT INTO sessions (id_hash, member, csrf, created_at, seen_at) VALUES (:id,"
        " :member, :csrf, :created, :seen)",
        use(added.id_hash), use(added.member.text), use(added.csrf), use(created), use(seen));
    return {};
  });
}

Result<Session> SociDatabase::session(const std::string& id_hash) {
  return read([&](Connection& connection) -> Result<Session> {
    Session found{.id_hash = id_hash};
    std::string created;
    std::string seen;
    if (!connection.run(
            "SELECT member, csrf, created_at, seen_at FROM sessions WHERE id_hash = :id",
            use(id_hash), into(found.member.text), into(found.csrf), into(created), into(seen)))
      return fail(Errc::not_found, "there is no such session");
    found.created_at = stored_time(created);
    found.seen_at = stored_time(seen);
    return found;
  });
}

Result<void> SociDatabase::touch_session(const std::string& id_hash, UtcTime seen_at) {
  return write([&](Connection& connection) -> Result<void> {
    const std::string seen = to_text(seen_at);
    connection.run("UPDATE sessions SET seen_at = :seen WHERE id_hash = :id", use(seen),
                   use(id_hash));
    return {};
  });
}

Result<void> SociDatabase::end_session(const std::string& id_hash) {
  return write([&](Connection& connection) -> Result<void> {
    connection.run("DELETE FROM sessions WHERE id_hash = :id", use(id_hash));
    return {};
  });
}

Result<void> SociDatabase::end_sessions_before(UtcTime created, UtcTime seen) {
  return write([&](Connection& connection) -> Result<void> {
    const std::string oldest = to_text(created);
    const std::string idle = to_text(seen);
    connection.run("DELETE FROM sessions WHERE created_at < :created OR seen_at < :seen",
                   use(oldest), use(idle));
    return {};
  });
}

Result<void> SociDatabase::add_link(const std::string& token_hash, const MemberId& member,
                                    UtcTime at) {
  return write([&](Connection& connection) -> Result<void> {
    const std::string when = to_text(at);
    connection.run("INSERT INTO links (token_hash, member, at) VALUES (:token, :member, :at)",
                   use(token_hash), use(member.text), use(when));
    return {};
  });
}

Result<MemberId> SociDatabase::link(const std::string& token_hash, UtcTime not_before) {
  return read([&](Connection& connection) -> Result<MemberId> {
    const std::string oldest = to_text(not_before);
    MemberId member;
    if (!connection.run("SELECT member FROM links WHERE token_hash = :token AND at >= :oldest",
                        use(token_hash), use(oldest), into(member.text)))
      return fail(Errc::not_found, "there is no such link");
    return member;
  });
}

Result<MemberId> SociDatabase::take_link(const std::string& token_hash, UtcTime not_before) {
  return write([&](Connection& connection) -> Result<MemberId> {
    const std::string oldest = to_text(not_before);
    MemberId member;
    if (!connection.run(
            "DELETE FROM links WHERE token_hash = :token AND at >= :oldest RETURNING member",
            use(token_hash), use(oldest), into(member.text)))
      return fail(Errc::not_found, "there is no such link");
    return member;
  });
}

}  // namespace lockgate::store
