#include "plugin/web/sessions.hpp"

#include <array>

#include "plugin/record/digest.hpp"
#include "plugin/web/form_controls.hpp"

namespace lockgate::web {
namespace {

// How old `seen_at` may be before it is written again.
constexpr std::chrono::minutes kSeenStep{1};

}  // namespace

Html csrf_field(const SignedIn& me) { return hidden_field("csrf", me.csrf); }

std::string random_value(Random& random) {
  std::array<std::byte, 16> bytes{};
  random.fill(bytes);
  return record::to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Sessions::Sessions(Store& store, BoardStore& board, const Clock& clock, Random& random,
                   SessionCookie cookie)
    : store_(store), board_(board), clock_(clock), random_(random), cookie_(std::move(cookie)) {}

Result<SignedIn> Sessions::find(const net::Request& request) {
  const auto value = cookie_.read(request);
  if (!value) return fail(Errc::not_found, "there is no session");
  const std::string id_hash = record::sha256_hex(*value);
  LOCKGATE_TRY(const Session session, board_.session(id_hash));
  const UtcTime now = clock_.now();
  if (now - session.seen_at >= kIdleTime || now - session.created_at >= kLongestSession) {
    LOCKGATE_CHECK(board_.end_session(id_hash));
    return fail(Errc::not_found, "the session is over");
  }
  LOCKGATE_TRY(const Member member, board_.member(session.member));
  LOCKGATE_TRY(std::string name, name_of(member));
  if (now - session.seen_at >= kSeenStep) LOCKGATE_CHECK(board_.touch_session(id_hash, now));
  return SignedIn{
      .member = member.login, .name = std::move(name), .admin = member.admin, .csrf = session.csrf};
}

Result<std::string> Sessions::name_of(const Member& member) {
  LOCKGATE_TRY(const std::vector<Text> texts, store_.texts({member.name}));
  return texts.empty() ? member.login.text : texts.front().text;
}

Result<std::string> Sessions::begin(const net::Request& request, const MemberId& member) {
  if (const auto before = cookie_.read(request)) {
    LOCKGATE_CHECK(board_.end_session(record::sha256_hex(*before)));
  }
  const std::string value = random_value(random_);
  const UtcTime now = clock_.now();
  LOCKGATE_CHECK(board_.add_session({.id_hash = record::sha256_hex(value),
                                     .member = member,
                                     .csrf = random_value(random_),
                                     .created_at = now,
                                     .seen_at = now}));
  return cookie_.set(value);
}

Result<std::string> Sessions::end(const net::Request& request) {
  if (const auto value = cookie_.read(request)) {
    LOCKGATE_CHECK(board_.end_session(record::sha256_hex(*value)));
  }
  return cookie_.clear();
}

}  // namespace lockgate::web
