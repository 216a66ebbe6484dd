// Names of things, each with its own type so that a member is never passed where a transaction is
// meant. Values own their text. Any thread.
#pragma once

#include <accrue/result.hpp>

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace accrue {

/// True for 1 to 64 characters of [A-Za-z0-9._:-].
constexpr bool is_id(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    if (!letter && !digit && c != '.' && c != '_' && c != ':' && c != '-') return false;
  }
  return true;
}

template <class Tag>
class Id {
 public:
  Id() = default;

  /// Fails with reject_input when the text is not an id (see is_id).
  static Result<Id> parse(std::string_view text) {
    if (!is_id(text)) return reject("an id is 1 to 64 characters of A-Z a-z 0-9 . _ : -");
    return Id(std::string(text));
  }
  /// REQUIRES: is_id(text).
  static Id trusted(std::string text) { return Id(std::move(text)); }

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  friend bool operator==(const Id&, const Id&) = default;
  friend auto operator<=>(const Id&, const Id&) = default;

 private:
  explicit Id(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

using MemberId = Id<struct MemberTag>;
using TransactionId = Id<struct TransactionTag>;

/// Place of a record in the one order of everything, counted from 1. 0 means none.
enum class Seq : std::uint64_t { none = 0 };

constexpr std::uint64_t value_of(Seq seq) { return static_cast<std::uint64_t>(seq); }
constexpr Seq next_after(Seq seq) { return static_cast<Seq>(value_of(seq) + 1); }

}  // namespace accrue

template <class Tag>
struct std::hash<accrue::Id<Tag>> {
  std::size_t operator()(const accrue::Id<Tag>& id) const {
    return std::hash<std::string>{}(id.text());
  }
};
