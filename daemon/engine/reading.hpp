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
  /// Sum of the amounts when points can be shared by them as they are: none is below 0. Else 0.
  std::uint64_t weight = 0;
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
  bool holds(const Clauses& clauses) {
    return (clauses.types & type_) != 0 && (clauses.is_plain || all_hold(clauses));
  }
  /// Valid until the next call.
  Selection lines_for(const Clauses& clauses) {
    Selected& selected = memory_->selections[clauses.selection];
    if (selected.reading != memory_->readings) select(clauses, selected);
    return {
        {memory_->lines.data() + selected.begin, selected.count}, selected.amount, selected.weight};
  }
  /// Watches of which the transaction buys, as ascending indices.
  std::span<const std::uint32_t> bought();

 private:
  struct Selected {
    std::uint64_t reading = 0;  ///< The reading that it is of; anything else is forgotten.
    std::size_t begin = 0, count = 0;
    Money amount;
    std::uint64_t weight = 0;
  };
  struct Memory {
    std::uint64_t readings = 0;
    std::vector<LineWords> words;
    std::array<std::vector<std::uint32_t>, 4> candidates;  ///< By stage.
    std::vector<Selected> selections;
    std::vector<std::uint32_t> lines;  ///< Of the selections, one after the other.
    std::vector<std::uint32_t> bought;
    std::vector<Word> attributes;
  };
  static std::unique_ptr<Memory>& spare();

  void read_words();
  void collect_lines(const KeyedLists& lists, std::vector<std::uint32_t>& found, bool bought) const;
  void collect_by_watch(const KeyedLists& lists, std::vector<std::uint32_t>& found);
  bool all_hold(const Clauses& clauses);
  bool member_matches(const Clauses& clauses);
  Word attribute(std::uint32_t number);
  void select(const Clauses& clauses, Selected& selected);

  const RuleSet& rules_;
  const Transaction& transaction_;
  const MemberState& member_;
  LocalTime local_time_;
  std::uint8_t type_ = 0;  ///< Its bit.
  int weekday_ = 0;
  std::chrono::minutes minute_{0};
  Word store_ = kUnknownWord;
  Word event_ = kUnknownWord;
  bool bought_known_ = false;
  std::unique_ptr<Memory> memory_;
};

}  // namespace accrue::engine
