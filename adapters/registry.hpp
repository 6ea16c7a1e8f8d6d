// Adapters by name: one literal table.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/settings.hpp"
#include "lockgate/adapter.hpp"
#include "lockgate/result.hpp"

namespace lockgate::adapters {

// The adapter of that name for one source.  Errc::not_found, with the names
// that there are, if there is none; Errc::invalid with the first of the
// problems() of the settings.
Result<std::unique_ptr<const Adapter>> make_adapter(std::string_view name,
                                                    const Settings& settings);

// The names that make_adapter knows, sorted.
std::vector<std::string_view> adapter_names();

}  // namespace lockgate::adapters
