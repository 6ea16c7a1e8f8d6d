// The seam between a case system and Lockgate.  An adapter is four pure
// functions: it neither reads the clock nor touches the network.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "lockgate/decision.hpp"
#include "lockgate/facts.hpp"
#include "lockgate/prototype.hpp"
#include "lockgate/result.hpp"
#include "lockgate/time.hpp"

namespace lockgate {

using Headers = std::vector<std::pair<std::string, std::string>>;  // names in any case

// The value of the only field of that name, compared without case; nullopt if
// there is none or more than one.
std::optional<std::string_view> only_header(const Headers& headers, std::string_view name);

// A webhook as it arrived.  `body` is what was signed: the bytes, not the JSON.
struct Delivery {
  SourceId source;
  Headers headers;
  std::string body;
  UtcTime received_at;
};

// A delivery in our words.
struct Submission {
  std::string delivery;  // the sender's id for this delivery, for deduplication
  std::string case_key;
  Gate gate = Gate::submit;
  std::string title;                 // free text
  std::string proposer;              // login, alias or e-mail address; empty if not mapped
  std::vector<std::string> editors;  // likewise
  std::vector<GivenFact> facts;
};

// The delivery is genuine, but about something that we do not gate.
struct Ignored {
  std::string delivery;
  std::string why;
};

// The delivery is too thin to judge: Lockgate must first read this address.
struct FetchFirst {
  std::string delivery;
  std::string url;
};

using Translation = std::variant<std::vector<Submission>, Ignored, FetchFirst>;

struct Reply {
  unsigned status = 200;
  std::string content_type;
  Headers headers;
  std::string body;
};

// What came of one submission: what the answer is made from.
struct Answered {
  Check check;
  Prototype prototype;               // after the event
  std::optional<Decision> decision;  // if this gate is concluded
  std::string prototype_url;
};

// What the case system is told, once a gate is concluded.  Never holds facts.
struct Conclusion {
  std::string message;  // the same on every attempt; the receiver's idempotency key
  CaseRef about;
  std::int64_t number = 0;
  Decision decision;
  std::vector<Finding> findings;        // of the check it rests on; `facts` not to be sent
  std::vector<std::string> conditions;  // in words, in the order of decision.conditions
  std::string prototype_url;
};

struct OutboundRequest {
  std::string method;
  std::string url;  // from the source's configuration alone
  Headers headers;
  std::string body;
};

// Safe to use from many threads at once.
class Adapter {
 public:
  virtual ~Adapter() = default;

  // Proves that the delivery comes from the configured sender and is fresh.
  // Errc::unauthenticated otherwise; its message names the failed step, for the
  // log only.  Called before anything is parsed.
  virtual Result<void> verify(const Delivery& delivery) const = 0;

  // Says in our words what the delivery says in theirs.
  // Errc::unreadable: not JSON, or JSON that we refuse; Errc::invalid: JSON
  // without what the mapping needs; Errc::unsupported: another content type.
  // All but the last with problems.
  virtual Result<Translation> translate(const Delivery& delivery) const = 0;

  // The answer this case system expects once the delivery is safely stored.
  virtual Reply acknowledge(const Delivery& delivery, std::span<const Answered> outcomes) const = 0;

  // The requests, in order, that tell the case system about a conclusion; none
  // if no callback is configured.  They may be sent more than once: `message`
  // is the same each time, `at` is the moment of this attempt.
  virtual std::vector<OutboundRequest> write_back(const Conclusion& conclusion,
                                                  UtcTime at) const = 0;
};

}  // namespace lockgate
