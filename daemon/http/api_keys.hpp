// API keys: who may call what. The file holds SHA-256 digests, never keys, so that reading it gives
// nobody access. Const after loading: any thread.
#pragma once

#include <accrue/result.hpp>

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::http {

/// till: transactions, quotes, events, members. marketer: rules, quotes, reading members and
/// entries. admin: everything.
enum class Scope : std::uint8_t { till = 1, marketer = 2, admin = 4 };

/// A set of scopes.
class Scopes {
 public:
  constexpr Scopes() = default;
  // A set of one. NOLINTNEXTLINE(google-explicit-constructor)
  constexpr Scopes(Scope scope) : bits_(static_cast<std::uint8_t>(scope)) {}
  friend constexpr Scopes operator|(Scopes a, Scopes b) { return Scopes(a.bits_ | b.bits_); }
  constexpr bool meets(Scopes other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(Scopes, Scopes) = default;

 private:
  constexpr explicit Scopes(int bits) : bits_(static_cast<std::uint8_t>(bits)) {}
  std::uint8_t bits_ = 0;
};

constexpr Scopes operator|(Scope a, Scope b) { return Scopes(a) | Scopes(b); }

class ApiKeys {
 public:
  struct Holder {
    Scopes scopes;
    std::string name;
  };

  /// Lines "<sha256 of the key, 64 hex digits> <scope>[,<scope>] <name>"; blank lines and lines
  /// that begin with # are skipped. Fails with reject_input and a problem for each wrong line.
  static Result<ApiKeys> load(const std::filesystem::path& file);
  /// The same from text; `name` stands for the file in messages.
  static Result<ApiKeys> parse(std::string_view text, const std::string& name);

  /// The holder of the key, or nothing. Takes the same time for every wrong key.
  std::optional<Holder> check(std::string_view key) const;
  std::size_t size() const { return keys_.size(); }

 private:
  struct Key {
    std::array<std::uint8_t, 32> digest;
    Holder holder;
  };
  std::vector<Key> keys_;
};

}  // namespace accrue::http
