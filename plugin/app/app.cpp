#include "plugin/app/app.hpp"

#include <algorithm>
#include <iostream>
#include <map>

#include "plugin/app/json_log.hpp"
#include "plugin/app/open.hpp"
#include "plugin/record/entries.hpp"
#include "plugin/web/routes.hpp"

namespace lockgate::app {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostWaiting = 1000;  // requests for a worker
constexpr int kSenders = 4;                 // threads that tell case systems
constexpr auto kLongestSession = 24h;       // then it is gone from the database as well

}  // namespace

App::App(CouncilFolder council, const std::string& database)
    : config_(std::move(council.config)),
      advice_(std::move(council.advice)),
      database_url_(database_url(config_, database)),
      log_(make_json_log(clock_)),
      rules_(std::move(council.rules)) {}

App::~App() { stop(); }

Result<void> App::start() {
  LOCKGATE_TRY(sources_, make_sources());
  // Each worker and sender may hold a connection, and so may sequencer and main thread.
  const store::Options options{.sessions = config_.workers + kSenders + 2};
  LOCKGATE_TRY(database_, store::open(database_url_, options));
  LOCKGATE_TRY(const record::SigningKey key, gate::ledger_key(config_.folder / config_.ledger_key,
                                                              config_.ledger_origin, random_));
  LOCKGATE_CHECK(keep(*rules_.load()));

  workers_ = std::make_unique<net::Workers>(config_.workers, kMostWaiting);
  gatekeeper_ = gate::make_gatekeeper(
      {.store = *database_,
       .board = *database_,
       .rules = rules_,
       .council = config_.council,
       .public_url = config_.public_url,
       .clock = clock_,
       .random = random_,
       .log = *log_,
       .post = [this](std::function<void()> job) { return workers_->post(std::move(job)); },
       .promised = [this] { promised_.ring(); },
       .recorded = [this] { recorded_.ring(); }});

  sequencer_ = std::make_unique<gate::Sequencer>(*database_, key, *log_);
  recorded_.set([this] { sequencer_->notify(); });
  sequencer_->start();

  outbox_ = std::make_unique<gate::Outbox>(gate::Outbox::Parts{
      .store = *database_,
      .gatekeeper = *gatekeeper_,
      .sources = sources_,
      .clock = clock_,
      .random = random_,
      .log = *log_,
      .send = [this](const OutboundRequest& request,
                     const gate::Source& source) { return send(request, source); },
      .public_url = config_.public_url});
  promised_.set([this] { outbox_->notify(); });
  outbox_->start(kSenders);

  server_ = std::make_unique<net::Server>(
      net::ServerSettings{.host = config_.host, .port = config_.port, .clock = &clock_},
      web::make_router({.store = *database_,
                        .board = *database_,
                        .gatekeeper = *gatekeeper_,
                        .rules = rules_,
                        .council = config_.council,
                        .sources = sources_,
                        .public_url = config_.public_url,
                        .verifier_key = key.verifier().to_text(),
                        .clock = clock_,
                        .random = random_,
                        .log = *log_}),
      *workers_, *log_);
  LOCKGATE_CHECK(server_->start());
  log_->info("started", {{"address", address()}, {"rules", rules_.load()->hash()}});
  tell_advice(advice_);
  return {};
}

std::string App::address() const {
  const bool six = config_.host.find(':') != std::string::npos;
  return "http://" + (six ? '[' + config_.host + ']' : config_.host) + ':' +
         std::to_string(server_->port());
}

void App::reload_rules() {
  const LoadedRules loaded = read_council_rules(config_, advised());
  if (!loaded.rules) {
    std::cerr << shown(loaded.issues, loaded.texts) << "The rules in force stay.\n";
    const rules::Issue& first = loaded.issues.front();
    log_->warn("rules_refused",
               {{"issues", std::to_string(loaded.issues.size())},
                {"first", first.file + ':' + std::to_string(first.line) + ':' +
                              std::to_string(first.column) + ": " + first.message}});
    return;
  }
  if (const auto kept = keep(*loaded.rules); !kept) {
    log_->error("rules_refused", {{"issues", "0"}, {"first", kept.error().message}});
    return;
  }
  rules_.replace(loaded.rules);
  log_->info("rules_in_force", {{"rules", loaded.rules->hash()}});
  tell_advice(loaded.advice);
}

void App::tidy() {
  workers_->post([this] { forget(); });
}

void App::stop() {
  if (server_) server_->stop();
  if (workers_) workers_->stop();
  // Some commits may still wait for the disk; when they are done, nobody is
  // woken any more.
  promised_.set({});
  outbox_.reset();
  recorded_.set({});
  sequencer_.reset();
  database_.reset();
}

// One line: how many warnings there are, and of which codes.
void App::tell_advice(const std::vector<rules::Issue>& advice) {
  if (advice.empty()) return;
  std::map<std::string_view, int> codes;
  for (const rules::Issue& issue : advice) ++codes[issue.code];
  std::string list;
  for (const auto& [code, count] : codes) {
    if (!list.empty()) list += ", ";
    list += std::string(code) + " x" + std::to_string(count);
  }
  log_->warn(
      "rules_advice",
      {{"warnings", std::to_string(advice.size())}, {"codes", list}, {"see", "lockgate check"}});
}

// A rule set is stored whole before it judges anything.
Result<void> App::keep(const rules::RuleSet& rules) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const rules::SourceFile& file : rules.files()) files.emplace_back(file.path, file.bytes);
  const UtcTime at = clock_.now();
  return database_->keep_rule_set(rules.hash(), files, record::rule_set_entry(rules.hash(), at),
                                  at);
}

Result<std::vector<gate::Source>> App::make_sources() const {
  std::vector<gate::Source> sources;
  for (const Config::Source& each : config_.sources) {
    LOCKGATE_TRY(std::shared_ptr<const Adapter> adapter,
                 adapters::make_adapter(each.adapter, each.settings));
    gate::Source source{.id = each.id,
                        .organisation = each.organisation,
                        .adapter = std::move(adapter),
                        .allow_private = each.allow_private,
                        .retry = each.retry,
                        .strict = each.strict};
    sources.push_back(std::move(source));
  }
  return sources;
}

gate::Sent App::send(const OutboundRequest& request, const gate::Source& source) const {
  const auto answer = client_.send({.method = request.method,
                                    .url = request.url,
                                    .headers = request.headers,
                                    .body = request.body,
                                    .allow_private = source.allow_private});
  if (!answer) return {.status = 0, .retry_after = {}, .why = answer.error().message};
  const auto wait = only_header(answer->headers, "retry-after");
  return {.status = static_cast<int>(answer->status),
          .retry_after = std::string(wait.value_or("")),
          .why = {}};
}

void App::forget() {
  const UtcTime now = clock_.now();
  const auto bodies = database_->forget_bodies(now - std::chrono::days(config_.keep_bodies_days));
  const auto sessions =
      database_->end_sessions_before(now - kLongestSession, now - kLongestSession);
  for (const auto* result : {&bodies, &sessions}) {
    if (!*result) log_->warn("tidying_failed", {{"why", result->error().message}});
  }
}

}  // namespace lockgate::app
