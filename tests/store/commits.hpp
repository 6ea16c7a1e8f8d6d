// Commits to write, made up.

#pragma once

#include <string>

#include "lockgate/store.hpp"

namespace lockgate::test {

inline const UtcTime kNow = *time_from_text("2026-11-23T09:00:00.000000Z");

// The first event of prototype `prt_NAME`, with everything that a commit can hold.
inline Commit first_commit(const std::string& name, std::int64_t number) {
  Commit commit;
  commit.next.id = {"prt_" + name};
  commit.next.version = 1;
  commit.next.number = number;
  commit.next.about = {SourceId{"casework"}, "CASE-" + name};
  commit.next.updated_at = kNow;
  commit.events = {Event{kNow, LessonWritten{}}};
  commit.effects = {WriteBack{DecisionId{"dec_" + name}}};
  commit.entries = {Entry{"lesson", "{\"name\":\"" + name + "\"}"}};
  commit.texts = {Text{TextId{"text-" + name}, "salt", "Ann's words"}};
  commit.delivery = StoredDelivery{.source = {"casework"},
                                   .id = "msg-" + name,
                                   .body_hash = std::string(64, 'a'),
                                   .body = "{}",
                                   .received_at = kNow,
                                   .prototype = commit.next.id,
                                   .version = 1,
                                   .status = 200,
                                   .answer = "answer"};
  return commit;
}

// One more event of a prototype, under a delivery id of its own.
inline Commit next_commit(const Prototype& before, const std::string& delivery) {
  Commit commit = first_commit("x", 1);
  commit.next = before;
  ++commit.next.version;
  commit.delivery->id = delivery;
  commit.delivery->prototype = before.id;
  commit.texts.clear();
  return commit;
}

}  // namespace lockgate::test
