// What Beast 1.81 must be kept from: it asserts that it sees at least five
// bytes of the end of a chunked body, though a peer may send them one by one.

#pragma once

#include <cstddef>

#include <boost/beast/http/basic_parser.hpp>

namespace lockgate::net {

// "0", CR LF, CR LF: whatever is left of a chunked body is not shorter.
inline constexpr std::size_t kLeastChunkEnd = 5;

// Whether a parser, whose header is done, is to be given these bytes only
// together with more.
template <bool is_request>
bool is_too_little(const boost::beast::http::basic_parser<is_request>& parser, std::size_t bytes) {
  return parser.is_header_done() && parser.chunked() && bytes < kLeastChunkEnd;
}

}  // namespace lockgate::net
