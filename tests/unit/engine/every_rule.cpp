#include "every_rule.hpp"

#include "engine/conditions.hpp"
#include "engine/limits.hpp"
#include "engine/offers.hpp"
#include "engine/sharing.hpp"

#include <algorithm>
#include <sstream>

namespace accrue::test {
namespace {

using engine::CompiledRule;
using engine::LanePolicy;

class EveryRule {
 public:
  EveryRule(const engine::RuleSet& rules, const Transaction& transaction,
            const engine::MemberState& member)
      : rules_(rules),
        transaction_(transaction),
        member_(member),
        time_(rules.terms().zone->to_local(transaction.time)) {}

  Decision run() {
    if (transaction_.type == TransactionType::goods_return) {
      take_back();
    } else {
      earn();
      engine::accept_offers(rules_, transaction_, member_, decision_);
      for (const CompiledRule& rule : rules_.rules(Stage::offer)) {
        if (auto proposal = ask(rule)) keep_offer(rule, *proposal);
      }
      decision_.history = engine::marks_of(transaction_, rules_.watches());
    }
    open_lots();
    set_deadlines();
    return decision_;
  }

 private:
  bool applies(const CompiledRule& rule) const {
    const RuleTraits& traits = rule.rule->traits();
    const auto lists = [](const auto& list, const auto& value) {
      return std::find(list.begin(), list.end(), value) != list.end();
    };
    if (traits.stage != Stage::expire && !lists(traits.types, transaction_.type)) return false;
    if (!traits.events.empty() && !lists(traits.events, transaction_.event)) return false;
    return engine::is_active(*rule.text, time_) &&
           engine::holds(rule.text->when, transaction_, member_, time_);
  }

  std::optional<Proposal> ask(const CompiledRule& rule, const Issue* issue = nullptr) {
    if (!applies(rule)) return std::nullopt;
    lines_ = engine::lines_for(*rule.text, transaction_);
    if (rule.rule->traits().needs_lines && lines_.empty()) return std::nullopt;
    std::vector<std::optional<Timestamp>> last;
    std::vector<std::uint8_t> now;
    for (const Watch& watch : rule.rule->traits().watches) {
      last.push_back(member_.last_bought(engine::watch_id(watch.items)));
      now.push_back(engine::buys(transaction_, watch.items) ? 1 : 0);
      if (watch.needed && !last.back() && !now.back()) return std::nullopt;
    }
    Money amount;
    for (const std::uint32_t line : lines_) amount = amount + transaction_.lines[line].amount;
    if (transaction_.type == TransactionType::goods_return && amount < Money()) amount = -amount;
    Proposal proposal;
    rule.rule->evaluate({transaction_, member_, rules_.terms(), time_, lines_, amount,
                         decision_.awards, last, now, issue},
                        proposal);
    return proposal;
  }

  std::vector<std::int64_t> by_line(const CompiledRule& rule, const ProposedAward& award) const {
    const auto& types = rule.rule->traits().types;
    const bool goods = std::all_of(types.begin(), types.end(), [](TransactionType type) {
      return type == TransactionType::sale || type == TransactionType::goods_return;
    });
    if (lines_.empty() || (award.by_line.empty() && !goods)) return {};
    std::vector<std::int64_t> parts = award.by_line;
    if (parts.empty()) {
      std::vector<std::int64_t> weights;
      for (const std::uint32_t line : lines_) {
        const std::int64_t amount = transaction_.lines[line].amount.minor();
        const bool back = transaction_.type == TransactionType::goods_return;
        weights.push_back(back ? std::abs(amount) : amount);
      }
      parts = engine::share(award.points.count(), weights);
    }
    std::vector<std::int64_t> all(transaction_.lines.size(), 0);
    for (std::size_t i = 0; i < lines_.size(); ++i) all[lines_[i]] = parts[i];
    return all;
  }

