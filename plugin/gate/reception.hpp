// Where deliveries come in: each is judged and recorded once, however often it
// is sent, and answered when that is durable.

#pragma once

#include <functional>
#include <memory>

#include "lockgate/adapter.hpp"
#include "lockgate/result.hpp"
#include "plugin/gate/gatekeeper.hpp"

namespace lockgate::gate {

// Borrows the parts, which must outlive it; it must outlive every `done`.  Safe
// to use from many threads at once.
class Reception {
 public:
  explicit Reception(const GatekeeperParts& parts) : parts_(parts) {}

  // As Gatekeeper::receive.
  void receive(const Source& source, Delivery delivery, std::function<void(Result<Reply>)> done);

 private:
  struct Receipt;  // one delivery on its way through
  using ReceiptPtr = std::shared_ptr<Receipt>;

  Result<void> read(Receipt& receipt);
  void admit(const ReceiptPtr& receipt);
  void settle(const ReceiptPtr& receipt, const Result<Committed>& committed);
  Result<Reply> find_out(const Receipt& receipt, const Error& error);
  Result<Reply> replay(const Receipt& receipt, const StoredDelivery& before);
  Result<Commit> judge(Receipt& receipt);
  void reply(Receipt& receipt, Result<Reply> reply);
  template <class Job>
  void guarded(const ReceiptPtr& receipt, Job job);

  const GatekeeperParts& parts_;
};

}  // namespace lockgate::gate
