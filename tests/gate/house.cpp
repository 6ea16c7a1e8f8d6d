#include "tests/gate/house.hpp"

#include <future>

#include <gtest/gtest.h>

#include "plugin/gate/own.hpp"
#include "plugin/record/commitment.hpp"
#include "plugin/record/entries.hpp"
#include "tests/support/plain_adapter.hpp"

namespace lockgate::test {
namespace {

constexpr const char* kRules = R"(
roles = ["Data Protection Officer", "Section 151 Officer", "Proposer"]

[[fact]]
name = "people.participants"
type = "int"
meaning = "people who take part"
question = "How many people take part?"
default = 0
min = 0

[[fact]]
name = "people.diagnosis"
type = "string"
meaning = "what they suffer from"
question = "What do they suffer from?"
default = "nothing"
sensitive = true

[[fact]]
name = "data.personal"
type = "bool"
meaning = "personal data is used"
question = "Is personal data used?"
default = false

[[fact]]
name = "data.consent"
type = "bool"
meaning = "people have agreed"
question = "Have people agreed?"

[[fact]]
name = "place.public"
type = "bool"
meaning = "in a public place"
question = "Is it in a public place?"
default = false
always_ask = true

[[fact]]
name = "money.cost"
type = "money"
meaning = "what it costs"
question = "What does it cost?"
default = 0

[[fact]]
name = "gov.members_present"
type = "int"
meaning = "members who voted"
question = "How many members voted?"
default = 0
from = "lockgate"

[[fact]]
name = "gov.members_total"
type = "int"
meaning = "seats"
question = "How many seats are there?"
default = 0
from = "lockgate"

[[fact]]
name = "gov.vote"
type = "enum"
values = ["none", "carried", "tied", "lost"]
meaning = "result"
question = "What came of the vote?"
default = "none"
from = "lockgate"

[[fact]]
name = "gov.conflict"
type = "enum"
values = ["none", "declared_withdrew", "declared_stayed", "undeclared"]
meaning = "interests"
question = "Did anybody declare an interest?"
default = "none"
from = "lockgate"

[[expression]]
name = "calc.ill"
meaning = "somebody is ill"
is = 'people.diagnosis != "nothing"'

[[rule]]
id = "aa-01"
question = "Do more than ten people take part?"
when = 'people.participants > 10'
at = { submit = "refer" }
to = "Data Protection Officer"
say = "Many people take part."
basis = "our default"
source = ["us"]
checked_on = 2026-11-23
review_by = 2027-11-23

[[rule]]
id = "aa-02"
question = "Do more than a thousand people take part?"
when = 'people.participants > 1000'
at = { submit = "block" }
to = "Proposer"
say = "Too many people take part."
basis = "our default"
source = ["us"]
checked_on = 2026-11-23
review_by = 2027-11-23

[[rule]]
id = "aa-03"
question = "Is personal data used without consent?"
when = 'data.personal && !data.consent'
at = { submit = "condition" }
to = "Proposer"
say = "Ask for consent."
basis = "our default"
source = ["us"]
checked_on = 2026-11-23
review_by = 2027-11-23

[[rule]]
id = "aa-04"
question = "Is somebody ill?"
when = 'calc.ill && people.diagnosis != "a cold"'
at = { submit = "condition", decide = "condition" }
to = "Data Protection Officer"
say = "Take care."
basis = "our default"
source = ["us"]
checked_on = 2026-11-23
review_by = 2027-11-23

[[rule]]
id = "aa-05"
question = "Were fewer than two members there?"
when = 'gov.members_present < 2'
at = { decide = "block" }
to = "Proposer"
say = "Too few members were there."
basis = "our default"
source = ["us"]
checked_on = 2026-11-23
review_by = 2027-11-23

[[rule]]
id = "aa-06"
question = "Does it cost more than a thousand pounds?"
when = 'money.cost > 1000.0'
at = { submit = "refer" }
to = "Section 151 Officer"
say = "It is dear."
basis = "our default"
source = ["us"]
checked_on = 2026-11-23
review_by = 2027-11-23

[[rule]]
id = "aa-07"
question = "Is it in a public place?"
when = 'place.public'
at = { submit = "condition" }
to = "Proposer"
say = "Put up a sign."
basis = "our default"
source = ["us"]
checked_on = 2026-11-23
review_by = 2027-11-23

[[rule]]
id = "aa-08"
question = "Did the board agree to more than five hundred people?"
when = 'people.participants > 500 && gov.vote == "carried"'
at = { decide = "refer" }
to = "Section 151 Officer"
say = "So many people are dear."
basis = "our default"
source = ["us"]
checked_on = 2026-11-23
review_by = 2027-11-23
)";

gate::BoardSettings panel() {
  return {
      .id = {"panel"},
      .name = "Panel",
      .quorum = 2,
      .deadline_days = 5,
      .seats = {
          {.id = {"dpo"}, .name = "DPO", .member = {"ann"}, .roles = {"Data Protection Officer"}},
          {.id = {"two"}, .name = "Two", .member = {"bo"}, .roles = {}},
          {.id = {"three"}, .name = "Three", .member = {"cy"}, .roles = {}}}};
}

gate::BoardSettings treasury() {
  return {.id = {"treasury"},
          .name = "Treasury",
          .quorum = 1,
          .deadline_days = 5,
          .seats = {
              {.id = {"s151"}, .name = "S151", .member = {"dee"}, .roles = {"Section 151 Officer"}},
              {.id = {"deputy"}, .name = "Deputy", .member = {"ed"}, .roles = {}}}};
}

}  // namespace

