#include "plugin/net/request_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "plugin/net/chunk_end.hpp"
#include "plugin/net/target.hpp"

namespace lockgate::net {
namespace {

namespace http = boost::beast::http;
namespace beast = boost::beast;

constexpr std::size_t kReadAtOnce = 4096;
constexpr std::size_t kMostChunkLine = 4096;  // with its extension, or the trailer
constexpr std::size_t kMostChunkExtension = 256;
constexpr std::size_t kBodyReserve = 16 * 1024;

bool is_token(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

// uri-host [ ":" port ] of RFC 9110 section 7.2, and not empty.
bool is_host(std::string_view text) {
  const auto authority = boost::urls::parse_authority(text);
  return authority && !authority->has_userinfo() && !authority->encoded_host().empty();
}

// The origin form of a target; empty for one that is not meant for this host.
std::string_view origin_form(std::string_view target, std::string_view host) {
  if (target.starts_with('/')) return target;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!beast::iequals(target.substr(0, scheme.size()), scheme)) continue;
    const std::string_view rest = target.substr(scheme.size());
    const std::size_t path = rest.find('/');
    if (path == std::string_view::npos || !beast::iequals(rest.substr(0, path), host)) return {};
    return rest.substr(path);
  }
  return {};
}

// A CR or LF that is not half of CR LF; a CR at the end may yet become one.
bool has_bare_line_end(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') return true;
    if (text[i] != '\r' || i + 1 == text.size()) continue;
    if (text[++i] != '\n') return true;
  }
  return false;
}

Refused in_words(const beast::error_code& error) {
  if (error == http::error::body_limit) return {413, "the body is too large"};
  if (error == http::error::bad_version) return {505, "only HTTP/1.1 is spoken here"};
  if (error == http::error::bad_method) return {400, "the method is not one"};
  if (error == http::error::bad_target) return {400, "the target is not one"};
  if (error == http::error::bad_content_length || error == http::error::bad_transfer_encoding) {
    return {400, "the length of the body is not stated clearly"};
  }
  if (error == http::error::bad_chunk || error == http::error::bad_chunk_extension) {
    return {400, "the chunks of the body are not sound"};
  }
  return {400, "this is not an HTTP/1.1 request"};
}

}  // namespace

// Beast's grammar; its events make the request.
class RequestReader::Parser : public http::basic_parser<true> {
 public:
  explicit Parser(const Limits& limits) {
    header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    body_limit(limits.body_bytes);
  }

  // Called once the head is parsed: what Beast's grammar lets through although
  // RFC 9112 has it refused.  Fills in path and query.
  std::optional<Refused> check_head() {
    in_head_ = false;
    if (hosts_ > 1 || (hosts_ == 0 && !http_1_0()) || (hosts_ == 1 && !is_host(host_))) {
      return Refused{400, "exactly one Host is needed, a name or address with or without port"};
    }
    if (codings_ > 0 && (codings_ > 1 || lengths_ > 0 || http_1_0() || !is_chunked_)) {
      return Refused{400, "the only transfer coding is `chunked`, and without Content-Length"};
    }
    if (lengths_ > 1 || !length_is_plain_) {
      return Refused{400, "the Content-Length is not one number"};
    }
    if (bad_expectation_) return Refused{417, "the only expectation is `100-continue`"};
    if (http::string_to_verb(request_.method) == http::verb::unknown) {
      return Refused{501, "the method is not known here"};
    }
    auto target = read_target(origin_form(target_, host_));
    if (!target) return Refused{400, "the target is not a path of this server"};
    request_.path = std::move(target->path);
    request_.query = std::move(target->query);
    return std::nullopt;
  }

  bool http_1_0() const { return version_ == 10; }
  bool take_expectation() { return std::exchange(expects_continue_, false); }
  std::size_t body_bytes() const { return request_.body.size(); }
  Request take() { return std::move(request_); }

 private:
  void on_request_impl(http::verb, beast::string_view method, beast::string_view target,
                       int version, beast::error_code&) override {
    request_.method.assign(method.data(), method.size());
    target_.assign(target.data(), target.size());
    version_ = version;
    request_.headers.reserve(16);
  }
  void on_response_impl(int, beast::string_view, int, beast::error_code&) override {}

  void on_field_impl(http::field field, beast::string_view name, beast::string_view value,
                     beast::error_code&) override {
    if (!in_head_) return;  // a trailer says nothing that anyone here reads
    switch (field) {
      case http::field::host:
        ++hosts_;
        host_.assign(value.data(), value.size());
        break;
      case http::field::transfer_encoding:
        ++codings_;
        is_chunked_ = beast::iequals(value, "chunked");
        break;
      case http::field::content_length:
        ++lengths_;
        length_is_plain_ = !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
          return c >= '0' && c <= '9';
        });
        break;
      case http::field::expect:
        expects_continue_ = beast::iequals(value, "100-continue") && !http_1_0();
        bad_expectation_ |= !beast::iequals(value, "100-continue");
        break;
      default:
        break;
    }
    request_.headers.emplace_back(std::string(name), std::string(value));
  }

  void on_header_impl(beast::error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>& length,
                         beast::error_code&) override {
    if (length) request_.body.reserve(std::min<std::size_t>(*length, kBodyReserve));
  }
  std::size_t on_body_impl(beast::string_view part, beast::error_code&) override {
    request_.body.append(part.data(), part.size());
    return part.size();
  }
  void on_chunk_header_impl(std::uint64_t, beast::string_view extension,
                            beast::error_code& error) override {
    if (extension.size() > kMostChunkExtension) error = http::error::bad_chunk_extension;
  }
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view part,
                                 beast::error_code&) override {
    request_.body.append(part.data(), part.size());
    return part.size();
  }
  void on_finish_impl(beast::error_code&) override {}

  Request request_;
  std::string target_;
  std::string host_;
  int version_ = 11;
  int hosts_ = 0, codings_ = 0, lengths_ = 0;
  bool is_chunked_ = false;
  bool length_is_plain_ = true;
  bool expects_continue_ = false;
  bool bad_expectation_ = false;
  bool in_head_ = true;
};

