// Where the desk's answers wait for the thread that owns their connection. Any thread puts; a burst
// of answers wakes the owner once, not once for each. Outlives the server, so that late answers
// find a closed door instead of nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <variant>
#include <vector>

#include "pipeline/desk.hpp"

namespace accrue::http {

/// The ledger now holds what this reading of it shall show: a page of a member's statement, or one
/// entry (no member, `at`).
struct Reading {
  MemberId member;
  Seq at = Seq::none;  ///< For a page: entries before it.
  std::size_t limit = 0;
};

/// An answer, and the request it is for.
struct Delivery {
  std::uint64_t connection = 0;
  std::uint64_t ticket = 0;
  std::variant<pipeline::Answer, Result<pipeline::MemberCard>, Result<pipeline::RuleSetCard>,
               Reading>
      content;
};

class Inbox {
 public:
  /// `wake` is called when the first answer of a burst comes, under the inbox's lock.
  explicit Inbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  void put(Delivery delivery);
  /// Swaps what has come into `burst`, which is cleared first.
  void take_all(std::vector<Delivery>& burst);
  /// From here on answers are dropped and nobody is woken.
  void close();

 private:
  std::mutex mutex_;
  std::vector<Delivery> waiting_;
  std::function<void()> wake_;
};

}  // namespace accrue::http