std::shared_ptr<const rules::RuleSet> house_rules() {
  const rules::Loaded loaded = rules::load({{"packs/house.toml", kRules}});
  for (const rules::Issue& issue : loaded.issues) {
    ADD_FAILURE() << issue.line << ": " << issue.message;
  }
  return loaded.rules;
}

House::House(TestDatabase::Kind kind)
    : place_of_database(kind, folder),
      rules(house_rules()),
      key(record::SigningKey::generate("test.example/house", random)) {
  council.boards = {panel(), treasury()};
  const auto adapter = std::make_shared<PlainAdapter>();
  for (const char* id : {"casework", "highways"}) {
    sources.push_back({.id = {id}, .organisation = "Council", .adapter = adapter});
  }
  sources.push_back(
      {.id = {"quiet"}, .organisation = "Council", .adapter = std::make_shared<PlainAdapter>("")});
  open();
  std::vector<std::pair<std::string, std::string>> files;
  const auto set = rules.load();
  for (const auto& file : set->files()) files.emplace_back(file.path, file.bytes);
  EXPECT_TRUE(database->keep_rule_set(
      set->hash(), files, record::rule_set_entry(set->hash(), clock.now()), clock.now()));
  for (const char* login : {"ann", "bo", "cy", "dee", "ed"}) {
    const Text name = record::make_text(random, std::string("The name of ") + login);
    const Text alias = record::make_text(random, std::string(login) + "@council.example");
    const Member member{.login = {login}, .name = name.id, .aliases = {alias.id}};
    EXPECT_TRUE(database->save_member(member, {name, alias},
                                      record::member_entry(member, clock.now()), clock.now()));
  }
}

House::~House() {
  if (workers) workers->stop();
  database.reset();  // the last commits are done before the gatekeeper goes
}

void House::open() {
  auto opened = store::open(place_of_database.url(), {.sessions = 12});
  if (!opened) {
    ADD_FAILURE() << opened.error().message;
    return;
  }
  database = std::move(*opened);
  store = std::make_unique<FaultyStore>(*database);
  workers = std::make_unique<net::Workers>(4, 1000);
  gatekeeper = make(*store, *database);
}

std::unique_ptr<gate::Gatekeeper> House::make(Store& from, BoardStore& board) {
  return gate::make_gatekeeper(
      {.store = from,
       .board = board,
       .rules = rules,
       .council = council,
       .public_url = "https://lockgate.example",
       .clock = clock,
       .random = random,
       .log = log,
       .post = [this](std::function<void()> job) { return workers->post(std::move(job)); },
       .promised = [] {},
       .recorded = [] {}});
}

