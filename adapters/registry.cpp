#include "adapters/registry.hpp"

#include <array>

#include "adapters/standard_webhooks.hpp"

namespace lockgate::adapters {
namespace {

struct Known {
  std::string_view name;
  std::unique_ptr<const Adapter> (*make)(const Settings&);
};

constexpr std::array kAdapters{Known{"standard_webhooks", make_standard_webhooks}};

}  // namespace

Result<std::unique_ptr<const Adapter>> make_adapter(std::string_view name,
                                                    const Settings& settings) {
  for (const Known& known : kAdapters) {
    if (known.name != name) continue;
    const std::vector<SettingsProblem> wrong = problems(settings);
    if (!wrong.empty()) return fail(Errc::invalid, wrong.front().message);
    return known.make(settings);
  }
  std::string message = "unknown adapter `" + std::string(name) + "`; there are";
  for (const std::string_view each : adapter_names()) message += " `" + std::string(each) + "`";
  return fail(Errc::not_found, std::move(message));
}

std::vector<std::string_view> adapter_names() {
  std::vector<std::string_view> names;
  for (const Known& known : kAdapters) names.push_back(known.name);
  return names;
}

}  // namespace lockgate::adapters
