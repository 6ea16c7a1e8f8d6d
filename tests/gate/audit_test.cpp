// O87: whatever is changed in the database behind Lockgate's back is found.

#include "plugin/gate/audit.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "plugin/record/entries.hpp"
#include "plugin/record/json_codec.hpp"
#include "plugin/record/tree.hpp"
#include "plugin/workflow/decide.hpp"
#include "tests/gate/house.hpp"

namespace lockgate::test {
namespace {

using namespace std::chrono_literals;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// The database as somebody with sqlite3 and bad intentions sees it.
class Intruder {
 public:
  explicit Intruder(const House& house) {
    EXPECT_EQ(sqlite3_open(house.place_of_database.file().c_str(), &base_), SQLITE_OK);
  }
  ~Intruder() { sqlite3_close(base_); }
  Intruder(const Intruder&) = delete;
  Intruder& operator=(const Intruder&) = delete;

  // Gives how many rows it changed.
  int run(const std::string& sql) {
    const int before = sqlite3_total_changes(base_);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(base_, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK)
        << sql << ": " << (message ? message : "");
    sqlite3_free(message);
    return sqlite3_total_changes(base_) - before;
  }

  std::string ask(const std::string& sql) {
    std::string answer;
    const auto keep = [](void* into, int, char** values, char**) {
      *static_cast<std::string*>(into) = values[0] ? values[0] : "";
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(base_, sql.c_str(), keep, &answer, nullptr), SQLITE_OK) << sql;
    return answer;
  }

  static std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
  }

 private:
  sqlite3* base_ = nullptr;
};

// Three decided cases, one by a board; a lesson; two checkpoints.
class Record : public testing::Test {
 protected:
  Record() {
    EXPECT_TRUE(house.deliver({.id = "msg_1",
                               .key = "CASE-0",
                               .facts = R"({"people.diagnosis":"gout"})",
                               .more = R"(,"title":"Walks","proposer":"zoe")"}));
    house.place();
    house.clock.advance(1min);
    house.refer(R"(,"title":"Benches","proposer":"zoe")");
    house.clock.advance(1min);
    EXPECT_TRUE(house.vote("bo", Choice::yes));
    house.clock.advance(1min);
    EXPECT_TRUE(house.vote("ann", Choice::yes_with_conditions));
    house.clock.advance(1min);
    EXPECT_TRUE(house.gatekeeper->write_lesson(house.prototype().id, {"ann"},
                                               {.expected = "a", .happened = "b", .next = "c"}));
    house.clock.advance(1min);
    EXPECT_TRUE(house.deliver({.id = "msg_2", .key = "CASE-2"}));
    checkpoint = house.place();
  }

  // The index of the only entry that SQL finds.
  std::int64_t place_of(const std::string& where) {
    return std::stoll(Intruder(house).ask("SELECT place FROM entries WHERE " + where));
  }

