// One transaction as one rule set reads it: its words, its local day, which lines each selection
// lets through, what of the member is asked for; each found once, when first asked. The memory is
// the thread's and used again. One thread at a time; within a decision.
#pragma once

#include "engine/member_state.hpp"
#include "engine/rule_set.hpp"

#include <array>
#include <memory>

namespace accrue::engine {

/// Lines that a rule's item clauses let through, and their amount (on a return, of goods that came
/// back: positive).
struct Selection {
  std::span<const std::uint32_t> lines;
  Money amount;
};

class Reading {
 public:
  Reading(const RuleSet& rules, const Transaction& transaction, const MemberState& member);
  ~Reading();
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  LocalTime local_time() const { return local_time_; }

  /// Rules of the stage that may concern the transaction, as ascending indices: all that its
  /// clauses let through, and few others. Valid until the next call for that stage.
  std::span<const std::uint32_t> candidates(Stage stage);
  /// True when every shared clause holds that is not about lines.
  bool holds(const Clauses& clauses);
  /// Valid until the next call.
  Selection lines_for(const Clauses& clauses);
  /// Watches of which the transaction buys, as ascending indices.
  std::span<const std::uint32_t> bought();

 private:
  struct Memory;
  static std::unique_ptr<Memory>& spare();

  void read_words();
  void collect_lines(const KeyedLists& lists, std::vector<std::uint32_t>& found, bool bought) const;
  bool member_matches(const Clauses& clauses);
  Word attribute(std::uint32_t number);

  const RuleSet& rules_;
  const Transaction& transaction_;
  const MemberState& member_;
  LocalTime local_time_;
  int weekday_ = 0;
  std::chrono::minutes minute_{0};
  Word store_ = kUnknownWord;
  Word event_ = kUnknownWord;
  bool bought_known_ = false;
  std::unique_ptr<Memory> memory_;
};

}  // namespace accrue::engine
