#include "http/api_keys.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "digest/sha256.hpp"

namespace accrue::http {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string_view next_word(std::string_view& text) {
  const std::size_t begin = std::min(text.find_first_not_of(kBlanks), text.size());
  const std::size_t end = std::min(text.find_first_of(kBlanks, begin), text.size());
  const std::string_view word = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return word;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::optional<Scopes> scopes_named(std::string_view list) {
  Scopes scopes;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view word = list.substr(0, comma);
    if (word == "till") {
      scopes = scopes | Scope::till;
    } else if (word == "marketer") {
      scopes = scopes | Scope::marketer;
    } else if (word == "admin") {
      scopes = scopes | Scope::admin;
    } else {
      return std::nullopt;
    }
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  if (scopes.empty()) return std::nullopt;
  return scopes;
}

bool equal_in_constant_time(const Digest& a, const Digest& b) {
  volatile std::uint8_t difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference = static_cast<std::uint8_t>(difference | (a[i] ^ b[i]));
  }
  return difference == 0;
}

}  // namespace

Result<ApiKeys> ApiKeys::load(const std::filesystem::path& file) {
  std::ifstream input(file, std::ios::binary);
  std::ostringstream text;
  if (input) text << input.rdbuf();
  if (!input) {
    return reject("cannot read the API keys file " + file.string() +
                  ": check api_keys in the configuration and the file's permissions");
  }
  return parse(text.str(), file.string());
}

Result<ApiKeys> ApiKeys::parse(std::string_view text, const std::string& name) {
  ApiKeys keys;
  std::vector<Problem> problems;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    const auto wrong = [&](std::string code, std::string detail) {
      problems.push_back({name + ":" + std::to_string(number), std::move(code), std::move(detail)});
    };
    const std::string_view hex = next_word(line);
    const std::string_view list = next_word(line);
    const std::string_view holder = trimmed(line);
    const auto bytes = from_hex(hex);
    const auto scopes = scopes_named(list);
    if (!bytes || bytes.value().size() != Digest{}.size()) {
      wrong("bad_digest", "begin the line with the key's SHA-256, 64 hexadecimal digits");
    } else if (!scopes) {
      wrong("bad_scope", "write the scopes as till, marketer or admin, several with commas");
    } else if (holder.empty()) {
      wrong("no_name", "end the line with a name that says who holds the key");
    } else {
      Key key{{}, {*scopes, std::string(holder)}};
      std::copy(bytes.value().begin(), bytes.value().end(), key.digest.begin());
      keys.keys_.push_back(std::move(key));
    }
  }
  if (problems.empty() && keys.keys_.empty()) {
    problems.push_back({name, "no_keys", "write at least one key, or drop api_keys"});
  }
  if (problems.empty()) return keys;
  return Error{ErrorCode::reject_input, "the API keys file " + name + " is not usable",
               std::move(problems)};
}

std::optional<ApiKeys::Holder> ApiKeys::check(std::string_view key) const {
  const Digest digest = sha256(key);
  const Key* found = nullptr;
  for (const Key& candidate : keys_) {
    if (equal_in_constant_time(candidate.digest, digest)) found = &candidate;
  }
  if (found == nullptr) return std::nullopt;
  return found->holder;
}

}  // namespace accrue::http