  House house;
  std::string checkpoint;
};

std::vector<std::string> said(const gate::AuditReport& report) {
  std::vector<std::string> all;
  for (const gate::Fault& fault : report.faults) all.push_back(fault.what);
  return all;
}

TEST_F(Record, ThatNobodyTouchedIsSoundAndSaysWhatItCannotTell) {
  const gate::AuditReport report = house.audit();
  EXPECT_THAT(said(report), IsEmpty());
  EXPECT_EQ(report.checkpoints, 2);
  EXPECT_EQ(report.pending, 0);
  EXPECT_EQ(report.prototypes, 3);
  EXPECT_EQ(report.events, 7);
  EXPECT_EQ(report.deliveries, 3);
  EXPECT_EQ(report.replayed, 4);  // three deliveries and one at gate decide
  EXPECT_EQ(report.skipped, 0);
  EXPECT_EQ(report.erased, 0);
  EXPECT_EQ(report.rule_sets, 1);
  EXPECT_GT(report.texts, 15);
  EXPECT_THAT(report.not_ruled_out, ElementsAre(HasSubstr("could have written all of it anew")));
  EXPECT_THAT(house.audit(checkpoint).not_ruled_out, IsEmpty());
}

TEST_F(Record, EntriesWithoutAPlaceAreCheckedTooAndThatTheyAreUnsignedIsSaid) {
  ASSERT_TRUE(house.deliver({.id = "msg_3", .key = "CASE-3"}));
  const gate::AuditReport report = house.audit(checkpoint);
  EXPECT_THAT(said(report), IsEmpty());
  EXPECT_EQ(report.pending, 2);
  EXPECT_THAT(report.not_ruled_out, ElementsAre(HasSubstr("no place in the ledger yet")));
  Intruder(house).run(
      "UPDATE entries SET body = replace(body, 'approve', 'block') "
      "WHERE place IS NULL AND kind = 'check'");
  EXPECT_THAT(said(house.audit()),
              Contains("an entry without a place is not what event 1 of PR-0004 says"));
}

TEST_F(Record, O87_AnErasedTextIsCountedAndIsNoFault) {
  Intruder(house).run("DELETE FROM texts WHERE text = 'Benches' OR text = '\"gout\"'");
  const gate::AuditReport report = house.audit();
  EXPECT_THAT(said(report), IsEmpty());
  EXPECT_EQ(report.erased, 2);
  EXPECT_EQ(report.skipped, 1);
  EXPECT_THAT(report.not_ruled_out, Contains("2 texts are erased: what it was that the record "
                                             "commits to cannot be shown any more"));
  EXPECT_THAT(report.not_ruled_out, Contains(HasSubstr("a fact that it used is erased")));
}

// A change and how it is found.  `at`: what SQL finds the entry that must be
// named first; empty if none can be.
struct Tampering {
  const char* name;
  const char* sql;
  const char* at;
  const char* what;
};

class Tampered : public Record, public testing::WithParamInterface<Tampering> {};

INSTANTIATE_TEST_SUITE_P(
    O87, Tampered,
    testing::Values(
        Tampering{"AByteOfAnEntry",
                  "UPDATE entries SET body = replace(body, 'version', 'versiom') WHERE place = 9",
                  "place = 9", "entry 9 differs from its leaf hash"},
        Tampering{"ATimeInAnEntry",
                  "UPDATE entries SET body = replace(body, '2026', '2025') WHERE place = 8",
                  "place = 8", "entry 8 differs from its leaf hash"},
        Tampering{"TheKindOfAnEntry", "UPDATE entries SET kind = 'note' WHERE place = 8",
                  "place = 8", "entry 8 is not what a `note` entry looks like"},
        Tampering{"ADeletedEntry", "DELETE FROM entries WHERE place = 8", "", "entry 8 is missing"},
        Tampering{"TheLastTenDeleted",
                  "DELETE FROM entries WHERE place > (SELECT max(place) - 10 FROM entries)", "",
                  "the ledger's head names"},
        Tampering{"AnInsertedEntry",
                  "INSERT INTO entries SELECT 'x', max(place) + 1, kind, body, leaf_hash FROM"
                  " entries",
                  "id = 'x'", "the ledger's head names 18 entries, but there are 19"},
        Tampering{"AnInsertedEntryWithoutAPlace",
                  "INSERT INTO entries SELECT 'x', NULL, kind, body, '' FROM entries WHERE"
                  " kind = 'vote' LIMIT 1",
                  "", "an entry without a place tells of nothing that happened"},
        Tampering{"TwoEntriesSwapped",
                  "UPDATE entries SET place = -1 WHERE place = 8;"
                  "UPDATE entries SET place = 8 WHERE place = 9;"
                  "UPDATE entries SET place = 9 WHERE place = -1",
                  "", "one of the entries from 8 to"},
        Tampering{"AVoteInTheHistory",
                  "UPDATE history SET event = replace(event, '\"choice\":\"yes\"',"
                  " '\"choice\":\"no\"') WHERE event LIKE '%vote_cast%bo%'",
                  "kind = 'vote' AND body LIKE '%\"bo\"%'", "is not what event 2 of PR-0002 says"},
        Tampering{"ATimeInTheHistory",
                  "UPDATE history SET event = replace(event, '09:01:', '09:00:') WHERE event LIKE"
                  " '%msg_refer%'",
                  "", "lacks an entry"},
        Tampering{"AWordOfAFindingInTheHistory",
                  "UPDATE history SET event = replace(event, 'Take care.', 'Take it easy.')",
                  "kind = 'check' AND body LIKE '%PR-0001%'",
                  "is not what event 1 of PR-0001 says"},
        Tampering{"WhiteSpaceInTheHistory",
                  "UPDATE history SET event = event || ' ' WHERE version = 1 AND event LIKE"
                  " '%msg_2%'",
                  "", "PR-0003: event 1 is not as Lockgate writes it"},
        Tampering{"AnEventDeleted", "DELETE FROM history WHERE version = 2", "",
                  "PR-0002: event 2 is missing"},
        Tampering{"TheLastEventDeleted", "DELETE FROM history WHERE version = 5", "kind = 'lesson'",
                  "tells of nothing that happened"},
        Tampering{
            "AnEventOfAnotherPrototype",
            "INSERT INTO history SELECT number, 9, prototype, event FROM history WHERE version = 2",
            "", "PR-0002: event 6 is missing"},
        Tampering{"AnEventOfNoPrototype",
                  "INSERT INTO history SELECT 99, version, 'prt_x', event FROM history WHERE"
                  " version = 2",
                  "", "1 event belongs to no prototype"},
        Tampering{"TheState",
                  "UPDATE prototypes SET state = replace(state, '\"approved\"',"
                  " '\"not_approved\"') WHERE number = 3",
                  "", "the state of PR-0003 is not what its history leads to"},
        Tampering{"ANumber", "UPDATE prototypes SET number = 77 WHERE number = 3", "",
                  "is not what"},
        Tampering{"APrototypeDeleted", "DELETE FROM prototypes WHERE number = 3",
                  "kind = 'check' AND body LIKE '%PR-0003%'", "tells of nothing that happened"},
        Tampering{"AText", "UPDATE texts SET text = 'Banks' WHERE text = 'Benches'", "",
                  "is not the one that was committed to"},
        Tampering{"ASalt", "UPDATE texts SET salt = 'AAAA' WHERE text = 'Benches'", "",
                  "is not the one that was committed to"},
        Tampering{"ARuleFile", "UPDATE rule_files SET bytes = replace(bytes, '> 10', '> 99')",
                  "kind = 'rule_set'", "are not those that judged"},
        Tampering{"ARuleFileAdded",
                  "INSERT INTO rule_files SELECT hash, 'packs/more.toml', '' FROM rule_sets",
                  "kind = 'rule_set'", "are not those that judged"},
        Tampering{"ARuleSetDeleted", "DELETE FROM rule_sets", "kind = 'rule_set'",
                  "names a rule set that is not kept"},
        Tampering{"ADeliveryDeleted", "DELETE FROM deliveries WHERE id = 'msg_1'", "",
                  "PR-0001: the delivery of event 1 is not kept"},
        Tampering{"ADeliveryAdded",
                  "INSERT INTO deliveries SELECT source, 'msg_x', body_hash, body, received_at,"
                  " prototype, version, status, answer FROM deliveries WHERE id = 'msg_1'",
                  "", "the delivery msg_x of casework points to an event that is not its own"},
        Tampering{"ADeliveryPointedElsewhere",
                  "UPDATE deliveries SET version = 2 WHERE id = 'msg_refer'", "",
                  "PR-0002: the delivery that is kept is not the one that event 1 came of"},
        Tampering{"TheHashOfADelivery",
                  "UPDATE deliveries SET body = '', body_hash = upper(body_hash) WHERE id ="
                  " 'msg_1'",
                  "", "PR-0001: the delivery that is kept is not the one that event 1 came of"},
        Tampering{"TheBodyOfADelivery", "UPDATE deliveries SET body = '{}' WHERE id = 'msg_1'", "",
                  "the body of delivery msg_1 of casework is not the one that came"},
        Tampering{"APromiseDeleted", "DELETE FROM outbox WHERE source <> ''", "",
                  "a promise is not kept"},
        Tampering{"APromiseAdded",
                  "INSERT INTO outbox SELECT 'out_x', prototype, number, version, source, "
                  "decision, effect,"
                  " state, due_at, claimed_until, attempts, status, why FROM outbox LIMIT 1",
                  "", "nothing made this promise"},
        Tampering{"APromiseToAnotherSource",
                  "UPDATE outbox SET source = 'highways' WHERE source <> ''", "",
                  "does not say what it promises"},
        Tampering{"AnAccountMadeAdmin", "UPDATE members SET admin = 1 WHERE login = 'cy'",
                  "kind = 'member' AND body LIKE '%\"cy\"%'", "the account cy is not what entry"},
        Tampering{"AnAccountDeleted", "DELETE FROM members WHERE login = 'cy'",
                  "kind = 'member' AND body LIKE '%\"cy\"%'", "the account cy is gone"},
        Tampering{"AnAccountAdded",
                  "INSERT INTO members SELECT 'eve', name, aliases, password, 1 FROM members LIMIT"
                  " 1",
                  "", "the account eve has no entry"},
        Tampering{"ACheckpointsSignature",
                  "UPDATE checkpoints SET checkpoint = replace(checkpoint, 'house', 'hause')", "",
                  "is not signed with the ledger's key"},
        Tampering{"ACheckpointsFrontier",
                  "UPDATE checkpoints SET frontier = frontier || ' ' WHERE size = (SELECT min(size)"
                  " FROM checkpoints)",
                  "", "the frontier kept with the checkpoint over"},
        Tampering{"TheHeadsFrontier", "UPDATE ledger SET frontier = 'x'", "",
                  "the frontier of the ledger's head"},
        Tampering{"TheHeadTakenBack",
                  "UPDATE ledger SET checkpoint = (SELECT checkpoint FROM checkpoints ORDER BY size"
                  " LIMIT 1)",
                  "", "the ledger's head is not its last checkpoint"}),
    [](const auto& about) { return about.param.name; });

TEST_P(Tampered, O87_IsFoundAndNamed) {
  std::string index;
  {
    Intruder intruder(house);
    if (std::string(GetParam().at) == "id = 'x'") {
      ASSERT_GT(intruder.run(GetParam().sql), 0);
      index = intruder.ask("SELECT place FROM entries WHERE id = 'x'");
    } else {
      if (*GetParam().at) {
        index = intruder.ask("SELECT place FROM entries WHERE " + std::string(GetParam().at) +
                             " ORDER BY place DESC");
      }
      ASSERT_GT(intruder.run(GetParam().sql), 0);
    }
  }
  const gate::AuditReport report = house.audit();
  EXPECT_THAT(said(report), Contains(HasSubstr(GetParam().what)));
  if (!index.empty() && !report.faults.empty()) {
    EXPECT_EQ(report.faults.front().index, std::stoll(index)) << report.faults.front().what;
  }
}

// What an intruder who can compute hashes does: the rows made to agree again.
void rehash(Intruder& intruder, std::int64_t place, const std::string& body) {
  ASSERT_EQ(intruder.run("UPDATE entries SET body = " + Intruder::quoted(body) + ", leaf_hash = '" +
                         record::to_hex(record::leaf_hash(body)) +
                         "' WHERE place = " + std::to_string(place)),
            1);
}

TEST_F(Record, O87_AnEntryThatIsEditedAndHashedAgainIsNamed) {
  const std::int64_t place = place_of("kind = 'vote' AND body LIKE '%\"bo\"%'");
  {
    Intruder intruder(house);
    std::string body =
        intruder.ask("SELECT body FROM entries WHERE place = " + std::to_string(place));
    body.replace(body.find("\"yes\""), 5, "\"no\"");
    rehash(intruder, place, body);
  }
  const gate::AuditReport report = house.audit();
  EXPECT_EQ(report.faults.at(0).index, place);
  EXPECT_THAT(said(report), Contains(HasSubstr("is not what event 2 of PR-0002 says")));
  EXPECT_THAT(said(report), Contains(HasSubstr("is not what the checkpoint over")));
}

// Changes one event of PR-0002 and makes history, state and entries agree again.
void rewrite(House& house, const std::function<void(std::vector<Event>&)>& change) {
  const PrototypeId id = house.prototype().id;
  auto history = *house.database->history(id);
  change(history);
  Intruder intruder(house);
  Prototype now{.id = id};
  std::vector<std::int64_t> places;
  const auto entries = *house.database->placed_entries(0, 1000);
  for (const PlacedEntry& entry : entries) {
    if (entry.body.find("PR-0002") != std::string::npos) places.push_back(entry.index);
  }
  std::size_t next = 0;
  for (const Event& event : history) {
    const auto step = workflow::decide(now, event);
    ASSERT_TRUE(step) << step.error().message;
    intruder.run("UPDATE history SET event = " + Intruder::quoted(record::to_json(event)) +
                 " WHERE prototype = '" + id.text +
                 "' AND version = " + std::to_string(step->next.version));
    for (const Entry& entry : record::entries_for(now, event, step->next)) {
      rehash(intruder, places.at(next++), entry.body);
    }
    now = step->next;
  }
  intruder.run("UPDATE prototypes SET state = " + Intruder::quoted(record::to_json(now)) +
               " WHERE id = '" + id.text + "'");
}

TEST_F(Record, O87_AChangeMadeConsistentlyEverywhereStillDiffersFromWhatWasSigned) {
  rewrite(house, [](std::vector<Event>& history) {
    std::get<VoteCast>(history.at(1).what).vote.note = {"another"};
  });
  const gate::AuditReport report = house.audit();
  const std::string first = Intruder(house).ask("SELECT min(size) FROM checkpoints");
  EXPECT_THAT(said(report), ElementsAre(HasSubstr("one of the entries from " + first + " to ")));
}

TEST_F(Record, O87_ACheckThatItsRulesDoNotGiveIsNamedThoughEverythingElseAgrees) {
  rewrite(house, [](std::vector<Event>& history) {
    std::get<Checked>(history.at(0).what).check.findings.at(0).say = "Nobody takes part.";
  });
  const gate::AuditReport report = house.audit();
  EXPECT_EQ(report.faults.at(0).index, place_of("kind = 'check' AND body LIKE '%PR-0002%' AND body"
                                                " LIKE '%submit%'"));
  EXPECT_THAT(said(report), Contains(HasSubstr("is not what its rules make of its facts")));
}

TEST_F(Record, O87_ALedgerWrittenAnewWithTheKeyIsFoundWithACheckpointKeptOutsideAlone) {
  rewrite(house, [](std::vector<Event>& history) {
    std::get<VoteCast>(history.at(1).what).vote.note = {};
    std::get<VoteCast>(history.at(1).what).vote.not_mine = false;
  });
  Intruder(house).run(
      "UPDATE entries SET place = NULL, leaf_hash = ''; DELETE FROM checkpoints;"
      "UPDATE ledger SET size = 0, frontier = '', checkpoint = ''");
  house.place();
  const gate::AuditReport alone = house.audit();
  EXPECT_THAT(said(alone), IsEmpty());
  EXPECT_THAT(alone.not_ruled_out, Contains(HasSubstr("could have written all of it anew")));
  EXPECT_THAT(said(house.audit(checkpoint)),
              ElementsAre(HasSubstr("are not those of the checkpoint kept outside")));
}

TEST_F(Record, O87_AnOldBackupIsFoundWithACheckpointKeptOutside) {
  Intruder(house).run("VACUUM INTO '" + (house.folder.path() / "backup.db").string() + "'");
  ASSERT_TRUE(house.deliver({.id = "msg_3", .key = "CASE-3"}));
  const std::string later = house.place();
  EXPECT_THAT(said(house.audit(later)), IsEmpty());
  auto backup = store::open("sqlite:" + (house.folder.path() / "backup.db").string());
  ASSERT_TRUE(backup) << backup.error().message;
  const auto report = gate::verify(**backup, house.key.verifier(), later);
  ASSERT_TRUE(report);
  EXPECT_THAT(said(*report), ElementsAre(HasSubstr("this may be an old backup")));
  EXPECT_THAT(said(*gate::verify(**backup, house.key.verifier())), IsEmpty());
}

TEST_F(Record, ACheckpointOfAnotherKeyIsRefused) {
  FakeRandom other(7);
  const auto key = record::SigningKey::generate("test.example/house", other);
  const auto report = gate::verify(*house.database, key.verifier(), checkpoint);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, Errc::invalid);
  EXPECT_THAT(said(*gate::verify(*house.database, key.verifier())),
              Contains(HasSubstr("is not signed with the ledger's key")));
}

TEST_F(Record, ManyFaultsAreCountedAndTheFirstHundredNamed) {
  Intruder intruder(house);
  intruder.run("UPDATE texts SET salt = 'x'");
  for (int i = 0; i < 120; ++i) {
    intruder.run("INSERT INTO texts VALUES ('" + std::to_string(i) + "', 's', 't')");
  }
  const gate::AuditReport report = house.audit();
  EXPECT_EQ(report.faults.size(), 100u);
  EXPECT_GT(report.more_faults, 20);
}

}  // namespace
}  // namespace lockgate::test
