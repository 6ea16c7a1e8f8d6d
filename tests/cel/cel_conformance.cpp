// cel_conformance DIR [FILE...]: runs the conformance vectors in DIR (all, or
// the files named, without .json).  Exit 1 if one fails that tests/cel/skipped.txt
// does not list with its reason.

#include <openssl/evp.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <string>

#include "rules/cel/functions.hpp"
#include "rules/cel/program.hpp"

namespace {

namespace cel = lockgate::cel;
namespace json = boost::json;
using cel::Kind;
using cel::Type;
using cel::Value;

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string text(const json::value& v) { return std::string(v.as_string()); }

std::string decode_base64(const std::string& encoded) {
  std::string out(encoded.size(), '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(encoded.data()),
                                   static_cast<int>(encoded.size()));
  const auto padding = std::count(encoded.begin(), encoded.end(), '=');
  out.resize(static_cast<std::size_t>(std::max<long>(0, size - padding)));
  return out;
}

// A tagged value of the vectors; nothing if it needs protobuf.
std::optional<Value> untag(const json::value& tagged) {
  const auto& [tag, v] = *tagged.as_object().begin();
  if (tag == "null") return Value::null();
  if (tag == "bool") return Value::boolean(v.as_bool());
  if (tag == "int") return Value::integer(std::stoll(text(v)));
  if (tag == "uint") return Value::uinteger(std::stoull(text(v)));
  if (tag == "double") return Value::real(std::strtod(text(v).c_str(), nullptr));
  if (tag == "string") return Value::string(text(v));
  if (tag == "bytes_b64") return Value::bytes(decode_base64(text(v)));
  if (tag == "timestamp") return cel::parse_timestamp(text(v));
  if (tag == "duration") return cel::parse_duration(text(v));
  if (tag == "type") return Value::type(text(v));
  if (tag == "list") {
    std::vector<Value> elements;
    for (const json::value& element : v.as_array()) {
      auto value = untag(element);
      if (!value) return std::nullopt;
      elements.push_back(*value);
    }
    return Value::list(std::move(elements));
  }
  if (tag == "map") {
    std::vector<Value::Entry> entries;
    for (const json::value& entry : v.as_array()) {
      auto key = untag(entry.as_array()[0]);
      auto value = untag(entry.as_array()[1]);
      if (!key || !value) return std::nullopt;
      entries.emplace_back(*key, *value);
    }
    return Value::map(std::move(entries));
  }
  return std::nullopt;
}

// "map(string, $T)" -> its type.
Type type_from(std::string_view text) {
  if (text.starts_with("$")) return Type::parameter(std::string(text.substr(1)));
  const std::string_view name = text.substr(0, text.find('('));
  std::vector<Type> parameters;
  if (name.size() < text.size()) {
    int depth = 0;
    std::size_t from = name.size() + 1;
    for (std::size_t at = from; at < text.size(); ++at) {
      if (text[at] == '(') ++depth;
      if (text[at] == ')') --depth;
      if (depth < 0 || (depth == 0 && text[at] == ',')) {
        parameters.push_back(type_from(text.substr(from, at - from)));
        from = at + 2;
      }
    }
  }
  for (int k = 0; k <= static_cast<int>(Kind::dyn); ++k) {
    const Kind kind = static_cast<Kind>(k);
    if (cel::kind_name(kind) == name) return Type(kind).with(std::move(parameters));
  }
  return Type::abstract(std::string(name), std::move(parameters));
}

void declare_functions(const json::object& declaration, cel::Declarations& declarations) {
  for (const json::value& each : declaration.at("function").as_array()) {
    const json::object& overload = each.as_object();
    std::vector<Type> parameters;
    for (const json::value& p : overload.at("params").as_array()) {
      parameters.push_back(type_from(p.as_string()));
    }
    declarations.declare({.name = text(declaration.at("name")),
                          .parameters = std::move(parameters),
                          .result = type_from(overload.at("result").as_string()),
                          .member = overload.at("receiver").as_bool()});
  }
}

// Nothing if the case holds, else why not.
std::optional<std::string> run(const json::object& test) {
  cel::Declarations declarations;
  cel::CompileOptions options{.max_source = 100'000};
  options.check = !test.contains("disable_check");
  options.macros = !test.contains("disable_macros");
  if (test.contains("container")) options.container = text(test.at("container"));
  if (test.contains("type_env")) {
    for (const json::value& d : test.at("type_env").as_array()) {
      if (d.as_object().contains("function")) {
        declare_functions(d.as_object(), declarations);
      } else {
        declarations.declare(text(d.at("name")), type_from(d.at("type").as_string()));
      }
    }
  }
  std::vector<Value> values;
  for (std::size_t i = 0; i < declarations.size(); ++i) values.push_back(Value::error("not bound"));
  if (test.contains("bindings")) {
    for (const auto& [name, tagged] : test.at("bindings").as_object()) {
      auto slot = declarations.find(name);
      if (!slot) slot = declarations.declare(name, Kind::dyn);
      values.resize(declarations.size());
      auto value = untag(tagged);
      if (!value) return "binds a value that needs protobuf";
      values[*slot] = *value;
    }
  }
  const json::object& expect = test.at("expect").as_object();
  const auto program = cel::compile(text(test.at("expr")), declarations, options);
  if (!program) {
    if (expect.contains("error")) return std::nullopt;
    return "does not compile: " + program.error().front().message;
  }
  if (expect.contains("deduced_type")) {
    const std::string wanted = text(expect.at("deduced_type"));
    if (program->type().text() != wanted) {
      return "deduced " + program->type().text() + ", wanted " + wanted;
    }
  }
  if (test.contains("check_only")) return std::nullopt;
  const Value got = program->evaluate(values);
  if (expect.contains("error")) {
    return got.is_error() ? std::nullopt : std::optional("yields " + got.text() + ", not an error");
  }
  const auto wanted = untag(expect.at("value"));
  if (!wanted) return "expects a value that needs protobuf";
  if (got.identical(*wanted)) return std::nullopt;
  return "yields " + got.text() + ", wanted " + wanted->text();
}

std::map<std::string, std::string> read_skipped() {
  std::map<std::string, std::string> skipped;
  std::ifstream in(LOCKGATE_CEL_SKIPPED);
  for (std::string line; std::getline(in, line);) {
    const auto space = line.find("  ");
    if (space != std::string::npos && line[0] != '#') {
      skipped[line.substr(0, space)] = line.substr(space + 2);
    }
  }
  return skipped;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: cel_conformance DIR [FILE...]\n";
    return 2;
  }
  std::vector<std::filesystem::path> files;
  std::error_code ignored;
  for (int i = 2; i < argc; ++i) {
    files.push_back(std::filesystem::path(argv[1]) / (std::string(argv[i]) + ".json"));
  }
  if (files.empty()) {
    for (const auto& entry : std::filesystem::directory_iterator(argv[1], ignored)) {
      if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
  }
  const auto skipped = read_skipped();
  std::size_t passed = 0, failed = 0, listed = 0;
  for (const auto& file : files) {
    json::error_code unreadable;
    const json::value vectors = json::parse(read(file), unreadable);
    if (unreadable) {
      std::cout << "FAIL " << file.string() << "  cannot be read\n";
      ++failed;
      continue;
    }
    for (const json::value& test : vectors.at("tests").as_array()) {
      const json::object& one = test.as_object();
      const json::value* protobuf = one.if_contains("needs_protobuf");
      if (protobuf && protobuf->is_bool() && protobuf->as_bool()) continue;
      const std::string id = text(one.at("id"));
      const auto why = run(one);
      if (!why) {
        ++passed;
      } else if (const auto reason = skipped.find(id); reason != skipped.end()) {
        std::cout << "skip " << id << "  " << reason->second << "\n";
        ++listed;
      } else {
        std::cout << "FAIL " << id << "  " << *why << "\n";
        ++failed;
      }
    }
  }
  if (passed == 0) std::cout << "no vector was found in " << argv[1] << "\n";
  if (listed > 0) std::cout << listed << " skipped\n";
  std::cout << passed << " passed, " << failed << " failed\n";
  return failed == 0 && passed > 0 ? 0 : 1;
}
