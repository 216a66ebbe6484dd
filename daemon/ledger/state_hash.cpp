#include "ledger/state_hash.hpp"

#include "digest/sha256.hpp"
#include "ledger/books.hpp"

#include <array>

namespace accrue::ledger {
namespace {

/// Canonical text of one item, hashed: every part is ended by its length so that no two items with
/// different parts have the same text.
class Item {
 public:
  explicit Item(std::string_view kind) { text(kind); }
  Item& text(std::string_view part) {
    hash_.update(static_cast<std::uint64_t>(part.size()));
    hash_.update(part);
    return *this;
  }
  Item& number(std::int64_t value) {
    hash_.update(static_cast<std::uint64_t>(value));
    return *this;
  }
  Item& number(Points value) { return number(value.count()); }
  Item& time(const std::optional<Timestamp>& value) {
    return number(value ? value->time_since_epoch().count() : -1);
  }
  void add_to(std::array<std::uint64_t, 2>& sum) {
    const Digest digest = hash_.finish();
    for (std::size_t half = 0; half < 2; ++half) {
      std::uint64_t part = 0;
      for (std::size_t i = 0; i < 8; ++i) part = part << 8 | digest[half * 8 + i];
      sum[half] += part;
    }
  }

 private:
  Sha256 hash_;
};

Item item_of(const Entry& entry) {
  Item item("entry");
  item.text(entry.id.text()).text(entry.member.text());
  // The content of a member change is fingerprinted with its contact data sealed, by a key that is
  // another one in every data folder.
  if (entry.type != TransactionType::member) item.text(entry.content);
  item.number(static_cast<std::int64_t>(entry.type)).time(entry.time).text(entry.rule_set);
  for (const Award& award : entry.decision.awards) {
    item.text(award.rule).text(award.currency).number(award.points);
  }
  return item;
}

void add_attributes(const Member& member, Item& item) {
  for (const MemberAttribute& attribute : member.attributes) {
    item.text(attribute.key).number(static_cast<std::int64_t>(attribute.value.index()));
    std::visit(
        [&](const auto& value) {
          using Value = std::decay_t<decltype(value)>;
          if constexpr (std::is_same_v<Value, std::string>) {
            item.text(value);
          } else if constexpr (std::is_same_v<Value, Decimal>) {
            item.number(value.micros());
          } else {
            item.number(static_cast<std::int64_t>(value));
          }
        },
        attribute.value);
  }
}

Item item_of(const Member& member) {
  Item item("member");
  item.text(member.id.text()).time(member.enrolled_at).time(member.last_activity);
  item.number(static_cast<std::int64_t>(member.entries)).text(member.language);
  for (const std::string& field : member.contact_fields) item.text(field);
  add_attributes(member, item);
  for (const Balance& balance : member.balances) {
    item.text(balance.currency).number(balance.issued).number(balance.redeemed);
    item.number(balance.expired).number(balance.reversed).number(balance.deficit);
  }
  for (const Deadline& deadline : member.deadlines)
    item.text(deadline.currency).time(deadline.lapses_at);
  for (const Offer& offer : member.offers) {
    item.text(offer.rule)
        .number(offer.terms.award)
        .time(offer.terms.valid_until)
        .time(offer.made_at);
  }
  for (const Counter& counter : member.counters) {
    item.text(counter.rule).text(counter.period).number(counter.points).number(counter.times);
  }
  for (const HistoryMark& mark : member.history) {
    item.number(static_cast<std::int64_t>(mark.watch)).time(mark.last);
  }
  return item;
}

Result<void> add_lots(const store::Txn& txn, const Member& member, Item& item) {
  for (const Lot& lot : member.lots) {
    auto opened = find_entry(txn, lot.seq);
    if (!opened) return opened.error();
    item.text(opened.value().id.text()).number(lot.number).text(lot.currency);
    item.number(lot.issued).number(lot.remaining).time(lot.expires_at);
  }
  return ok();
}

}  // namespace

Result<std::string> state_hash(const store::Txn& txn) {
  std::array<std::uint64_t, 2> sum{};
  std::optional<Error> failed;
  auto scanned = txn.scan(store::Table::entries, "", [&](std::string_view, std::string_view value) {
    auto entry = decode_entry(value);
    if (entry) {
      item_of(entry.value()).add_to(sum);
    } else {
      failed = entry.error();
    }
    return !failed;
  });
  if (!scanned) return scanned.error();
  if (failed) return *failed;
  scanned = each_member(txn, [&](const Member& member) {
    Item item = item_of(member);
    if (auto added = add_lots(txn, member, item); !added) failed = added.error();
    item.add_to(sum);
    return !failed;
  });
  if (!scanned) return scanned.error();
  if (failed) return *failed;
  std::string bytes;
  for (const std::uint64_t half : sum) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(half >> shift & 0xff);
  }
  return to_hex(bytes);
}

}  // namespace accrue::ledger
