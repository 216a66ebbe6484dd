#include "ledger/apply.hpp"

#include "ledger/counters.hpp"

#include <accrue/assert.hpp>

#include <algorithm>

namespace accrue::ledger {
namespace {

class Application {
 public:
  Application(const Entry& entry, Member& member, std::vector<Seq>* changed)
      : entry_(entry), decision_(entry.decision), member_(member), changed_(changed) {}

  void run(const Transaction* profile) {
    if (decision_.enrols) enrol();
    if (entry_.type == TransactionType::sale || entry_.type == TransactionType::goods_return ||
        entry_.type == TransactionType::event) {
      member_.last_activity = std::max(member_.last_activity.value_or(entry_.time), entry_.time);
    }
    for (const LotDrawn& drawn : decision_.drawn) draw(drawn);
    for (const LotReminded& reminded : decision_.reminded) remind(reminded);
    for (const LotOpened& opened : decision_.opened) open(opened);
    for (const BalanceChange& change : decision_.balances) balance(change);
    for (const Deadline& deadline : decision_.deadlines) move(deadline);
    offers();
    for (const CounterUse& use : decision_.counters) count(use);
    for (const HistoryMark& mark : decision_.history) remember(mark);
    if (profile) change_profile(*profile);
    member_.last_entry = entry_.seq;
    ++member_.entries;
  }

 private:
  void enrol() {
    ACCRUE_ASSERT(!member_.exists());
    member_.id = entry_.member;
    member_.number = value_of(entry_.seq);
    member_.enrolled_at = entry_.time;
  }

  std::vector<Lot>::iterator lot(Seq seq, std::uint32_t number) {
    const auto found = std::find_if(member_.lots.begin(), member_.lots.end(), [&](const Lot& lot) {
      return lot.seq == seq && lot.number == number;
    });
    ACCRUE_ASSERT(found != member_.lots.end());
    return found;
  }

  void draw(const LotDrawn& drawn) {
    const auto from = lot(drawn.seq, drawn.number);
    ACCRUE_ASSERT(drawn.points <= from->remaining);
    from->remaining -= drawn.points;
    if (changed_) changed_->push_back(drawn.seq);
    if (from->remaining == Points()) member_.lots.erase(from);
  }

  void remind(const LotReminded& reminded) {
    const auto of = lot(reminded.seq, reminded.number);
    std::erase_if(of->remind_at, [&](Timestamp time) { return time <= reminded.until; });
    if (changed_) changed_->push_back(reminded.seq);
  }

  void open(const LotOpened& opened) {
    if (opened.remaining == Points()) return;
    Lot made{entry_.seq,       opened.number, opened.currency,   opened.issued,
             opened.remaining, entry_.time,   opened.expires_at, opened.remind_at};
    const auto place =
        std::upper_bound(member_.lots.begin(), member_.lots.end(), made, drawn_before);
    member_.lots.insert(place, std::move(made));
    if (changed_) changed_->push_back(entry_.seq);
  }

  void balance(const BalanceChange& change) {
    auto of = std::find_if(member_.balances.begin(), member_.balances.end(),
                           [&](const Balance& b) { return b.currency == change.currency; });
    if (of == member_.balances.end()) {
      of = member_.balances.insert(of, Balance{change.currency, {}, {}, {}, {}, {}});
    }
    of->issued += change.issued;
    of->redeemed += change.redeemed;
    of->expired += change.expired;
    of->reversed += change.reversed;
    of->deficit = change.deficit_after;
    Points in_lots;
    for (const Lot& held : member_.lots) {
      if (held.currency == change.currency) in_lots += held.remaining;
    }
    ACCRUE_ASSERT(of->available() == change.available_after);
    ACCRUE_ASSERT(of->available() == in_lots - of->deficit);
  }

  void move(const Deadline& deadline) {
    std::erase_if(member_.deadlines,
                  [&](const Deadline& known) { return known.currency == deadline.currency; });
    if (deadline.lapses_at) member_.deadlines.push_back(deadline);
  }

  void offers() {
    const auto close = [&](const std::vector<std::string>& ids) {
      for (const std::string& id : ids) {
        std::erase_if(member_.offers, [&](const Offer& offer) { return offer.id == id; });
      }
    };
    close(decision_.offers_accepted);
    close(decision_.offers_lapsed);
    member_.offers.insert(member_.offers.end(), decision_.offers_made.begin(),
                          decision_.offers_made.end());
  }

  void count(const CounterUse& use) {
    if (use.scope != LimitScope::member) return;
    auto& counters = member_.counters;
    auto of = std::find_if(counters.begin(), counters.end(), [&](const Counter& counter) {
      return counter.rule == use.rule && counter.period == use.period;
    });
    if (of == counters.end()) {
      of = counters.insert(counters.end(), Counter{use.rule, use.period, 0, 0});
    }
    of->points += use.points;
    of->times += use.times;
    forget_oldest(counters, use.rule, use.period);
  }

  void remember(const HistoryMark& mark) {
    for (HistoryMark& known : member_.history) {
      if (known.watch == mark.watch) {
        known.last = std::max(known.last, mark.last);
        return;
      }
    }
    member_.history.push_back(mark);
  }

  void change_profile(const Transaction& profile) {
    if (!profile.language.empty()) member_.language = profile.language;
    for (const Attribute& attribute : profile.attributes) set(attribute);
    if (profile.sealed_contact.empty()) return;
    member_.sealed_contact = profile.sealed_contact;
    member_.contact_fields.clear();
    for (const Attribute& field : profile.contact) member_.contact_fields.emplace_back(field.key);
  }

  void set(const Attribute& attribute) {
    auto place = std::lower_bound(
        member_.attributes.begin(), member_.attributes.end(), attribute.key,
        [](const MemberAttribute& known, std::string_view key) { return known.key < key; });
    if (place == member_.attributes.end() || place->key != attribute.key) {
      place = member_.attributes.insert(place, MemberAttribute{std::string(attribute.key), false});
    }
    if (const auto* text = std::get_if<std::string_view>(&attribute.value)) {
      place->value = std::string(*text);
    } else if (const auto* flag = std::get_if<bool>(&attribute.value)) {
      place->value = *flag;
    } else if (const auto* number = std::get_if<std::int64_t>(&attribute.value)) {
      place->value = *number;
    } else {
      place->value = std::get<Decimal>(attribute.value);
    }
  }

  const Entry& entry_;
  const Decision& decision_;
  Member& member_;
  std::vector<Seq>* changed_;
};

}  // namespace

void apply(const Entry& entry, const Transaction* profile, Member& member,
           std::vector<Seq>* changed) {
  Application(entry, member, changed).run(profile);
}

void apply(const Entry& entry, CampaignCounters& campaign) {
  for (const CounterUse& use : entry.decision.counters) {
    if (use.scope != LimitScope::campaign) continue;
    engine::Used& used = campaign[{use.rule, use.period}];
    used.points += use.points;
    used.times += use.times;
  }
}

}  // namespace accrue::ledger