  std::int64_t room(const CompiledRule& rule, std::int64_t points) const {
    for (const engine::Limit& limit : rule.text->limits) {
      engine::Used used;
      if (limit.per != engine::LimitPeriod::transaction) {
        used = member_.used(rule.text->id, limit.scope, engine::period_name(limit.per, time_));
      }
      if (limit.times && used.times >= *limit.times) return 0;
      if (limit.points) points = std::clamp<std::int64_t>(*limit.points - used.points, 0, points);
    }
    return points;
  }

  void count(const Award& award, const CompiledRule& rule) {
    const auto use = [&](LimitScope scope, const std::string& period) {
      for (const CounterUse& known : decision_.counters) {
        if (known.rule == award.rule && known.scope == scope && known.period == period) return;
      }
      decision_.counters.push_back({award.rule, scope, period, award.points.count(), 1});
    };
    bool counts = false;
    for (const engine::Limit& limit : rule.text->limits) {
      counts = counts || limit.times;
      if (limit.per == engine::LimitPeriod::transaction) continue;
      use(limit.scope, engine::period_name(limit.per, time_));
    }
    const auto& types = rule.rule->traits().types;
    counts = counts || std::find(types.begin(), types.end(), TransactionType::event) != types.end();
    if (counts) use(LimitScope::member, "ever");
  }

  void earn() {
    for (std::size_t lane = 0; lane < rules_.spec().lanes.size(); ++lane) {
      std::vector<std::pair<Award, const CompiledRule*>> earned;
      const LanePolicy policy = rules_.spec().lanes[lane].policy;
      for (const CompiledRule& rule : rules_.rules(Stage::earn)) {
        if (rule.lane != lane) continue;
        if (auto award = award_of(rule)) earned.emplace_back(std::move(*award), &rule);
        if (policy == LanePolicy::stack) keep(earned);
      }
      if (policy == LanePolicy::best) {
        std::stable_sort(earned.begin(), earned.end(), [](const auto& a, const auto& b) {
          return a.first.points > b.first.points;
        });
      }
      if (earned.size() > 1) earned.resize(1);
      keep(earned);
    }
  }

  std::optional<Award> award_of(const CompiledRule& rule) {
    auto proposal = ask(rule);
    if (!proposal) return std::nullopt;
    keep_offer(rule, *proposal);
    if (!proposal->award || proposal->award->points <= Points()) return std::nullopt;
    const std::int64_t wanted = proposal->award->points.count();
    const std::int64_t points = room(rule, wanted);
    if (points == 0) return std::nullopt;
    Award award{rule.text->id, rule.currency, Points(points), proposal->award->reason, {}, {}};
    award.by_line = by_line(rule, *proposal->award);
    if (points < wanted) {
      award.reason += ", limited to " + std::to_string(points);
      if (!award.by_line.empty()) award.by_line = engine::share(points, award.by_line);
    }
    return award;
  }

  void keep(std::vector<std::pair<Award, const CompiledRule*>>& earned) {
    for (const auto& [award, rule] : earned) {
      count(award, *rule);
      decision_.awards.push_back(award);
    }
    earned.clear();
  }

  void keep_offer(const CompiledRule& rule, const Proposal& proposal) {
    if (proposal.hint && proposal.hint->short_by > Money()) {
      decision_.hints.push_back(
          {rule.text->id, proposal.hint->award, proposal.hint->short_by, proposal.hint->message});
    }
    if (proposal.offer) engine::make_offer(rule, *proposal.offer, transaction_, member_, decision_);
  }

  void take_back() {
    for (const CompiledRule& rule : rules_.rules(Stage::earn)) {
      if (rule.lane != 0 || !rule.rule->traits().mirrors_returns) continue;
      const auto proposal = ask(rule);
      if (!proposal || !proposal->award || proposal->award->points <= Points()) continue;
      Award award{rule.text->id,
                  rule.currency,
                  -proposal->award->points,
                  "returned: " + proposal->award->reason,
                  by_line(rule, *proposal->award),
                  {}};
      for (std::int64_t& part : award.by_line) part = -part;
      decision_.awards.push_back(std::move(award));
    }
  }

