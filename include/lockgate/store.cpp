#include "lockgate/store.hpp"

#include <future>

namespace lockgate {

Result<Committed> commit_and_wait(Store& store, Commit commit) {
  std::promise<Result<Committed>> promise;
  store.commit(std::move(commit),
               [&](Result<Committed> result) { promise.set_value(std::move(result)); });
  return promise.get_future().get();
}

}  // namespace lockgate
