// All that is kept of one prototype, read at once for its pages.

#pragma once

#include <vector>

#include "lockgate/event.hpp"
#include "plugin/web/ballot_view.hpp"
#include "plugin/web/office.hpp"

namespace lockgate::web {

struct PrototypeFile {
  Prototype prototype;
  Check check;                 // the latest
  std::vector<Event> history;  // oldest first
  Texts texts;                 // of the state and the latest check
  Names names;                 // of all members

  std::string title() const;
};

// "Untitled" where the case system gave no title.
std::string title_of(const TextId& title, const Texts& texts);

// The prototype that the address names.  Errc::not_found if there is none;
// otherwise fails as the stores do.
Result<PrototypeFile> read_file(const Office& office, const net::Request& request);

// Shown names of all members.
Result<Names> read_names(const Office& office);

Result<Texts> read_texts(const Office& office, const std::vector<TextId>& ids);

}  // namespace lockgate::web
