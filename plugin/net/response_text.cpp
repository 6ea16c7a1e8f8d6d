#include "plugin/net/response_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/status.hpp>

namespace lockgate::net {
namespace {

namespace beast = boost::beast;

bool is_ours(std::string_view name) {
  return beast::iequals(name, "Content-Length") || beast::iequals(name, "Transfer-Encoding") ||
         beast::iequals(name, "Connection");
}

bool is_safe(std::string_view name, std::string_view value) {
  const auto is_control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\t') || byte == 0x7f;
  };
  const auto is_token = [](char c) { return c > 0x20 && c < 0x7f && c != ':'; };
  return !name.empty() && std::all_of(name.begin(), name.end(), is_token) &&
         std::none_of(value.begin(), value.end(), is_control);
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  head += value;
  head += "\r\n";
}

// "Mon, 23 Nov 2026 09:00:00 GMT" (RFC 9110 section 5.6.7).
std::string http_date(UtcTime time) {
  using namespace std::chrono;
  constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{floor<seconds>(time - day)};
  char text[40];
  std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d GMT",
                kDays[weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

}  // namespace

std::string response_head(const Response& response, const WireOptions& options) {
  const auto reason = beast::http::obsolete_reason(beast::http::int_to_status(response.status));
  std::string head;
  head.reserve(512);
  head += "HTTP/1.1 ";
  head += std::to_string(response.status);
  head += ' ';
  head.append(reason.data(), reason.size());
  head += "\r\n";
  if (options.date) append_field(head, "Date", http_date(*options.date));
  if (has_body(response.status)) {
    if (!response.content_type.empty() && is_safe("Content-Type", response.content_type)) {
      append_field(head, "Content-Type", response.content_type);
    }
    append_field(head, "Content-Length", std::to_string(response.body.size()));
  }
  for (const auto& [name, value] : response.headers) {
    if (!is_ours(name) && is_safe(name, value)) append_field(head, name, value);
  }
  if (!options.keep_alive) append_field(head, "Connection", "close");
  if (options.keep_alive && options.http_1_0) append_field(head, "Connection", "keep-alive");
  head += "\r\n";
  return head;
}

bool has_body(unsigned status) { return status >= 200 && status != 204 && status != 304; }

}  // namespace lockgate::net
