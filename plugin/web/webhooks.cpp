#include "plugin/web/webhooks.hpp"

#include <algorithm>
#include <utility>

#include "plugin/web/problem.hpp"

namespace lockgate::web {
namespace {

net::Response to_response(Reply reply) {
  net::Response response{.status = reply.status,
                         .content_type = std::move(reply.content_type),
                         .headers = std::move(reply.headers),
                         .body = std::move(reply.body)};
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace

net::Handler webhook_handler(std::span<const gate::Source> sources, gate::Gatekeeper& gatekeeper,
                             const Clock& clock, Log& log) {
  return [=, &gatekeeper, &clock, &log](net::Request request, net::Respond respond) {
    const std::string& name = request.args.at("source");
    const auto source = std::find_if(sources.begin(), sources.end(), [&](const gate::Source& each) {
      return each.id.text == name;
    });
    if (source == sources.end()) {
      log.warn("delivery_refused", {{"step", "unknown source"}});
      return respond(problem({Errc::unauthenticated, {}}));
    }
    Delivery delivery{.source = source->id,
                      .headers = std::move(request.headers),
                      .body = std::move(request.body),
                      .received_at = clock.now()};
    gatekeeper.receive(
        *source, std::move(delivery),
        [respond = std::move(respond), &log, id = source->id](Result<Reply> reply) {
          if (reply) return respond(to_response(*std::move(reply)));
          const Error& error = reply.error();
          log.warn("delivery_refused", {{"source", id.text}, {"step", error.message}});
          respond(problem(error));
        });
  };
}

}  // namespace lockgate::web
