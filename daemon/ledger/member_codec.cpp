#include "ledger/attributes.hpp"
#include "ledger/decision_fields.hpp"
#include "ledger/member.hpp"

namespace accrue::ledger {

template <class As, Like<Balance> Held>
void fields(As& as, Held& balance) {
  as.text(1, balance.currency);
  as.points(2, balance.issued);
  as.points(3, balance.redeemed);
  as.points(4, balance.expired);
  as.points(5, balance.reversed);
  as.points(6, balance.deficit);
}

template <class As, Like<Counter> Used>
void fields(As& as, Used& counter) {
  as.text(1, counter.rule);
  as.text(2, counter.period);
  as.number(3, counter.points);
  as.number(4, counter.times);
}

template <class As, Like<Lot> Held>
void fields(As& as, Held& lot) {
  as.count(1, lot.number);
  as.text(2, lot.currency);
  as.points(3, lot.issued);
  as.points(4, lot.remaining);
  as.time(5, lot.expires_at);
  as.times(6, lot.remind_at);
}

namespace {

/// A lot in its member's value, and which entry opened it when. `lot` is set when writing.
struct HeldLot {
  const Lot* lot = nullptr;
  Lot read{};
};

template <class As>
void fields(As& as, const HeldLot& held) {
  as.count(1, held.lot->seq);
  as.time(2, held.lot->earned_at);
  as.one(3, *held.lot);
}

template <class As>
void fields(As& as, HeldLot& held) {
  as.count(1, held.read.seq);
  as.time(2, held.read.earned_at);
  as.one(3, held.read);
}

/// A member's fields; `Kept` is a Member, const to write it.
template <class Kept>
struct Profile {
  Kept& member;
  std::vector<StoredAttribute> attributes;
  std::vector<HeldLot> lots;  ///< In draw order.
};

template <class As, class Kept>
void fields(As& as, Profile<Kept>& profile) {
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

}  // namespace

namespace {

/// The lots that one entry opened, all at the entry's time.
template <class Lots>
struct Opened {
  Timestamp earned_at{};
  Lots lots;
};

template <class As, class Lots>
void fields(As& as, Opened<Lots>& opened) {
  as.time(1, opened.earned_at);
  as.many(2, opened.lots);
}

}  // namespace

std::string encode(const Member& member) {
  Profile<const Member> profile{member, {}, {}};
  for (const MemberAttribute& attribute : member.attributes) {
    profile.attributes.push_back(flatten(attribute.key, value_of(attribute)));
  }
  profile.lots.reserve(member.lots.size());
  for (const Lot& lot : member.lots) {
    if (lot.seq > member.shelved) profile.lots.push_back({&lot});
  }
  std::string bytes;
  bytes.reserve(256 + 48 * profile.lots.size());
  protozero::pbf_writer to(bytes);
  FieldWriter as(to);
  fields(as, profile);
  return bytes;
}

Result<Member> decode_member(const MemberId& id, std::string_view stored_bytes) {
  Member member;
  member.id = id;
  Profile<Member> profile{member, {}, {}};
  if (auto read = read_from(stored_bytes, profile, "member"); !read) return read.error();
  for (const StoredAttribute& attribute : profile.attributes) {
    member.attributes.push_back({attribute.key, held_value(attribute)});
  }
  member.lots.reserve(profile.lots.size());
  for (HeldLot& held : profile.lots) member.lots.push_back(std::move(held.read));
  return member;
}

std::string encode(std::span<const Lot> lots) {
  Opened<std::span<const Lot>> opened{lots.front().earned_at, lots};
  std::string bytes;
  protozero::pbf_writer to(bytes);
  FieldWriter as(to);
  fields(as, opened);
  return bytes;
}

Result<std::vector<Lot>> decode_lots(Seq seq, std::string_view stored_bytes) {
  Opened<std::vector<Lot>> opened;
  if (auto read = read_from(stored_bytes, opened, "lots"); !read) return read.error();
  for (Lot& lot : opened.lots) {
    lot.seq = seq;
    lot.earned_at = opened.earned_at;
  }
  return std::move(opened.lots);
}

}  // namespace accrue::ledger
