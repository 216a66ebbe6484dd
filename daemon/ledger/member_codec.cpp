#include "ledger/attributes.hpp"
#include "ledger/decision_fields.hpp"
#include "ledger/member.hpp"

#include <algorithm>
#include <iterator>

namespace accrue::ledger {

template <class As, Like<Counter> Used>
void fields(As& as, Used& counter) {
  as.text(1, counter.rule);
  as.text(2, counter.period);
  as.number(3, counter.points);
  as.number(4, counter.times);
}

template <class As, Like<Lot> Held>
void fields(As& as, Held& lot) {
  lot_fields(as, lot);
  as.count(7, lot.seq);
  as.time(8, lot.earned_at);
}

namespace {

/// A member's fields; `Kept` is a Member, const to write it.
template <class Kept, class Lots>
struct Profile {
  Kept& member;
  std::vector<StoredAttribute> attributes;
  Lots lots;  ///< In draw order.
};

template <class As, class Kept, class Lots>
void fields(As& as, Profile<Kept, Lots>& profile) {
  auto& member = profile.member;
  as.count(1, member.number);
  as.time(2, member.enrolled_at);
  as.time(3, member.last_activity);
  as.count(4, member.last_entry);
  as.count(5, member.entries);
  as.text(6, member.language);
  as.many(7, profile.attributes);
  as.text(8, member.sealed_contact);
  as.texts(9, member.contact_fields);
  as.many(10, member.balances);
  as.many(11, member.deadlines);
  as.many(12, member.offers);
  as.many(13, member.counters);
  as.many(14, member.history);
  as.count(15, member.shelved);
  as.many(16, profile.lots);
}

std::variant<bool, std::int64_t, Decimal, std::string> held_value(
    const StoredAttribute& attribute) {
  const AttributeValue value = unflatten(attribute, attribute.text);
  if (const auto* text = std::get_if<std::string_view>(&value)) return std::string(*text);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  return std::get<Decimal>(value);
}

/// A value of table lots.
template <class Lots>
struct LotsRow {
  Lots lots;
};

template <class As, class Lots>
void fields(As& as, LotsRow<Lots>& row) {
  as.many(1, row.lots);
}

}  // namespace

std::string encode(const Member& member) {
  std::vector<Lot> held;  // Of the few members who have shelved lots, the others.
  if (member.shelved != Seq::none) {
    std::copy_if(member.lots.begin(), member.lots.end(), std::back_inserter(held),
                 [&](const Lot& lot) { return lot.seq > member.shelved; });
  }
  Profile<const Member, const std::vector<Lot>&> profile{
      member, {}, member.shelved == Seq::none ? member.lots : held};
  for (const MemberAttribute& attribute : member.attributes) {
    profile.attributes.push_back(flatten(attribute.key, value_of(attribute)));
  }
  std::string bytes;
  bytes.reserve(256 + 48 * member.lots.size());
  write_to(bytes, profile);
  return bytes;
}

Result<Member> decode_member(const MemberId& id, std::string_view stored_bytes) {
  Member member;
  member.id = id;
  Profile<Member, std::vector<Lot>&> profile{member, {}, member.lots};
  if (auto read = read_from(stored_bytes, profile, "member"); !read) return read.error();
  for (const StoredAttribute& attribute : profile.attributes) {
    member.attributes.push_back({attribute.key, held_value(attribute)});
  }
  return member;
}

std::string encode(std::span<const Lot> lots) {
  std::string bytes;
  LotsRow<std::span<const Lot>> row{lots};
  write_to(bytes, row);
  return bytes;
}

Result<std::vector<Lot>> decode_lots(std::string_view stored_bytes) {
  std::vector<Lot> lots;
  LotsRow<std::vector<Lot>&> row{lots};
  if (auto read = read_from(stored_bytes, row, "lots"); !read) return read.error();
  return lots;
}

}  // namespace accrue::ledger
