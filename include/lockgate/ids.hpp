// Names of things.  Each kind of id is its own type, so that a MemberId cannot
// be passed where a PrototypeId is meant.

#pragma once

#include <compare>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace lockgate {

template <class Tag>
struct Id {
  std::string text;
  bool empty() const { return text.empty(); }
  friend auto operator<=>(const Id&, const Id&) = default;
};

using SourceId = Id<struct SourceTag>;        // the file name under sources/: "casework"
using PrototypeId = Id<struct PrototypeTag>;  // "prt_..."; a function of source and case key
using CheckId = Id<struct CheckTag>;          // "chk_..."
using BallotId = Id<struct BallotTag>;        // "bal_..."
using DecisionId = Id<struct DecisionTag>;    // "dec_..."
using BoardId = Id<struct BoardTag>;          // the file name under boards/
using SeatId = Id<struct SeatTag>;            // unique within its board
using MemberId = Id<struct MemberTag>;        // the login

// A text that may have to be erased later.  The id is the salted commitment to
// it (record/commitment): the text itself lives in the `texts` table alone.
// Empty: there is no such text.
using TextId = Id<struct TextTag>;

// Where unguessable bytes come from.  Safe to call from any thread.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::byte> bytes) = 0;
};

// `prefix` + '_' + 26 characters of Crockford base 32: 128 random bits.
std::string new_id(std::string_view prefix, Random& random);

}  // namespace lockgate
