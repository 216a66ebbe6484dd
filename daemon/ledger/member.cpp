#include "ledger/member.hpp"

#include <algorithm>
#include <tuple>

namespace accrue::ledger {

bool drawn_before(const Lot& a, const Lot& b) {
  const auto rank = [](const Lot& lot) {
    return std::make_tuple(lot.expires_at.value_or(Timestamp::max()), lot.earned_at, lot.seq,
                           lot.number);
  };
  return rank(a) < rank(b);
}

AttributeValue value_of(const MemberAttribute& attribute) {
  return std::visit([](const auto& value) { return AttributeValue(value); }, attribute.value);
}

const Balance* Member::balance(std::string_view currency) const {
  const auto found = std::find_if(balances.begin(), balances.end(),
                                  [&](const Balance& b) { return b.currency == currency; });
  return found == balances.end() ? nullptr : &*found;
}

Points Member::available(std::string_view currency) const {
  const Balance* found = balance(currency);
  return found ? found->available() : Points();
}

Points Member::deficit(std::string_view currency) const {
  const Balance* found = balance(currency);
  return found ? found->deficit : Points();
}

std::optional<Timestamp> Member::due_at() const {
  std::optional<Timestamp> due;
  const auto consider = [&](const std::optional<Timestamp>& time) {
    if (time && (!due || *time < *due)) due = time;
  };
  for (const Lot& lot : lots) {
    consider(lot.expires_at);
    if (!lot.remind_at.empty()) consider(lot.remind_at.front());
  }
  for (const Deadline& deadline : deadlines) {
    const bool any = std::any_of(lots.begin(), lots.end(),
                                 [&](const Lot& lot) { return lot.currency == deadline.currency; });
    if (!any) continue;
    consider(deadline.lapses_at);
    if (!deadline.remind_at.empty()) consider(deadline.remind_at.front());
  }
  for (const Offer& offer : offers) consider(offer.terms.valid_until);
  return due;
}

std::size_t Member::footprint() const {
  std::size_t bytes =
      sizeof(Member) + sealed_contact.capacity() + lots.capacity() * sizeof(Lot) +
      balances.capacity() * sizeof(Balance) + offers.size() * (sizeof(Offer) + 200) +
      counters.capacity() * sizeof(Counter) +
      attributes.capacity() * (sizeof(MemberAttribute) + 16) +
      history.capacity() * sizeof(HistoryMark) + deadlines.capacity() * (sizeof(Deadline) + 16);
  for (const Lot& lot : lots) bytes += lot.remind_at.capacity() * sizeof(Timestamp);
  return bytes + 128;  // Node and bucket of the map that holds it.
}

}  // namespace accrue::ledger
