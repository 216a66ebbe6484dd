#include "ledger/books.hpp"

#include "ledger/keys.hpp"

#include <algorithm>
#include <iterator>

namespace accrue::ledger {

using store::KeyReader;
using store::Table;

Result<Applied> applied(const store::Txn& txn) {
  auto found = txn.get(Table::meta, kApplied);
  if (!found) return found.error();
  if (!found.value()) return Applied{};
  KeyReader reader(*found.value());
  const auto seq = reader.u64();
  if (!seq) return Error{ErrorCode::corrupt, "the ledger does not say how far it is posted"};
  return Applied{static_cast<Seq>(*seq), std::string(reader.rest())};
}

Result<Totals> totals(const store::Txn& txn) {
  auto found = txn.get(Table::meta, kTotals);
  if (!found) return found.error();
  if (!found.value()) return Totals{};
  return decode_totals(*found.value());
}

namespace {

Error damaged_member(const MemberId& id, const Error& error) {
  if (error.code != ErrorCode::corrupt || error.message.find("rebuild") != std::string::npos) {
    return error;
  }
  return Error{error.code, "member " + id.text() + ": " + error.message +
                               "; stop accrued and run accrue rebuild"};
}

/// Those that stand in rows of their own, to those that came with the member.
Result<void> read_lots(const store::Txn& txn, Member& member) {
  if (member.shelved == Seq::none) return ok();
  store::KeyWriter prefix;
  prefix.text(member.id.text());
  std::optional<Error> failed;
  auto scanned =
      txn.scan(Table::lots, prefix.view(), [&](std::string_view key, std::string_view value) {
        if (!key.starts_with(prefix.view())) return false;
        KeyReader reader(key.substr(prefix.view().size()));
        const auto seq = reader.u64();
        if (!seq) {
          failed = Error{ErrorCode::corrupt,
                         "a lot of member " + member.id.text() + " has a broken key"};
          return false;
        }
        auto lots = decode_lots(value);
        if (!lots) {
          failed = lots.error();
          return false;
        }
        std::move(lots.value().begin(), lots.value().end(), std::back_inserter(member.lots));
        return true;
      });
  if (!scanned) return scanned.error();
  if (failed) return *failed;
  std::sort(member.lots.begin(), member.lots.end(), drawn_before);
  return ok();
}

}  // namespace

Result<std::optional<Member>> find_member(const store::Txn& txn, const MemberId& id) {
  auto found = txn.get(Table::members, id.text());
  if (!found) return found.error();
  if (!found.value()) return std::optional<Member>();
  auto member = decode_member(id, *found.value());
  if (!member) return damaged_member(id, member.error());
  if (auto lots = read_lots(txn, member.value()); !lots) return damaged_member(id, lots.error());
  return std::optional<Member>(std::move(member.value()));
}

Result<std::optional<Seq>> find_id(const store::Txn& txn, const TransactionId& id) {
  auto found = txn.get(Table::ids, id.text());
  if (!found) return found.error();
  if (!found.value()) return std::optional<Seq>();
  const auto seq = KeyReader(*found.value()).short_number();
  if (!seq) return Error{ErrorCode::corrupt, "transaction id " + id.text() + " has a broken place"};
  return std::optional<Seq>(static_cast<Seq>(*seq));
}

Result<std::vector<Lot>> find_lots(const store::Txn& txn, const MemberId& id, Seq opened_by) {
  auto found = txn.get(Table::members, id.text());
  if (!found) return found.error();
  if (!found.value()) return std::vector<Lot>();
  auto member = decode_member(id, *found.value());
  if (!member) return damaged_member(id, member.error());
  std::vector<Lot>& lots = member.value().lots;
  if (opened_by > member.value().shelved) {
    std::erase_if(lots, [&](const Lot& lot) { return lot.seq != opened_by; });
    return std::move(lots);
  }
  auto row = txn.get(Table::lots, lot_key(id, opened_by).view());
  if (!row) return row.error();
  if (!row.value()) return std::vector<Lot>();
  return decode_lots(*row.value());
}

Result<ReturnedSoFar> returned(const store::Txn& txn, Seq sale) {
  const auto key = store::key_of(value_of(sale));
  auto found = txn.get(Table::returns, store::view(key));
  if (!found) return found.error();
  ReturnedSoFar result;
  if (!found.value()) return result;
  KeyReader reader(*found.value());
  while (!reader.rest().empty()) {
    const auto line = reader.u32();
    const auto quantity = reader.u64();
    if (!line || !quantity) {
      return Error{ErrorCode::corrupt,
                   "the returns of entry " + std::to_string(value_of(sale)) + " cannot be read"};
    }
    result[*line] = static_cast<std::int64_t>(*quantity);
  }
  return result;
}

Result<CampaignCounters> campaign_counters(const store::Txn& txn) {
  CampaignCounters counters;
  auto scanned = txn.scan(Table::budgets, "", [&](std::string_view key, std::string_view value) {
    KeyReader name(key);
    KeyReader used(value);
    const auto rule = name.text();
    const auto points = used.u64();
    const auto times = used.u64();
    if (rule && points && times) {
      counters[{std::string(*rule), std::string(name.rest())}] = {
          static_cast<std::int64_t>(*points), static_cast<std::int64_t>(*times)};
    }
    return true;
  });
  if (!scanned) return scanned.error();
  return counters;
}

Result<FeedPosition> feed_position(const store::Txn& txn, const std::string& feed) {
  auto found = txn.get(Table::feeds, feed);
  if (!found) return found.error();
  if (!found.value()) return FeedPosition{};
  KeyReader reader(*found.value());
  const std::uint64_t message = reader.u64().value_or(0);
  return FeedPosition{std::string(reader.rest()), message};
}

Result<std::vector<Due>> due(const store::Txn& txn, const std::optional<Due>& after,
                             Timestamp until, std::size_t limit) {
  std::vector<Due> result;
  const auto from = after ? due_key(after->at, after->member) : store::KeyWriter();
  auto scanned = txn.scan(Table::due, from.view(), [&](std::string_view key, std::string_view) {
    if (after && key == from.view()) return true;
    KeyReader reader(key);
    const Timestamp at{std::chrono::milliseconds(reader.u64().value_or(0))};
    if (at > until || result.size() >= limit) return false;
    result.push_back({at, MemberId::trusted(std::string(reader.rest()))});
    return true;
  });
  if (!scanned) return scanned.error();
  return result;
}

Result<void> each_member(const store::Txn& txn, const std::function<bool(const Member&)>& fn) {
  std::optional<Error> failed;
  auto scanned = txn.scan(Table::members, "", [&](std::string_view key, std::string_view value) {
    auto member = decode_member(MemberId::trusted(std::string(key)), value);
    if (member) {
      if (auto lots = read_lots(txn, member.value()); !lots) failed = lots.error();
    } else {
      failed = member.error();
    }
    return !failed && fn(member.value());
  });
  if (!scanned) return scanned.error();
  if (failed) return *failed;
  return ok();
}

bool hold_contact(const store::Txn& txn, std::size_t members) {
  bool found = false;
  auto scanned = txn.scan(Table::members, "", [&](std::string_view key, std::string_view value) {
    const auto member = decode_member(MemberId::trusted(std::string(key)), value);
    found = member.has_value() && !member.value().sealed_contact.empty();
    return !found && --members > 0;
  });
  return scanned.has_value() && found;
}

Result<std::vector<std::uint64_t>> watched(const store::Txn& txn) {
  std::vector<std::uint64_t> result;
  constexpr std::string_view prefix = "watch:";
  auto scanned = txn.scan(Table::meta, prefix, [&](std::string_view key, std::string_view) {
    if (!key.starts_with(prefix)) return false;
    result.push_back(std::stoull(std::string(key.substr(prefix.size()))));
    return true;
  });
  if (!scanned) return scanned.error();
  return result;
}

}  // namespace accrue::ledger
