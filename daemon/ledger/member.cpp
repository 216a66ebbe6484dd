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

namespace {

std::size_t heap_of(const std::string& text) {
  constexpr std::size_t kWithin = 15;  // libstdc++ keeps so many characters in the string itself.
  return text.capacity() > kWithin ? text.capacity() + 1 : 0;
}

template <class T>
std::size_t block_of(const std::vector<T>& values) {
  return values.capacity() * sizeof(T);
}

std::size_t heap_of(const std::vector<std::string>& texts) {
  std::size_t bytes = block_of(texts);
  for (const std::string& text : texts) bytes += heap_of(text);
  return bytes;
}

std::size_t heap_of(const Offer& offer) {
  return heap_of(offer.id) + heap_of(offer.rule) + heap_of(offer.currency) +
         heap_of(offer.terms.message) + heap_of(offer.terms.on.skus) +
         heap_of(offer.terms.on.categories);
}

std::size_t heap_of(const MemberAttribute& attribute) {
  const auto* text = std::get_if<std::string>(&attribute.value);
  return heap_of(attribute.key) + (text ? heap_of(*text) : 0);
}

}  // namespace

std::size_t Member::footprint() const {
  std::size_t bytes = heap_of(sealed_contact) + heap_of(contact_fields) + block_of(attributes) +
                      block_of(balances) + block_of(lots) + block_of(deadlines) + block_of(offers) +
                      block_of(counters) + block_of(history);
  for (const Lot& lot : lots) bytes += heap_of(lot.currency) + block_of(lot.remind_at);
  for (const Deadline& deadline : deadlines) bytes += block_of(deadline.remind_at);
  for (const Offer& offer : offers) bytes += heap_of(offer);
  for (const Counter& counter : counters) bytes += heap_of(counter.rule) + heap_of(counter.period);
  for (const MemberAttribute& attribute : attributes) bytes += heap_of(attribute);
  // Allocators round up, by an eighth at most; the cache lists each member in several places.
  return sizeof(Member) + bytes + bytes / 8 + 256;
}

}  // namespace accrue::ledger
