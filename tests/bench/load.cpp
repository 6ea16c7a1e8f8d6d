// A load of signed deliveries, each with an id and a case of its own, over so
// many connections at once; each connection sends its next one when it has the
// answer to the last.
//
//   bench_load PORT SECRET CONNECTIONS SECONDS MOST BODY_FILE
//
// SECRET is the source's, `whsec_...`.  In the body, CASE-XXXXXXXXXXXX stands for the
// case.  At most MOST deliveries are sent: all are signed before the clock starts.
// Prints one line: answers per second, their times, and what was no 2xx.

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sodium.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using SteadyClock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::string_view kPlace = "CASE-XXXXXXXXXXXX";

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "bench_load: %s\n", what.c_str());
  std::exit(1);
}

std::vector<unsigned char> key_of(std::string_view secret) {
  if (!secret.starts_with("whsec_")) give_up("a secret begins with whsec_");
  secret.remove_prefix(6);
  std::vector<unsigned char> key(secret.size());
  std::size_t size = 0;
  if (sodium_base642bin(key.data(), key.size(), secret.data(), secret.size(), nullptr, &size,
                        nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
    give_up("the secret is not base64");
  }
  key.resize(size);
  return key;
}

std::string base64(const unsigned char* bytes, std::size_t size) {
  std::string text(sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes, size, sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the terminating NUL
  return text;
}

// The whole request of delivery `number` of run `run`.
std::string request(const std::vector<unsigned char>& key, const std::string& run, unsigned number,
                    std::string body) {
  std::string digits = std::to_string(number);
  digits.insert(0, 8 - std::min<std::size_t>(digits.size(), 8), '0');
  body.replace(body.find(kPlace), kPlace.size(), "CASE-" + run.substr(0, 4) + digits);
  const std::string id = "msg_" + run + std::to_string(number);
  const std::string stamp = std::to_string(std::time(nullptr));
  const std::string head = id + '.' + stamp + '.';

  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(head.data()),
                                head.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(body.data()),
                                body.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac;
  crypto_auth_hmacsha256_final(&state, mac.data());

  return "POST /hooks/casework HTTP/1.1\r\nHost: lockgate\r\nContent-Type: application/json\r\n"
         "webhook-id: " +
         id + "\r\nwebhook-timestamp: " + stamp + "\r\nwebhook-signature: v1," +
         base64(mac.data(), mac.size()) + "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

struct Answer {
  int status = 0;
  std::size_t size = 0;
  bool last = false;  // the server closes the connection after it
};

// The answer at the beginning of `bytes`; size 0 if it is not whole yet.
Answer parse(std::string_view bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return {};
  const std::string_view head = bytes.substr(0, end);
  constexpr std::string_view kLength = "Content-Length: ";
  const std::size_t length = head.find(kLength);
  if (head.size() < 12 || length == std::string_view::npos) give_up("an answer without a length");
  Answer answer;
  std::size_t body = 0;
  std::from_chars(head.data() + length + kLength.size(), head.data() + head.size(), body);
  if (bytes.size() < end + 4 + body) return {};
  std::from_chars(head.data() + 9, head.data() + 12, answer.status);
  answer.size = end + 4 + body;
  answer.last = head.find("Connection: close") != std::string_view::npos;
  return answer;
}

// One connection; blocking writes (a request fits the socket's buffer), reads when told to.
class Sender {
 public:
  Sender(std::uint16_t port, int poll) : port_(port), poll_(poll) { open(); }

  void send(const std::string& request) {
    sent_at_ = SteadyClock::now();
    sent_ = &request;
    for (std::size_t done = 0; done < request.size();) {
      const ssize_t n = ::send(socket_, request.data() + done, request.size() - done, MSG_NOSIGNAL);
      if (n <= 0) return again();  // closed between two requests
      done += static_cast<std::size_t>(n);
    }
  }

  // Reads what is there.  Status 0 if the answer is not whole yet.
  Answer receive() {
    std::array<char, 16384> chunk;
    const ssize_t n = ::recv(socket_, chunk.data(), chunk.size(), 0);
    if (n <= 0) {
      again();
      return {};
    }
    bytes_.append(chunk.data(), static_cast<std::size_t>(n));
    const Answer answer = parse(bytes_);
    if (answer.size > 0) bytes_.erase(0, answer.size);
    if (answer.last) reopen();
    return answer;
  }

  SteadyClock::time_point sent_at() const { return sent_at_; }

 private:
  void open() {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      give_up("cannot connect");
    }
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = this;
    ::epoll_ctl(poll_, EPOLL_CTL_ADD, socket_, &event);
  }

  void reopen() {
    ::close(socket_);
    bytes_.clear();
    open();
  }

  void again() {
    if (++retries_ > 100) give_up("the server closes every connection");
    reopen();
    send(*sent_);
  }

  std::uint16_t port_;
  int poll_;
  int socket_ = -1;
  int retries_ = 0;
  std::string bytes_;
  const std::string* sent_ = nullptr;
  SteadyClock::time_point sent_at_;
};

std::string read_file(const char* path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) give_up(std::string("cannot read ") + path);
  return std::move(text).str();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) give_up("usage: bench_load PORT SECRET CONNECTIONS SECONDS MOST BODY_FILE");
  if (sodium_init() < 0) give_up("libsodium does not start");
  const auto port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  const std::vector<unsigned char> key = key_of(argv[2]);
  const int connections = std::atoi(argv[3]);
  const Seconds wanted(std::atof(argv[4]));
  const auto most = static_cast<unsigned>(std::atoi(argv[5]));
  const std::string body = read_file(argv[6]);
  if (body.find(kPlace) == std::string::npos) give_up("the body has no " + std::string(kPlace));

  std::array<unsigned char, 6> dice;
  randombytes_buf(dice.data(), dice.size());
  std::string run = base64(dice.data(), dice.size());
  std::replace_if(
      run.begin(), run.end(), [](char c) { return c == '+' || c == '/'; }, '0');

  std::vector<std::string> requests;
  requests.reserve(most);
  for (unsigned i = 0; i < most; ++i) requests.push_back(request(key, run, i, body));

  const int poll = ::epoll_create1(0);
  std::vector<std::unique_ptr<Sender>> senders;
  for (int i = 0; i < connections; ++i) senders.push_back(std::make_unique<Sender>(port, poll));
  const auto begun = SteadyClock::now();
  const std::clock_t cpu_begun = std::clock();
  std::size_t next = 0;
  int waiting = 0;
  for (const auto& sender : senders) {
    if (next == requests.size()) break;
    sender->send(requests[next++]);
    ++waiting;
  }

  std::vector<double> milliseconds;
  unsigned long others = 0;
  int other = 0;
  std::array<epoll_event, 64> events;
  Seconds passed{};
  while (waiting > 0) {
    const int ready = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 30000);
    if (ready <= 0) give_up("no answer for 30 seconds");
    for (int i = 0; i < ready; ++i) {
      auto& sender = *static_cast<Sender*>(events[static_cast<std::size_t>(i)].data.ptr);
      const Answer answer = sender.receive();
      if (answer.size == 0) continue;
      const auto now = SteadyClock::now();
      passed = now - begun;
      if (answer.status == 200 || answer.status == 202) {
        milliseconds.push_back(Seconds(now - sender.sent_at()).count() * 1000);
      } else {
        ++others;
        other = answer.status;
      }
      if (passed < wanted && next < requests.size()) {
        sender.send(requests[next++]);
      } else {
        --waiting;
      }
    }
  }
  if (milliseconds.empty()) give_up("no 2xx at all; the last answer was " + std::to_string(other));
  const double cpu = static_cast<double>(std::clock() - cpu_begun) / CLOCKS_PER_SEC;
  std::sort(milliseconds.begin(), milliseconds.end());
  const std::size_t n = milliseconds.size();
  std::printf(
      "%.0f decisions/s, p50 %.2f ms, p99 %.2f ms, %zu decisions, %.0f us of the "
      "generator's CPU each, %lu others (%d)%s\n",
      static_cast<double>(n) / passed.count(), milliseconds[n / 2], milliseconds[n * 99 / 100], n,
      cpu * 1e6 / static_cast<double>(n), others, other,
      next == requests.size() ? ", ran out of requests" : "");
}
