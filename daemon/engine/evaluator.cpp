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

/// An award that may still lose to a better one of its lane.
struct Candidate {
  const CompiledRule* rule = nullptr;
  Award award;
};

class Evaluator {
 public:
  Evaluator(const RuleSet& rules, const Transaction& transaction, const MemberState& member)
      : rules_(rules),
        transaction_(transaction),
        member_(member),
        asking_(rules, transaction, member, evaluation_) {}

  Evaluation run() {
    if (transaction_.type == TransactionType::goods_return) {
      take_back();
    } else {
      earn();
      accept_offers(rules_, transaction_, member_, evaluation_.decision);
      for (const std::uint32_t index : asking_.candidates(Stage::offer)) {
        const CompiledRule& rule = rules_.rules(Stage::offer)[index];
        if (auto proposal = asking_.ask(rule)) keep_offer(rule, *proposal);
      }
      evaluation_.decision.history = asking_.marks();
    }
    open_lots(rules_, transaction_, asking_, evaluation_.decision);
    set_deadlines(rules_, transaction_, member_, asking_, evaluation_.decision);
    return std::move(evaluation_);
  }

  Evaluation run_linked_return() {
    set_deadlines(rules_, transaction_, member_, asking_, evaluation_.decision);
    return std::move(evaluation_);
  }

 private:
  void earn() {
    std::size_t lane = 0;
    std::vector<Candidate> candidates;
    for (const std::uint32_t index : asking_.candidates(Stage::earn)) {
      const CompiledRule& rule = rules_.rules(Stage::earn)[index];
      if (rule.lane != lane) {
        settle_lane(lane, candidates);
        lane = rule.lane;
      }
      auto proposal = asking_.ask(rule);
      if (!proposal) continue;
      keep_offer(rule, *proposal);
      if (auto award = award_of(rule, *proposal)) candidates.push_back({&rule, std::move(*award)});
      if (rules_.spec().lanes[lane].policy == LanePolicy::stack) settle_lane(lane, candidates);
    }
    settle_lane(lane, candidates);
  }

  /// The award as its limits leave it.
  std::optional<Award> award_of(const CompiledRule& rule, Proposal& proposal) {
    if (!proposal.award || proposal.award->points <= Points()) return std::nullopt;
    const std::int64_t wanted = proposal.award->points.count();
    const std::int64_t points = within_limits(rule, wanted, member_, asking_.local_time());
    if (points == 0) return std::nullopt;
    Award award{
        rule.text->id, rule.currency, Points(points), std::move(proposal.award->reason), {}, {}};
    award.by_line = asking_.by_line(rule, *proposal.award);
    if (points < wanted) {
      award.reason += ", limited to " + std::to_string(points);
      if (!award.by_line.empty()) award.by_line = share(points, award.by_line);
    }
    return award;
  }

  void settle_lane(std::size_t lane, std::vector<Candidate>& candidates) {
    if (candidates.empty()) return;
    const LanePolicy policy = rules_.spec().lanes[lane].policy;
    if (policy == LanePolicy::best) {
      // The earliest of equals wins: max_element returns the first.
      const auto best = std::max_element(
          candidates.begin(), candidates.end(),
          [](const Candidate& a, const Candidate& b) { return a.award.points < b.award.points; });
      std::swap(candidates.front(), *best);
    }
    if (policy != LanePolicy::stack) candidates.erase(candidates.begin() + 1, candidates.end());
    for (Candidate& candidate : candidates) {
      count_use(*candidate.rule, candidate.award.points.count(), asking_.local_time(),
                evaluation_.decision.counters);
      evaluation_.decision.awards.push_back(std::move(candidate.award));
    }
    candidates.clear();
  }

  /// A return without its sale takes back what the first lane's rules would give for the goods.
  void take_back() {
    for (const std::uint32_t index : asking_.candidates(Stage::earn)) {
      const CompiledRule& rule = rules_.rules(Stage::earn)[index];
      if (rule.lane != 0 || !rule.rule->traits().mirrors_returns) continue;
      const auto proposal = asking_.ask(rule);
      if (!proposal || !proposal->award || proposal->award->points <= Points()) continue;
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
  Evaluation evaluation_;
  Asking asking_;
};

}  // namespace

Evaluation evaluate(const RuleSet& rules, const Transaction& transaction,
                    const MemberState& member) {
  return Evaluator(rules, transaction, member).run();
}

Evaluation evaluate_linked_return(const RuleSet& rules, const Transaction& transaction,
                                  const MemberState& member) {
  return Evaluator(rules, transaction, member).run_linked_return();
}

}  // namespace accrue::engine