  void open_lots() {
    for (const Award& award : decision_.awards) {
      if (award.points <= Points()) continue;
      const Issue issue{award.rule, award.currency, award.points, transaction_.time};
      LotOpened lot{0, award.currency, award.points, award.points, {}, {}};
      if (const auto expiry = expiry_of(issue)) lot.expires_at = expiry->at;
      auto same = std::find_if(
          decision_.opened.begin(), decision_.opened.end(), [&](const LotOpened& open) {
            return open.currency == lot.currency && open.expires_at == lot.expires_at;
          });
      if (same == decision_.opened.end()) {
        lot.number = static_cast<std::uint32_t>(decision_.opened.size());
        decision_.opened.push_back(lot);
      } else {
        same->issued += lot.issued;
        same->remaining += lot.remaining;
      }
    }
  }

  /// Rules that answer alike for all are asked about the first award of their currency.
  std::optional<ProposedExpiry> expiry_of(const Issue& issue) {
    const auto known = answers_.find(issue.currency);
    if (known != answers_.end()) return known->second;
    std::optional<ProposedExpiry> answer;
    bool is_same = true;
    for (const CompiledRule& rule : rules_.rules(Stage::expire)) {
      if (rule.currency != issue.currency) continue;
      const auto proposal = ask(rule, &issue);
      if (!proposal) continue;  // It was not asked: it cannot differ.
      is_same = is_same && rule.rule->traits().is_same_for_all;
      if (proposal->expiry) answer = proposal->expiry;
      if (answer) break;
    }
    if (is_same) answers_[issue.currency] = answer;
    return answer;
  }

  void set_deadlines() {
    for (const CompiledRule& rule : rules_.rules(Stage::inactivity)) {
      const bool known =
          std::any_of(decision_.deadlines.begin(), decision_.deadlines.end(),
                      [&](const Deadline& d) { return d.currency == rule.currency; });
      if (known) continue;
      const auto proposal = ask(rule);
      if (!proposal || !proposal->expiry) continue;
      decision_.deadlines.push_back({rule.currency, proposal->expiry->at, {}});
    }
  }

  const engine::RuleSet& rules_;
  const Transaction& transaction_;
  const engine::MemberState& member_;
  LocalTime time_;
  std::vector<std::uint32_t> lines_;
  std::map<std::string_view, std::optional<ProposedExpiry>> answers_;
  Decision decision_;
};

std::string text_of(const std::optional<Timestamp>& time) {
  return time ? format_timestamp(*time) : "never";
}

}  // namespace

Decision ask_every_rule(const engine::RuleSet& rules, const Transaction& transaction,
                        const engine::MemberState& member) {
  return EveryRule(rules, transaction, member).run();
}

std::string whole_text_of(const Decision& decision) {
  std::ostringstream text;
  for (const Award& award : decision.awards) {
    text << award.rule << ' ' << award.points.count() << ' ' << award.currency << " because "
         << award.reason << ", lines";
    for (const std::int64_t part : award.by_line) text << ' ' << part;
    text << " offer " << award.offer << '\n';
  }
  for (const CounterUse& use : decision.counters) {
    text << "used " << use.rule << ' ' << static_cast<int>(use.scope) << ' ' << use.period << ' '
         << use.points << ' ' << use.times << '\n';
  }
  for (const LotOpened& lot : decision.opened) {
    text << "lot " << lot.number << ' ' << lot.issued.count() << ' ' << lot.currency << " until "
         << text_of(lot.expires_at) << '\n';
  }
  for (const Deadline& deadline : decision.deadlines) {
    text << "deadline " << deadline.currency << ' ' << text_of(deadline.lapses_at) << '\n';
  }
  for (const Offer& offer : decision.offers_made) {
    text << "offer of " << offer.rule << ' ' << offer.terms.award.count() << '\n';
  }
  for (const Hint& hint : decision.hints) {
    text << "hint of " << hint.rule << ' ' << hint.short_by.minor() << ' ' << hint.message << '\n';
  }
  for (const HistoryMark& mark : decision.history) {
    text << "bought " << mark.watch << ' ' << format_timestamp(mark.last) << '\n';
  }
  return text.str();
}

}  // namespace accrue::test
