// Whom the client believes: O70 of the catalogue.

#include <cstdio>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "peer.hpp"
#include "plugin/net/client.hpp"
#include "tests/support/temp_folder.hpp"

namespace lockgate::net {
namespace {

using namespace std::chrono_literals;
using test::Conversation;
using test::Peer;
using testing::HasSubstr;

template <auto free>
struct Free {
  template <class T>
  void operator()(T* each) const {
    free(each);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using TlsContext = std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>>;
using TlsStream = std::unique_ptr<SSL, Free<SSL_free>>;

struct Identity {
  Key key{EVP_EC_gen("P-256")};
  Certificate certificate{X509_new()};
};

// A self-signed certificate for `name`, good from a day ago for `days` days.
std::shared_ptr<Identity> identity(const std::string& name, int days = 2) {
  auto made = std::make_shared<Identity>();
  X509* const certificate = made->certificate.get();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -86'400);
  X509_gmtime_adj(X509_getm_notAfter(certificate), (days - 1) * 86'400L);
  X509_set_pubkey(certificate, made->key.get());
  X509_NAME* const subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
  X509_set_issuer_name(certificate, subject);
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const names =
      X509V3_EXT_conf_nid(nullptr, &context, NID_subject_alt_name, name.c_str());
  X509_add_ext(certificate, names, -1);
  X509_EXTENSION_free(names);
  X509_sign(certificate, made->key.get(), EVP_sha256());
  return made;
}

// A server with that certificate which says "trusted" to whoever gets so far.
std::function<void(Conversation&)> over_tls(std::shared_ptr<Identity> who, int most = 0) {
  return [who, most](Conversation& conversation) {
    const TlsContext context(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), most);
    SSL_CTX_use_certificate(context.get(), who->certificate.get());
    SSL_CTX_use_PrivateKey(context.get(), who->key.get());
    const TlsStream stream(SSL_new(context.get()));
    SSL_set_fd(stream.get(), conversation.socket());
    if (SSL_accept(stream.get()) != 1) return;
    std::string request;
    char bytes[4096];
    while (request.find("\r\n\r\n{}") == std::string::npos) {
      const int got = SSL_read(stream.get(), bytes, sizeof bytes);
      if (got <= 0) return;
      request.append(bytes, static_cast<std::size_t>(got));
    }
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\ntrusted";
    SSL_write(stream.get(), answer.data(), static_cast<int>(answer.size()));
    SSL_shutdown(stream.get());
  };
}

class ClientTls : public testing::Test {
 protected:
  // Asks https://`host`, which is at 127.0.0.1, trusting `trusted` beside the system's.
  Result<ClientResponse> ask(const Peer& peer, const std::string& host,
                             const std::shared_ptr<Identity>& trusted = nullptr) const {
    ClientSettings settings;
    settings.resolve = [](const std::string&) { return std::vector<std::string>{"127.0.0.1"}; };
    if (trusted) {
      settings.trust_file = (folder_.path() / "trusted.pem").string();
      std::unique_ptr<FILE, Free<fclose>> file(fopen(settings.trust_file.c_str(), "w"));
      PEM_write_X509(file.get(), trusted->certificate.get());
    }
    ClientRequest request{.url = "https://" + host + ":" + std::to_string(peer.port()) + "/",
                          .body = "{}",
                          .allow_private = true};
    return Client(settings).send(request);
  }

  std::string why_not(const Peer& peer, const std::string& host,
                      const std::shared_ptr<Identity>& trusted = nullptr) const {
    const auto answer = ask(peer, host, trusted);
    EXPECT_FALSE(answer.has_value());
    if (answer) return {};
    EXPECT_EQ(answer.error().code, Errc::unavailable);
    return answer.error().message;
  }

  test::TempFolder folder_;
};

TEST_F(ClientTls, CallsWhoHasATrustedCertificateForItsName) {
  const auto who = identity("DNS:cases.example.org");
  Peer peer(over_tls(who));
  const auto answer = ask(peer, "cases.example.org", who);
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->body, "trusted");
}

TEST_F(ClientTls, CallsAnAddressThatTheCertificateNames) {
  const auto who = identity("IP:127.0.0.1");
  Peer peer(over_tls(who));
  const auto answer = ask(peer, "127.0.0.1", who);
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->body, "trusted");
}

TEST_F(ClientTls, O70_RefusesACertificateThatNobodyVouchesFor) {
  Peer peer(over_tls(identity("DNS:cases.example.org")));
  EXPECT_THAT(why_not(peer, "cases.example.org"), HasSubstr("the certificate is not trusted"));
  EXPECT_THAT(why_not(peer, "cases.example.org", identity("DNS:cases.example.org")),
              HasSubstr("the certificate is not trusted"));
}

TEST_F(ClientTls, O70_RefusesACertificateForAnotherName) {
  const auto who = identity("DNS:other.example.org");
  Peer peer(over_tls(who));
  EXPECT_EQ(why_not(peer, "cases.example.org", who),
            "the certificate is not valid for `cases.example.org`");
  EXPECT_EQ(why_not(peer, "127.0.0.1", who), "the certificate is not valid for `127.0.0.1`");
}

TEST_F(ClientTls, O70_RefusesACertificateWhoseTimeIsOver) {
  const auto who = identity("DNS:cases.example.org", 0);
  Peer peer(over_tls(who));
  EXPECT_THAT(why_not(peer, "cases.example.org", who), HasSubstr("expired"));
}

TEST_F(ClientTls, O70_RefusesOldVersionsOfTls) {
  const auto who = identity("DNS:cases.example.org");
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
    Peer peer(over_tls(who, version));
    EXPECT_THAT(why_not(peer, "cases.example.org", who), HasSubstr("no TLS connection came about"));
  }
  Peer peer(over_tls(who, TLS1_2_VERSION));
  EXPECT_TRUE(ask(peer, "cases.example.org", who).has_value());
}

TEST_F(ClientTls, O70_RefusesWhoDoesNotSpeakTls) {
  Peer peer([](Conversation& conversation) {
    conversation.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    conversation.wait_until_it_hangs_up();
  });
  EXPECT_THAT(why_not(peer, "cases.example.org"), HasSubstr("no TLS connection came about"));
}

}  // namespace
}  // namespace lockgate::net
