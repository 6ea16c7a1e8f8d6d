// Reads an HTTP answer from the bytes of a connection, up to limits.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include <boost/beast/http/basic_parser.hpp>

#include "plugin/net/client.hpp"

namespace lockgate::net {

// Beast's grammar; its events make the answer.  Keeps at most `body_bytes` of
// the body and ends there with `is_full`, whatever length was announced.
class AnswerReader : public boost::beast::http::basic_parser<false> {
 public:
  AnswerReader(std::size_t header_bytes, std::size_t body_bytes, bool to_head)
      : body_bytes_(body_bytes) {
    header_limit(static_cast<std::uint32_t>(header_bytes));
    body_limit(boost::none);
    skip(to_head);
  }

  bool is_full() const { return full_; }
  ClientResponse take() { return std::move(answer_); }

 private:
  using Error = boost::beast::error_code;
  using Text = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb, Text, Text, int, Error&) override {}
  void on_response_impl(int status, Text, int, Error&) override {
    answer_.status = static_cast<unsigned>(status);
  }
  void on_field_impl(boost::beast::http::field, Text name, Text value, Error&) override {
    if (!in_head_) return;
    answer_.headers.emplace_back(std::string(name), std::string(value));
  }
  void on_header_impl(Error&) override { in_head_ = false; }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  std::size_t on_body_impl(Text part, Error&) override { return keep(part); }
  void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text part, Error&) override { return keep(part); }
  void on_finish_impl(Error&) override {}

  std::size_t keep(Text part) {
    const std::size_t room = body_bytes_ - answer_.body.size();
    answer_.body.append(part.data(), std::min(room, part.size()));
    full_ |= part.size() > room;
    return part.size();
  }

  const std::size_t body_bytes_;
  ClientResponse answer_;
  bool in_head_ = true;
  bool full_ = false;
};

}  // namespace lockgate::net