RequestReader::RequestReader(const Limits& limits) : limits_(limits) {}
RequestReader::~RequestReader() = default;

boost::asio::mutable_buffer RequestReader::space() { return buffer_.prepare(kReadAtOnce); }

RequestReader::State RequestReader::refuse(unsigned status, std::string_view detail) {
  refused_ = {status, detail};
  parser_.reset();
  buffer_.clear();
  buffer_.shrink_to_fit();
  return state_ = State::refused;
}

void RequestReader::give_up(Refused why) { refuse(why.status, why.detail); }

std::size_t RequestReader::held() const {
  return buffer_.size() + (parser_ ? parser_->body_bytes() : 0);
}

RequestReader::State RequestReader::advance() {
  if (state_ == State::refused || state_ == State::complete) return state_;
  return parser_ ? read_body() : read_head();
}

std::optional<std::size_t> RequestReader::scan_head(std::string_view bytes) {
  refused_.status = 400;
  for (std::size_t i = scanned_; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (c == '\0') return std::nullopt;
    if (c == '\r' && i + 1 < bytes.size() && bytes[i + 1] != '\n') return std::nullopt;
    if (c != '\n') continue;
    if (i == 0 || bytes[i - 1] != '\r') return std::nullopt;
    if (i >= 3 && bytes[i - 2] == '\n') {
      refused_.status = 0;
      return i + 1;
    }
  }
  // A last CR is looked at again with what follows it.
  scanned_ = bytes.size() - (bytes.ends_with('\r') ? 1 : 0);
  refused_.status = 0;
  return std::nullopt;
}

std::string_view RequestReader::bytes_left() const {
  return {static_cast<const char*>(buffer_.data().data()), buffer_.size()};
}

RequestReader::State RequestReader::read_head() {
  // An empty line before a request is forgiven (RFC 9112 section 2.2).
  while (scanned_ == 0 && bytes_left().starts_with("\r\n")) buffer_.consume(2);
  const std::string_view bytes = bytes_left();
  if (bytes.empty()) return state_ = State::idle;
  if (bytes != "\r" && !is_token(bytes.front())) {
    return refuse(400, "this is not an HTTP/1.1 request");
  }

  const auto end = scan_head(bytes);
  if (refused_.status != 0) return refuse(400, "a line ends without CR LF, or a byte is NUL");
  const std::size_t size = end.value_or(bytes.size());
  const std::size_t line = std::min(bytes.find("\r\n"), size);
  // The method and the version take little beside the target.
  if (line > limits_.target_bytes + 64) return refuse(414, "the target is too long");
  if (size > limits_.header_bytes) return refuse(431, "the header block is too large");
  if (!end) return state_ = State::head;

  const std::string_view head = bytes.substr(0, size);
  if (std::count(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(line), ' ') != 2) {
    return refuse(400, "the first line is not a method, a target and a version");
  }
  const std::size_t target = head.find(' ') + 1;
  if (head.substr(0, line).find(' ', target) - target > limits_.target_bytes &&
      line > limits_.target_bytes) {
    return refuse(414, "the target is too long");
  }
  std::size_t fields = 0;
  for (std::size_t at = line + 2; at + 2 < size; at = head.find("\r\n", at) + 2) {
    if (head[at] == ' ' || head[at] == '\t') return refuse(400, "a field is folded");
    if (++fields > limits_.fields) return refuse(431, "there are too many fields");
  }

  parser_ = std::make_unique<Parser>(limits_);
  beast::error_code error;
  const std::size_t used = parser_->put(boost::asio::buffer(head), error);
  if (error && error != http::error::body_limit) {
    const Refused why = in_words(error);
    return refuse(why.status, why.detail);
  }
  const auto refused = parser_->check_head();
  if (refused) return refuse(refused->status, refused->detail);
  if (error) return refuse(413, "the body is too large");
  buffer_.consume(used);
  return read_body();
}

RequestReader::State RequestReader::read_body() {
  while (!parser_->is_done()) {
    if (buffer_.size() == 0 || is_too_little(*parser_, buffer_.size())) return state_ = State::body;
    beast::error_code error;
    const std::size_t used = parser_->put(buffer_.data(), error);
    buffer_.consume(used);
    if (error && error != http::error::need_more) {
      const Refused why = in_words(error);
      return refuse(why.status, why.detail);
    }
    if (used > 0) continue;
    // What is left is not of a chunk but of the lines between chunks.
    if (buffer_.size() > kMostChunkLine || has_bare_line_end(bytes_left())) {
      return refuse(400, "the chunks of the body are not sound");
    }
    return state_ = State::body;
  }
  return state_ = State::complete;
}

bool RequestReader::must_say_continue() {
  return state_ == State::body && parser_->take_expectation() && buffer_.size() == 0;
}

RequestReader::Taken RequestReader::take() {
  Taken taken{.request = parser_->take(),
              .http_1_0 = parser_->http_1_0(),
              .keep_alive = parser_->keep_alive()};
  parser_.reset();
  scanned_ = 0;
  state_ = State::idle;
  return taken;
}

}  // namespace lockgate::net
