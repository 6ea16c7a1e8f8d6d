#include <iostream>

#include "plugin/app/commands.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/open.hpp"
#include "plugin/app/system.hpp"
#include "plugin/record/canonical.hpp"
#include "plugin/record/commitment.hpp"
#include "plugin/record/entries.hpp"
#include "plugin/web/login.hpp"

namespace lockgate::app {

int member_add(const MemberOptions& options) {
  if (!is_login(options.login)) {
    std::cerr << "lockgate: a login has 1 to 64 characters: small letters, digits, . - _ or @\n";
    return kUsage;
  }
  SystemClock clock;
  SystemRandom random;
  const auto opened = open_place(options.place);
  if (!opened) return opened.error();

  std::vector<Text> texts;
  const auto keep = [&](const std::string& text) {
    texts.push_back(record::make_text(random, text));
    return texts.back().id;
  };
  Member member{.login = {options.login},
                .name = keep(options.name),
                .aliases = {},
                .password = {},
                .admin = options.admin};
  for (const std::string& alias : options.aliases) member.aliases.push_back(keep(alias));
  if (const auto before = opened->database->member(member.login)) {
    member.password = before->password;
  } else if (before.error().code != Errc::not_found) {
    return tell(before.error());
  }
  const UtcTime at = clock.now();
  const auto saved =
      opened->database->save_member(member, texts, record::member_entry(member, at), at);
  if (!saved) return tell(saved.error());
  const auto link = web::make_link(*opened->database, clock, random, member.login);
  if (!link) return tell(link.error());
  std::cout << opened->config.public_url << "/set-password/" << *link << '\n';
  return kFine;
}

}  // namespace lockgate::app
