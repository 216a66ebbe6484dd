// Asks one rule about one transaction and checks what it proposes like outside input.
// One thread at a time: it keeps the question's scratch space.
#pragma once

#include "engine/evaluator.hpp"
#include "engine/reading.hpp"

#include <optional>

namespace accrue::engine {

class Asking {
 public:
  Asking(const RuleSet& rules, const Transaction& transaction, const MemberState& member,
         Evaluation& evaluation);

  /// The rule's proposal, or nullptr when its clauses do not hold, it proposes nothing, or it is at
  /// fault (noted in the evaluation). The caller may take it apart; valid until the next call.
  Proposal* ask(const CompiledRule& rule, const Issue* issue = nullptr);

  /// Points of each line of the transaction for the award just proposed by ask(); empty when it is
  /// not for goods. On a return mirrored by the caller.
  std::vector<std::int64_t> by_line(const CompiledRule& rule, ProposedAward& award);

  /// True when the last call reached the rule: its clauses held.
  bool was_asked() const { return was_asked_; }

  LocalTime local_time() const { return reading_.local_time(); }
  /// The rules of the stage that are worth asking, in order: the rest would not apply. Valid until
  /// the next call for that stage.
  std::span<const std::uint32_t> candidates(Stage stage) { return reading_.candidates(stage); }
  /// History marks that the transaction leaves, in order of the watches.
  std::vector<HistoryMark> marks();

 private:
  /// Fills in what the rule watches; false when it needs what was never bought.
  bool recall(const CompiledRule& rule);
  const char* nonsense_in(const Proposal& proposal) const;
  const char* nonsense_in(const ProposedAward& award) const;
  void fault(const CompiledRule& rule, std::string what);

  void share_by_amount(const ProposedAward& award, std::span<std::int64_t> parts) const;

  const RuleSet& rules_;
  const Transaction& transaction_;
  const MemberState& member_;
  Evaluation& evaluation_;
  Reading reading_;
  Situation situation_;  ///< What changes from rule to rule is set anew for each.
  Selection selected_;   ///< Of the rule asked last.
  Proposal proposal_;
  bool was_asked_ = false;
  std::vector<std::optional<Timestamp>> last_bought_;
  std::vector<std::uint8_t> buys_now_;
};

}  // namespace accrue::engine
