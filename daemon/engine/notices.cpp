#include "engine/notices.hpp"

#include "engine/worth.hpp"

#include <algorithm>

namespace accrue::engine {
namespace {

class Composer {
 public:
  Composer(const RuleSet& rules, const NoticeRouting& routing) : rules_(rules), routing_(routing) {}

  void earned(const BalanceChange& change) {
    if (!is_owed(NoticeKind::points_earned)) return;
    add(NoticeKind::points_earned, change.currency, change.issued,
        {{"balance", count(change.available_after)}});
  }

  void milestones(const BalanceChange& change) {
    if (!is_owed(NoticeKind::balance_milestone)) return;
    const Points before =
        change.available_after - change.issued + change.redeemed + change.expired + change.reversed;
    const auto& wanted = rules_.spec().notices.milestones;
    // Only the highest of several passed at once is worth a word.
    const auto passed = std::find_if(wanted.rbegin(), wanted.rend(), [&](std::int64_t milestone) {
      return before.count() < milestone && milestone <= change.available_after.count();
    });
    if (passed == wanted.rend()) return;
    add(NoticeKind::balance_milestone, change.currency, change.available_after,
        {{"milestone", std::to_string(*passed)}, {"balance", count(change.available_after)}});
  }

  void lapsed(const BalanceChange& change) {
    if (!is_owed(NoticeKind::points_lapsed)) return;
    add(NoticeKind::points_lapsed, change.currency, change.expired,
        {{"balance", count(change.available_after)}});
  }

  void about_to_lapse(const Reminder& reminder) {
    if (!is_owed(NoticeKind::points_about_to_lapse)) return;
    add(NoticeKind::points_about_to_lapse, reminder.currency, reminder.points,
        {{"date", last_day(reminder.lapses_at)}});
  }

  void offered(const Offer& offer) {
    if (!is_owed(NoticeKind::offer_made)) return;
    add(NoticeKind::offer_made, offer.currency, offer.terms.award,
        {{"message", offer.terms.message},
         {"rule", offer.rule},
         {"date", last_day(offer.terms.valid_until)}});
  }

  std::vector<Notice> take() { return std::move(notices_); }

 private:
  using Values = std::vector<std::pair<std::string, std::string>>;

  /// Nobody delivers the others: their words are not looked for.
  bool is_owed(NoticeKind kind) const { return !routing_[static_cast<std::size_t>(kind)].empty(); }

  void add(NoticeKind kind, const std::string& currency, Points points, Values more) {
    Notice notice{kind, {}, routing_[static_cast<std::size_t>(kind)]};
    notice.values = {{"points", count(points)}, {"currency", currency}};
    const auto& currencies = rules_.terms().currencies;
    const auto known = std::find_if(currencies.begin(), currencies.end(),
                                    [&](const PointsCurrency& c) { return c.name == currency; });
    if (known != currencies.end() && known->spendable) {
      notice.values.emplace_back(
          "value",
          worth(points, *known, rules_.terms().currency).to_string(rules_.terms().currency));
      notice.values.emplace_back("money", std::string(rules_.terms().currency.code()));
    }
    notice.values.emplace_back("program", rules_.terms().name);
    notice.values.insert(notice.values.end(), more.begin(), more.end());
    notices_.push_back(std::move(notice));
  }

  static std::string count(Points points) { return std::to_string(points.count()); }

  /// The last day on which something that ends at `end` can still be used.
  std::string last_day(Timestamp end) const {
    return format_date(rules_.terms().zone->to_local(end - std::chrono::milliseconds(1)));
  }

  const RuleSet& rules_;
  const NoticeRouting& routing_;
  std::vector<Notice> notices_;
};

bool is_spendable(const RuleSet& rules, const std::string& currency) {
  const auto& known = rules.terms().currencies;
  return std::any_of(known.begin(), known.end(), [&](const PointsCurrency& candidate) {
    return candidate.name == currency && candidate.spendable;
  });
}

}  // namespace

std::vector<Notice> notices_of(const RuleSet& rules, const NoticeRouting& routing,
                               const Decision& decision, std::span<const Reminder> reminders) {
  const NoticeTerms& terms = rules.spec().notices;
  Composer composer(rules, routing);
  for (const BalanceChange& change : decision.balances) {
    // Status alone buys nothing: it is shown with the member, not announced at every sale.
    if (is_spendable(rules, change.currency)) {
      if (terms.points_earned && change.issued > Points()) composer.earned(change);
      composer.milestones(change);
    }
    if (terms.points_lapsed && change.expired > Points()) composer.lapsed(change);
  }
  for (const Reminder& reminder : reminders) composer.about_to_lapse(reminder);
  if (terms.offer_made) {
    for (const Offer& offer : decision.offers_made) composer.offered(offer);
  }
  return composer.take();
}

}  // namespace accrue::engine
