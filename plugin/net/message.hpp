// A request and a response as the rest of Lockgate sees them: plain values.

#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace lockgate::net {

struct Request {
  std::string method;
  std::string path;                          // decoded, without the query
  std::map<std::string, std::string> query;  // decoded; the last of a repeated name
  std::map<std::string, std::string> args;   // from the route: {id} -> "42"
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string peer;  // the socket's address, without the port
};

struct Response {
  unsigned status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
};

// Gives the answer to the connection; called once, from any thread.
using Respond = std::function<void(Response)>;

// Runs on a worker thread and may block.  It either answers before it returns
// or keeps `respond` for later (a webhook waits for its group commit).
using Handler = std::function<void(Request request, Respond respond)>;

}  // namespace lockgate::net
