#include "ledger/state_hash.hpp"

#include "digest/sha256.hpp"
#include "journal/reader.hpp"
#include "ledger/books.hpp"
#include "ledger/entry.hpp"

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

Item item_of(const Entry& entry, std::string_view transaction) {
  Item item("entry");
  item.text(entry.id.text()).text(entry.member.text());
  // The contact data in a member change is sealed by a key that is another one in every data
  // folder.
  if (entry.type != TransactionType::member) item.text(transaction);
  item.number(static_cast<std::int64_t>(entry.type)).time(entry.time).text(entry.rule_set);
  for (const Award& award : entry.decision.awards) {
    item.text(award.rule).text(award.currency).number(award.points);
  }
  return item;
}

Item item_of(const Entry& opened_by, const Lot& lot) {
  Item item("lot");
  item.text(opened_by.member.text()).text(opened_by.id.text());
  item.number(lot.number).text(lot.currency).number(lot.issued).number(lot.remaining);
  item.time(lot.expires_at);
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

using Sum = std::array<std::uint64_t, 2>;

std::string text_of(const Sum& sum) {
  std::string bytes;
  for (const std::uint64_t half : sum) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(half >> shift & 0xff);
  }
  return to_hex(bytes);
}

/// Entries in the journal's order, each with what is left of the lots that it opened.
class EntryWalk {
 public:
  EntryWalk(const store::Txn& txn, Sum& sum) : txn_(txn), sum_(sum) {}

  Result<void> add(const journal::Record& record) {
    const auto transaction = transaction_of(record.payload);
    if (!transaction) return transaction.error();
    const auto entry = decode_entry(record.seq, record.payload);
    if (!entry) return entry.error();
    item_of(entry.value(), transaction.value()).add_to(sum_);
    if (entry.value().decision.opened.empty()) return ok();
    const auto lots = find_lots(txn_, entry.value().member, record.seq);
    if (!lots) return lots.error();
    for (const Lot& lot : lots.value()) {
      item_of(entry.value(), lot).add_to(sum_);
      ++lots_;
    }
    return ok();
  }

  std::uint64_t lots() const { return lots_; }

 private:
  const store::Txn& txn_;
  Sum& sum_;
  std::uint64_t lots_ = 0;
};

/// How many lots they have left.
Result<std::uint64_t> add_entries(const store::Txn& txn, const std::filesystem::path& folder,
                                  Sum& sum) {
  const auto reached = applied(txn);
  if (!reached) return reached.error();
  EntryWalk walk(txn, sum);
  if (reached.value().seq != Seq::none) {
    auto reader = journal::Reader::open(folder, Seq{1});
    if (!reader) return reader.error();
    for (Seq seq = Seq::none; seq < reached.value().seq;) {
      auto record = reader.value().next();
      if (!record) return record.error();
      if (!record.value()) return Error{ErrorCode::corrupt, "the journal ends before the ledger"};
      if (auto added = walk.add(*record.value()); !added) return added.error();
      seq = record.value()->seq;
    }
  }
  return walk.lots();
}

}  // namespace

Result<std::string> state_hash(const store::Txn& txn, const std::filesystem::path& journal) {
  Sum sum{};
  const auto opened = add_entries(txn, journal, sum);
  if (!opened) return opened.error();
  std::uint64_t held = 0;
  auto scanned = each_member(txn, [&](const Member& member) {
    item_of(member).add_to(sum);
    held += member.lots.size();
    return true;
  });
  if (!scanned) return scanned.error();
  if (held == opened.value()) return text_of(sum);
  // Those that no entry opened are in no sum.
  return Error{ErrorCode::corrupt, "members hold " + std::to_string(held) + " lots, but " +
                                       std::to_string(opened.value()) +
                                       " were opened and have points left: run accrue rebuild"};
}

}  // namespace accrue::ledger
