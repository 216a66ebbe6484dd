#include "engine/evaluator.hpp"

#include "engine/asking.hpp"
#include "engine/expiries.hpp"
#include "engine/limits.hpp"
#include "engine/offers.hpp"
#include "engine/sharing.hpp"

#include <algorithm>
#include <utility>

namespace accrue::engine {
namespace {

class Evaluator {
 public:
  Evaluator(const RuleSet& rules, const Transaction& transaction, const MemberState& member,
            Evaluation& evaluation)
      : rules_(rules),
        transaction_(transaction),
        member_(member),
        evaluation_(evaluation),
        asking_(rules, transaction, member, evaluation),
        periods_(asking_.local_time()) {}

  void run() {
    if (transaction_.type == TransactionType::goods_return) {
      take_back();
    } else {
      earn();
      accept_offers(rules_, transaction_, member_, evaluation_.decision);
      for (const std::uint32_t index : asking_.candidates(Stage::offer)) {
        const CompiledRule& rule = rules_.rules(Stage::offer)[index];
        if (Proposal* proposal = asking_.ask(rule)) keep_offer(rule, *proposal);
      }
      evaluation_.decision.history = asking_.marks();
    }
    open_lots(rules_, transaction_, asking_, evaluation_.decision);
    set_deadlines(rules_, transaction_, member_, asking_, evaluation_.decision);
  }

  void run_linked_return() {
    set_deadlines(rules_, transaction_, member_, asking_, evaluation_.decision);
  }

 private:
  void earn() {
    constexpr std::size_t kUsualAwards = 16;
    const auto candidates = asking_.candidates(Stage::earn);
    evaluation_.decision.awards.reserve(std::min(candidates.size(), kUsualAwards));
    std::size_t lane = 0;
    for (const std::uint32_t index : candidates) {
      const CompiledRule& rule = rules_.rules(Stage::earn)[index];
      if (rule.lane != lane) {
        keep_ahead();
        lane = rule.lane;
      }
      Proposal* proposal = asking_.ask(rule);
      if (proposal == nullptr) continue;
      if (proposal->hint || proposal->offer) keep_offer(rule, *proposal);
      consider(rule, rules_.spec().lanes[lane].policy, *proposal);
    }
    keep_ahead();
  }

  /// Keeps the award of a lane that stacks; of another lane remembers the one ahead of all others.
  void consider(const CompiledRule& rule, LanePolicy policy, Proposal& proposal) {
    if (!proposal.award || proposal.award->points <= Points()) return;
    // Of equals, the earliest wins.
    const bool is_taken = ahead_of_lane_ != nullptr;
    if (is_taken && policy == LanePolicy::first) return;
    const std::int64_t wanted = proposal.award->points.count();
    const std::int64_t points =
        rule.text->limits.empty() ? wanted : within_limits(rule, wanted, member_, periods_);
    if (points == 0) return;
    if (is_taken && policy == LanePolicy::best && points <= ahead_.points.count()) return;
    if (policy == LanePolicy::stack) {
      fill(evaluation_.decision.awards.emplace_back(), rule, *proposal.award, points);
      count(rule, points);
    } else {
      ahead_of_lane_ = &rule;
      fill(ahead_, rule, *proposal.award, points);
    }
  }

  /// The award as its limits leave it: `points` of what was proposed.
  void fill(Award& award, const CompiledRule& rule, ProposedAward& proposed, std::int64_t points) {
    award.rule = rule.text->id;
    award.currency = rule.currency;
    award.points = Points(points);
    award.by_line = asking_.by_line(rule, proposed);
    award.reason = std::move(proposed.reason);
    if (points == proposed.points.count()) return;
    award.reason += ", limited to " + std::to_string(points);
    if (!award.by_line.empty()) share_out(points, award.by_line);
  }

  void count(const CompiledRule& rule, std::int64_t points) {
    if (rule.text->limits.empty() && !rule.counts_awards) return;
    count_use(rule, points, periods_, evaluation_.decision.counters);
  }

  void keep_ahead() {
    if (ahead_of_lane_ == nullptr) return;
    count(*ahead_of_lane_, ahead_.points.count());
    evaluation_.decision.awards.push_back(std::move(ahead_));
    ahead_of_lane_ = nullptr;
  }

  /// A return without its sale takes back what the first lane's rules would give for the goods.
  void take_back() {
    for (const std::uint32_t index : asking_.candidates(Stage::earn)) {
      const CompiledRule& rule = rules_.rules(Stage::earn)[index];
      if (rule.lane != 0 || !rule.rule->traits().mirrors_returns) continue;
      Proposal* proposal = asking_.ask(rule);
      if (proposal == nullptr || !proposal->award || proposal->award->points <= Points()) continue;
      Award award{rule.text->id,
                  rule.currency,
                  -proposal->award->points,
                  "returned: " + proposal->award->reason,
                  asking_.by_line(rule, *proposal->award),
                  {}};
      for (std::int64_t& part : award.by_line) part = -part;
      evaluation_.decision.awards.push_back(std::move(award));
    }
  }

  void keep_offer(const CompiledRule& rule, Proposal& proposal) {
    Decision& decision = evaluation_.decision;
    if (proposal.hint && proposal.hint->short_by > Money()) {
      decision.hints.push_back({rule.text->id, proposal.hint->award, proposal.hint->short_by,
                                std::move(proposal.hint->message)});
    }
    if (proposal.offer)
      make_offer(rule, std::move(*proposal.offer), transaction_, member_, decision);
  }

  const RuleSet& rules_;
  const Transaction& transaction_;
  const MemberState& member_;
  Evaluation& evaluation_;
  Asking asking_;
  Periods periods_;
  const CompiledRule* ahead_of_lane_ = nullptr;  ///< Whose award is ahead of its lane's others.
  Award ahead_;
};

}  // namespace

Evaluation evaluate(const RuleSet& rules, const Transaction& transaction,
                    const MemberState& member) {
  Evaluation evaluation;
  Evaluator(rules, transaction, member, evaluation).run();
  return evaluation;
}

Evaluation evaluate_linked_return(const RuleSet& rules, const Transaction& transaction,
                                  const MemberState& member) {
  Evaluation evaluation;
  Evaluator(rules, transaction, member, evaluation).run_linked_return();
  return evaluation;
}

}  // namespace accrue::engine
