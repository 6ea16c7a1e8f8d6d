#include <algorithm>
#include <iostream>

#include "adapters/signature.hpp"
#include "plugin/app/commands.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/open.hpp"
#include "plugin/app/read_file.hpp"
#include "plugin/app/system.hpp"
#include "plugin/net/client.hpp"

namespace lockgate::app {

int trigger(const TriggerOptions& options) {
  const auto body = read_input(options.file);
  if (!body) return tell({body.error().code, '`' + options.file + "` " + body.error().message});
  const auto config = open_config(options.place);
  if (!config) return config.error();
  const auto source =
      std::find_if(config->sources.begin(), config->sources.end(),
                   [&](const Config::Source& each) { return each.id.text == options.source; });
  if (source == config->sources.end()) {
    return tell({Errc::not_found, "there is no source `" + options.source + "` in " +
                                      (config->folder / "sources").string()});
  }
  const auto secret = adapters::Secret::parse(source->settings.secret);
  if (!secret) return tell({Errc::invalid, "the source's secret is not one"});

  SystemRandom random;
  const std::string id = options.id.empty() ? new_id("msg", random) : options.id;
  const auto now = std::chrono::floor<std::chrono::seconds>(SystemClock().now());
  const std::string timestamp = std::to_string(now.time_since_epoch().count());
  std::string server = options.to.empty() ? config->public_url : options.to;
  while (server.ends_with('/')) server.pop_back();
  net::ClientRequest request{.url = server + "/hooks/" + source->id.text,
                             .body = *body,
                             .allow_private = true,
                             .deadline = std::chrono::seconds(30)};
  request.headers = {{"Content-Type", "application/json"},
                     {"webhook-id", id},
                     {"webhook-timestamp", timestamp},
                     {"webhook-signature", adapters::sign(*secret, id, timestamp, *body)}};
  const auto answer = net::Client({.body_bytes = kLargestFile}).send(request);
  if (!answer) return tell({answer.error().code, server + ": " + answer.error().message});

  std::cerr << answer->status << " for " << id << '\n';
  std::cout << answer->body << '\n';
  return answer->status >= 200 && answer->status < 300 ? kFine : kCouldNot;
}

}  // namespace lockgate::app
