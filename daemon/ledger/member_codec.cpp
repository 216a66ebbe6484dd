#include "ledger/member.hpp"

#include "ledger/attributes.hpp"
#include "ledger/stored.hpp"
#include "member_generated.h"

namespace accrue::ledger {
namespace {

auto offer_of(Builder& to, const Offer& offer) {
  const OfferTerms& terms = offer.terms;
  const auto on =
      stored::CreateMemberFilter(to, texts(to, terms.on.skus), texts(to, terms.on.categories));
  return stored::CreateMemberOffer(to, text(to, offer.id), text(to, offer.rule),
                                   text(to, offer.currency), terms.award.count(), on,
                                   terms.spend.minor(), millis(terms.valid_until),
                                   text(to, terms.message), millis(offer.made_at));
}

Offer offer_of(const stored::MemberOffer& from) {
  Offer offer{
      string(from.id()), string(from.rule()), string(from.currency()), {}, instant(from.made_at())};
  offer.terms.award = Points(from.award());
  if (from.on()) {
    offer.terms.on.skus = strings(from.on()->skus());
    offer.terms.on.categories = strings(from.on()->categories());
  }
  offer.terms.spend = Money::from_minor(from.spend());
  offer.terms.valid_until = instant(from.valid_until());
  offer.terms.message = string(from.message());
  return offer;
}

auto attributes_of(Builder& to, const Member& member) {
  return tables<stored::MemberAttribute>(
      to, member.attributes, [&](const MemberAttribute& attribute) {
        const StoredAttribute flat = flatten(value_of(attribute));
        return stored::CreateMemberAttribute(to, text(to, attribute.key), flat.kind, flat.number,
                                             text(to, flat.text));
      });
}

MemberAttribute attribute_of(const stored::MemberAttribute& from) {
  MemberAttribute attribute{string(from.key()), {}};
  const AttributeValue value = unflatten(from.kind(), from.number(), view(from.text()));
  std::visit(
      [&](const auto& held) {
        if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::string_view>) {
          attribute.value = std::string(held);
        } else {
          attribute.value = held;
        }
      },
      value);
  return attribute;
}

void read_points(const stored::Member& from, Member& member) {
  each(from.balances(), [&](const stored::MemberBalance& balance) {
    member.balances.push_back({string(balance.currency()), Points(balance.issued()),
                               Points(balance.redeemed()), Points(balance.expired()),
                               Points(balance.reversed()), Points(balance.deficit())});
  });
  each(from.deadlines(), [&](const stored::MemberDeadline& deadline) {
    member.deadlines.push_back({string(deadline.currency()), optional_instant(deadline.lapses_at()),
                                instants(deadline.remind_at())});
  });
  each(from.counters(), [&](const stored::MemberCounter& counter) {
    member.counters.push_back(
        {string(counter.rule()), string(counter.period()), counter.points(), counter.times()});
  });
}

std::string finished(const Builder& to) {
  return std::string(reinterpret_cast<const char*>(to.GetBufferPointer()), to.GetSize());
}

}  // namespace

std::string encode(const Member& member) {
  thread_local Builder to(1024);
  to.Clear();
  const auto balances = tables<stored::MemberBalance>(to, member.balances, [&](const Balance& b) {
    return stored::CreateMemberBalance(to, text(to, b.currency), b.issued.count(),
                                       b.redeemed.count(), b.expired.count(), b.reversed.count(),
                                       b.deficit.count());
  });
  const auto deadlines =
      tables<stored::MemberDeadline>(to, member.deadlines, [&](const Deadline& d) {
        return stored::CreateMemberDeadline(to, text(to, d.currency), millis(d.lapses_at),
                                            times(to, d.remind_at));
      });
  const auto offers = tables<stored::MemberOffer>(to, member.offers,
                                                  [&](const Offer& o) { return offer_of(to, o); });
  const auto counters = tables<stored::MemberCounter>(to, member.counters, [&](const Counter& c) {
    return stored::CreateMemberCounter(to, text(to, c.rule), text(to, c.period), c.points, c.times);
  });
  std::vector<stored::MemberMark> marks;
  for (const HistoryMark& mark : member.history) marks.emplace_back(mark.watch, millis(mark.last));
  const auto history = to.CreateVectorOfStructs(marks);
  to.Finish(stored::CreateMember(
      to, member.number, millis(member.enrolled_at), millis(member.last_activity),
      value_of(member.last_entry), member.entries, text(to, member.language),
      attributes_of(to, member), bytes(to, member.sealed_contact), texts(to, member.contact_fields),
      balances, deadlines, offers, counters, history));
  return finished(to);
}

Result<Member> decode_member(const MemberId& id, std::string_view stored_bytes) {
  const auto* from = root_of<stored::Member>(stored_bytes);
  if (!from) return unreadable("member");
  Member member;
  member.id = id;
  member.number = from->number();
  member.enrolled_at = instant(from->enrolled_at());
  member.last_activity = optional_instant(from->last_activity());
  member.last_entry = static_cast<Seq>(from->last_entry());
  member.entries = from->entries();
  member.language = string(from->language());
  each(from->attributes(), [&](const stored::MemberAttribute& attribute) {
    member.attributes.push_back(attribute_of(attribute));
  });
  member.sealed_contact = view(from->sealed_contact());
  member.contact_fields = strings(from->contact_fields());
  read_points(*from, member);
  each(from->offers(),
       [&](const stored::MemberOffer& offer) { member.offers.push_back(offer_of(offer)); });
  each(from->history(), [&](const stored::MemberMark& mark) {
    member.history.push_back({mark.watch(), instant(mark.last())});
  });
  return member;
}

std::string encode(const Lot& lot) {
  thread_local Builder to(256);
  to.Clear();
  to.Finish(stored::CreateLot(to, text(to, lot.currency), lot.issued.count(), lot.remaining.count(),
                              millis(lot.earned_at), millis(lot.expires_at),
                              times(to, lot.remind_at)));
  return finished(to);
}

Result<Lot> decode_lot(Seq seq, std::uint32_t number, std::string_view stored_bytes) {
  const auto* from = root_of<stored::Lot>(stored_bytes);
  if (!from) return unreadable("lot");
  return Lot{seq,
             number,
             string(from->currency()),
             Points(from->issued()),
             Points(from->remaining()),
             instant(from->earned_at()),
             optional_instant(from->expires_at()),
             instants(from->remind_at())};
}

}  // namespace accrue::ledger
