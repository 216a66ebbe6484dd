#include "ledger/settle.hpp"

#include <algorithm>

namespace accrue::ledger {
namespace {

class Tick {
 public:
  Tick(const Member& member, Timestamp time) : member_(member), time_(time) {}

  Lapse run() {
    for (const Lot& lot : member_.lots) {
      if (is_over(lot)) {
        expire(lot);
      } else {
        remind(lot);
      }
    }
    for (const Deadline& deadline : member_.deadlines) pass(deadline);
    for (const Offer& offer : member_.offers) {
      if (offer.terms.valid_until <= time_) lapse_.decision.offers_lapsed.push_back(offer.id);
    }
    return std::move(lapse_);
  }

 private:
  bool is_over(const Lot& lot) const {
    if (lot.expires_at && *lot.expires_at <= time_) return true;
    return std::any_of(member_.deadlines.begin(), member_.deadlines.end(), [&](const Deadline& d) {
      return d.currency == lot.currency && d.lapses_at && *d.lapses_at <= time_;
    });
  }

  void expire(const Lot& lot) {
    auto& balances = lapse_.decision.balances;
    auto change = std::find_if(balances.begin(), balances.end(), [&](const BalanceChange& known) {
      return known.currency == lot.currency;
    });
    if (change == balances.end()) {
      balances.push_back({});
      change = std::prev(balances.end());
      change->currency = lot.currency;
      change->deficit_after = member_.deficit(lot.currency);
      change->available_after = member_.available(lot.currency);
    }
    change->expired += lot.remaining;
    change->available_after -= lot.remaining;
    lapse_.decision.drawn.push_back({lot.seq, lot.number, DrawKind::expired, lot.remaining});
  }

  void remind(const Lot& lot) {
    if (lot.remind_at.empty() || lot.remind_at.front() > time_) return;
    lapse_.decision.reminded.push_back({lot.seq, lot.number, time_});
    add_reminder(lot.currency, lot.remaining, *lot.expires_at);
  }

  void pass(const Deadline& deadline) {
    if (!deadline.lapses_at) return;
    if (*deadline.lapses_at <= time_) {
      lapse_.decision.deadlines.push_back({deadline.currency, std::nullopt, {}});
      return;
    }
    if (deadline.remind_at.empty() || deadline.remind_at.front() > time_) return;
    Deadline next = deadline;
    std::erase_if(next.remind_at, [&](Timestamp remind_at) { return remind_at <= time_; });
    lapse_.decision.deadlines.push_back(std::move(next));
    Points points;
    for (const Lot& lot : member_.lots) {
      if (lot.currency == deadline.currency && !is_over(lot)) points += lot.remaining;
    }
    if (points > Points()) add_reminder(deadline.currency, points, *deadline.lapses_at);
  }

  /// Points that lapse together are told of together.
  void add_reminder(const std::string& currency, Points points, Timestamp lapses_at) {
    for (engine::Reminder& known : lapse_.reminders) {
      if (known.currency == currency && known.lapses_at == lapses_at) {
        known.points += points;
        return;
      }
    }
    lapse_.reminders.push_back({currency, points, lapses_at});
  }

  const Member& member_;
  Timestamp time_;
  Lapse lapse_;
};

}  // namespace

Lapse lapse(const Member& member, Timestamp time) { return Tick(member, time).run(); }

}  // namespace accrue::ledger
