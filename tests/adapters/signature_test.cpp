#include "adapters/signature.hpp"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace lockgate::adapters {
namespace {

// The vector of the Standard Webhooks libraries' own tests.
constexpr const char* kLibrarySecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* kLibraryId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr const char* kLibraryTime = "1614265330";
constexpr const char* kLibraryBody = R"({"test": 2432232314})";
constexpr const char* kLibrarySignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

std::string base64(std::size_t bytes) {
  const std::string raw(bytes, 'k');
  std::string text(sodium_base64_encoded_len(bytes, sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(raw.data()),
                    raw.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

TEST(Signature, AgreesWithTheStandardWebhooksLibraries) {
  const auto secret = Secret::parse(kLibrarySecret);
  ASSERT_TRUE(secret.has_value());
  EXPECT_EQ(sign(*secret, kLibraryId, kLibraryTime, kLibraryBody), kLibrarySignature);
}

TEST(Signature, ReadsBackWhatItWrote) {
  const auto secret = Secret::parse(kLibrarySecret);
  const auto mac = read_signature(kLibrarySignature);
  ASSERT_TRUE(mac.has_value());
  EXPECT_TRUE(same(*mac, secret->mac(kLibraryId, kLibraryTime, kLibraryBody)));
}

TEST(Signature, IsNeitherAnotherVersionNorAnyText) {
  for (const char* entry :
       {"", "v1", "v1,", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",   // padding left out
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=",  // bits beyond the last byte
        "v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=",  // the alphabet for URLs
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= ",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OEAAAA=",
        "v1,83484cf52b04f8e4cf2531adfed9882ad4b2665137b8524", "V1,AAAA"}) {
    EXPECT_FALSE(read_signature(entry).has_value()) << entry;
  }
}

TEST(Secret, HasTwentyFourToSixtyFourBytes) {
  EXPECT_FALSE(Secret::parse("whsec_" + base64(23)).has_value());
  EXPECT_TRUE(Secret::parse("whsec_" + base64(24)).has_value());
  EXPECT_TRUE(Secret::parse("whsec_" + base64(64)).has_value());
  EXPECT_FALSE(Secret::parse("whsec_" + base64(65)).has_value());
}

TEST(Secret, IsNotAnyText) {
  const std::string sound = base64(32);
  EXPECT_TRUE(Secret::parse("whsec_" + sound).has_value());
  const std::string unsound[] = {"",
                                 "whsec_",
                                 sound,
                                 "whsk_" + sound,
                                 "whsec_" + sound + "\n",
                                 "whsec_ " + sound,
                                 "whsec_" + sound.substr(0, 43),
                                 "whsec_!" + sound.substr(1)};
  for (const std::string& text : unsound) EXPECT_FALSE(Secret::parse(text).has_value()) << text;
}

// Independent of our code: the samples' own files, where they are at hand.
TEST(Signature, AgreesWithTheSamplesOfTheDocumentation) {
  const std::string folder = "../shared/cases/samples/standard-webhooks/";
  const std::pair<const char*, const char*> samples[] = {
      {"01-library-vector.json", "/expect/secret"},
      {"03-two-secrets-rotation.json", "/expect/secrets/0"},
      {"03-two-secrets-rotation.json", "/expect/secrets/1"}};
  int compared = 0;
  for (const auto& [file, secret_at] : samples) {
    std::ifstream in(folder + file);
    if (!in) continue;
    std::ostringstream text;
    text << in.rdbuf();
    const boost::json::value sample = boost::json::parse(text.str());
    std::map<std::string, std::string> headers;
    for (const auto& header : sample.at_pointer("/request/headers").as_array()) {
      headers[header.at(0).as_string().c_str()] = header.at(1).as_string().c_str();
    }
    const auto secret = Secret::parse(sample.at_pointer(secret_at).as_string());
    ASSERT_TRUE(secret.has_value());
    const std::string made =
        sign(*secret, headers.at("webhook-id"), headers.at("webhook-timestamp"),
             sample.at_pointer("/request/body").as_string());
    EXPECT_NE(headers.at("webhook-signature").find(made), std::string::npos) << file;
    ++compared;
  }
  if (compared == 0) GTEST_SKIP() << "the sample files are not beside this folder: " << folder;
}

}  // namespace
}  // namespace lockgate::adapters
