// A commit as the rows that it writes.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lockgate/store.hpp"
#include "plugin/store/connection.hpp"

namespace lockgate::store {

// Everything that can be made before the transaction is made by the constructor.
class CommitRows {
 public:
  explicit CommitRows(Commit commit);

  // Inside a transaction.  Leaves nothing behind unless it gives `yes`.
  Committed write(Connection& connection) const;

 private:
  struct Promise {
    std::string id;
    std::string source;    // whom it tells; empty for a deadline
    std::string decision;  // likewise
    std::string effect;
    std::string due;
  };
  struct OpenSeat {
    std::string ballot;
    std::string member;
    std::string closes;
  };

  bool insert_delivery(Connection& connection) const;
  bool save_state(Connection& connection) const;
  void insert_promises(Connection& connection) const;
  void save_open_seats(Connection& connection) const;

  std::string prototype_;
  std::int64_t number_;
  std::int64_t version_;  // after it
  std::int64_t before_;   // the version before it
  std::string updated_;
  std::string state_;
  std::vector<std::string> events_;
  std::vector<Promise> promises_;
  std::vector<OpenSeat> seats_;
  std::vector<Entry> entries_;
  std::vector<Text> texts_;
  std::optional<StoredDelivery> delivery_;
  std::string received_;
};

// Rows that other calls write too.
void insert_texts(Connection& connection, const std::vector<Text>& texts);
void insert_entry(Connection& connection, const std::string& id, const Entry& entry);

}  // namespace lockgate::store
