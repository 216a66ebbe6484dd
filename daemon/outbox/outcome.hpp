// What became of a notice for good. Plain values: any thread.
#pragma once

#include <accrue/ids.hpp>

#include <compare>
#include <cstdint>
#include <string>

namespace accrue::outbox {

/// One notice owed by one notifier. In order of keys, a notifier's notices are in the one order of
/// everything.
struct OutboxKey {
  std::string notifier;
  Seq seq = Seq::none;       ///< Of the transaction that caused it.
  std::uint32_t number = 0;  ///< Counts the notices of its decision from 0.
  friend auto operator<=>(const OutboxKey&, const OutboxKey&) = default;

  /// Id of the notice: "<seq>-<number>", the same in every attempt.
  std::string notice_id() const {
    return std::to_string(value_of(seq)) + "-" + std::to_string(number);
  }
};

struct Outcome {
  OutboxKey key;
  bool delivered = false;  ///< False: dead, it will never be sent again.
  std::string reason;      ///< Why it is dead: a sentence.
  Seq log = Seq::none;     ///< Its place in the deliveries log; given when it is recorded there.
};

}  // namespace accrue::outbox