House::Second House::second() {
  auto opened = store::open(place_of_database.url(), {.sessions = 12});
  EXPECT_TRUE(opened) << opened.error().message;
  Second second{.database = std::move(*opened), .gatekeeper = {}};
  second.gatekeeper = make(*second.database, *second.database);
  return second;
}

void House::restart() {
  workers->stop();
  database.reset();
  open();
}

gate::Source& House::source(const std::string& id) {
  return *std::find_if(sources.begin(), sources.end(),
                       [&](const gate::Source& each) { return each.id.text == id; });
}

Result<Reply> House::deliver(const Message& message, const std::string& from) {
  return deliver_at(*gatekeeper, message, from);
}

Result<Reply> House::deliver_at(gate::Gatekeeper& at, const Message& message,
                                const std::string& from) {
  std::promise<Result<Reply>> answered;
  at.receive(source(from),
             {.source = {from},
              .headers = {{"message", message.id}, {"secret", message.secret}},
              .body = message.body(),
              .received_at = clock.now()},
             [&](Result<Reply> reply) { answered.set_value(std::move(reply)); });
  return answered.get_future().get();
}

Prototype House::prototype(const std::string& key_, const std::string& from) {
  const auto found = database->load(gate::prototype_id({{from}, key_}));
  EXPECT_TRUE(found) << found.error().message;
  return found.value_or(Prototype{});
}

Prototype House::refer(const std::string& more) {
  const auto reply =
      deliver({.id = "msg_refer", .facts = R"({"people.participants":11})", .more = more});
  EXPECT_TRUE(reply) << reply.error().message;
  if (reply) {
    EXPECT_EQ(reply->status, 202u);
  }
  return prototype();
}

Result<Prototype> House::vote(const std::string& member, Choice choice, const std::string& key_) {
  return vote_at(*gatekeeper, member, choice, key_);
}

Result<Prototype> House::vote_at(gate::Gatekeeper& at, const std::string& member, Choice choice,
                                 const std::string& key_) {
  const Prototype now = prototype(key_);
  for (const Ballot& ballot : now.ballots) {
    const auto& seats = ballot.terms.seats;
    const bool has_seat = std::any_of(seats.begin(), seats.end(),
                                      [&](const Seat& seat) { return seat.member.text == member; });
    if (!has_seat || ballot.state != BallotState::open) continue;
    gate::VoteForm form{.ballot = ballot.id,
                        .seen = now.check->id,
                        .choice = choice,
                        .reasons = "because " + member + " says so",
                        .note = {},
                        .conditions = {},
                        .not_mine = true};
    if (choice == Choice::yes_with_conditions) form.conditions = {"Take care of " + member + "."};
    return at.vote(now.id, {member}, form);
  }
  return fail(Errc::not_found, "no open ballot");
}

std::string House::place() {
  while (*database->place_entries(1000, gate::placing(key)) > 0) {
  }
  return database->ledger_head()->checkpoint;
}

gate::AuditReport House::audit(const std::optional<std::string>& earlier) {
  auto report = gate::verify(*database, key.verifier(), earlier);
  EXPECT_TRUE(report) << report.error().message;
  return report ? *std::move(report) : gate::AuditReport{};
}

std::vector<House::Hit> House::hits() {
  const std::lock_guard lock(mutex_);
  return hits_;
}

std::unique_ptr<gate::Outbox> House::outbox() {
  return std::make_unique<gate::Outbox>(gate::Outbox::Parts{
      .store = *store,
      .gatekeeper = *gatekeeper,
      .sources = sources,
      .clock = clock,
      .random = random,
      .log = log,
      .send =
          [this](const OutboundRequest& request, const gate::Source&) {
            {
              const std::lock_guard lock(mutex_);
              hits_.push_back({request.headers.at(0).second, request.headers.at(1).second,
                               request.url, request.body});
            }
            return answer ? answer(request) : gate::Sent{.status = 200};
          },
      .public_url = "https://lockgate.example"});
}

}  // namespace lockgate::test
