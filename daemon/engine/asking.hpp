// Asks one rule about one transaction and checks what it proposes like outside input.
// One thread at a time: it keeps the question's scratch space.
#pragma once

#include "engine/evaluator.hpp"

#include <optional>

namespace accrue::engine {

class Asking {
 public:
  Asking(const RuleSet& rules, const Transaction& transaction, const MemberState& member,
         Evaluation& evaluation);

  /// The rule's proposal, or nothing when its clauses do not hold, it proposes nothing, or it is at
  /// fault (noted in the evaluation).
  std::optional<Proposal> ask(const CompiledRule& rule, const Issue* issue = nullptr);

  /// Points of each line of the transaction for the award just proposed by ask(); empty when it is
  /// not for goods. On a return mirrored by the caller.
  std::vector<std::int64_t> by_line(const CompiledRule& rule, const ProposedAward& award) const;

  LocalTime local_time() const { return local_time_; }

 private:
  bool applies(const CompiledRule& rule);
  void recall(const CompiledRule& rule);
  const char* nonsense_in(const Proposal& proposal) const;
  const char* nonsense_in(const ProposedAward& award) const;
  void fault(const CompiledRule& rule, std::string what);

  const RuleSet& rules_;
  const Transaction& transaction_;
  const MemberState& member_;
  Evaluation& evaluation_;
  LocalTime local_time_;
  std::vector<std::uint32_t> lines_;
  std::vector<std::optional<Timestamp>> last_bought_;
  std::vector<std::uint8_t> buys_now_;
};

}  // namespace accrue::engine
