#include <iostream>

#include "plugin/app/commands.hpp"
#include "plugin/app/counted.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/open.hpp"
#include "plugin/app/read_file.hpp"
#include "plugin/app/system.hpp"
#include "plugin/gate/audit.hpp"
#include "plugin/gate/sequencer.hpp"

namespace lockgate::app {
namespace {

// An audit makes nothing: neither a key nor a database that is not there.
Result<void> must_be_there(const std::filesystem::path& file, const std::string& what) {
  std::error_code error;
  if (std::filesystem::exists(file, error)) return {};
  return fail(Errc::not_found, "the " + what + " `" + file.string() + "` is not there");
}

void say(const gate::AuditReport& report) {
  for (const gate::Fault& fault : report.faults) std::cout << "broken: " << fault.what << '\n';
  if (report.more_faults > 0) std::cout << "and " << report.more_faults << " more\n";
  std::cout << (report.faults.empty() ? "ok: " : "looked at: ")
            << counted(report.entries, "ledger entry", "ledger entries") << " under "
            << counted(report.checkpoints, "signed checkpoint") << ", " << report.pending
            << " pending; " << counted(report.prototypes, "prototype") << ", "
            << counted(report.events, "event") << ", "
            << counted(report.deliveries, "delivery", "deliveries") << ", "
            << counted(report.texts, "text") << " and " << report.erased << " erased, "
            << counted(report.rule_sets, "rule set") << "; " << counted(report.replayed, "check")
            << " made again, " << report.skipped << " that could not be\n";
  for (const std::string& what : report.not_ruled_out) {
    std::cout << "not ruled out: " << what << '\n';
  }
}

}  // namespace

int audit_verify(const AuditOptions& options) {
  std::optional<std::string> earlier;
  if (!options.checkpoint.empty()) {
    auto text = read_file(options.checkpoint);
    if (!text) {
      return tell({text.error().code, '`' + options.checkpoint + "` " + text.error().message});
    }
    earlier = *std::move(text);
  }
  const auto config = open_config(options.place);
  if (!config) return config.error();

  const std::filesystem::path file = config->folder / config->ledger_key;
  if (const auto there = must_be_there(file, "ledger's key"); !there) return tell(there.error());
  SystemRandom random;
  const auto key = gate::ledger_key(file, config->ledger_origin, random);
  if (!key) return tell(key.error());

  const std::string url = database_url(*config, options.place.database);
  if (constexpr std::string_view kSqlite = "sqlite:"; url.starts_with(kSqlite)) {
    const auto there = must_be_there(url.substr(kSqlite.size()), "database");
    if (!there) return tell(there.error());
  }
  const auto database = store::open(url, {.sessions = 1});
  if (!database) return tell(database.error());

  const auto report = gate::verify(**database, key->verifier(), earlier);
  if (!report) return tell(report.error());
  say(*report);
  return report->faults.empty() ? kFine : kRecordBroken;
}

}  // namespace lockgate::app
