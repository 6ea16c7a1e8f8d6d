#include <iostream>

#include "plugin/app/commands.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/open.hpp"
#include "plugin/app/read_file.hpp"
#include "plugin/app/system.hpp"
#include "plugin/gate/audit.hpp"
#include "plugin/gate/sequencer.hpp"

namespace lockgate::app {

int audit_verify(const AuditOptions& options) {
  std::optional<std::string> earlier;
  if (!options.checkpoint.empty()) {
    auto text = read_file(options.checkpoint);
    if (!text) {
      return tell({text.error().code, '`' + options.checkpoint + "` " + text.error().message});
    }
    earlier = *std::move(text);
  }
  const auto opened = open_place(options.place);
  if (!opened) return opened.error();

  // Without its key nothing could be held to what was signed; none is made here.
  const std::filesystem::path file = opened->config.folder / opened->config.ledger_key;
  if (std::error_code error; !std::filesystem::exists(file, error)) {
    return tell({Errc::not_found, "the ledger's key `" + file.string() + "` is not there"});
  }
  SystemRandom random;
  const auto key = gate::ledger_key(file, opened->config.ledger_origin, random);
  if (!key) return tell(key.error());

  const auto report = gate::verify(*opened->database, key->verifier(), earlier);
  if (!report) return tell(report.error());
  for (const gate::Fault& fault : report->faults) std::cout << "broken: " << fault.what << '\n';
  if (report->faults.empty()) {
    std::cout << "ok: " << report->entries << " entries, " << report->checkpoints
              << " signed checkpoints, " << report->pending << " pending\n";
  }
  for (const std::string& what : report->not_ruled_out)
    std::cout << "not ruled out: " << what << '\n';
  return report->faults.empty() ? kFine : kRecordBroken;
}

}  // namespace lockgate::app
