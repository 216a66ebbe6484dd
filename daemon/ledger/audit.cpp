#include "ledger/audit.hpp"

#include "ledger/books.hpp"
#include "store/schema.hpp"

#include <map>

namespace accrue::ledger {
namespace {

class Auditor {
 public:
  explicit Auditor(Audit& audit) : audit_(audit) {}

  void check(const Member& member) {
    ++audit_.members;
    audit_.lots += member.lots.size();
    std::map<std::string, Points> in_lots;
    for (const Lot& lot : member.lots) {
      if (lot.remaining <= Points() || lot.remaining > lot.issued) {
        find("member " + member.id.text() + ": the lot of entry " +
             std::to_string(value_of(lot.seq)) + " holds " + std::to_string(lot.remaining.count()) +
             " of " + std::to_string(lot.issued.count()) + " points");
      }
      in_lots[lot.currency] += lot.remaining;
    }
    bool below_zero = false;
    for (const Balance& balance : member.balances) {
      check(member, balance, in_lots[balance.currency]);
      below_zero = below_zero || balance.available() < Points();
    }
    if (below_zero) ++audit_.members_below_zero;
  }

  void compare(const Totals& totals) {
    if (totals.members != audit_.members) {
      find("the ledger counts " + std::to_string(totals.members) + " members but holds " +
           std::to_string(audit_.members));
    }
    for (const Balance& sum : totals.currencies) {
      const Balance& held = sums_.of(sum.currency);
      const bool equal = sum.issued == held.issued && sum.redeemed == held.redeemed &&
                         sum.expired == held.expired && sum.reversed == held.reversed &&
                         sum.deficit == held.deficit;
      if (!equal) find("the ledger's sums of " + sum.currency + " are not the sums of its members");
    }
  }

 private:
  void check(const Member& member, const Balance& balance, Points in_lots) {
    if (balance.available() != in_lots - balance.deficit) {
      find("member " + member.id.text() + ": issued - redeemed - expired - reversed is " +
           std::to_string(balance.available().count()) + " " + balance.currency +
           ", but lots minus deficit is " + std::to_string((in_lots - balance.deficit).count()));
    }
    Balance& sum = sums_.of(balance.currency);
    sum.issued += balance.issued;
    sum.redeemed += balance.redeemed;
    sum.expired += balance.expired;
    sum.reversed += balance.reversed;
    sum.deficit += balance.deficit;
  }

  void find(std::string finding) {
    if (audit_.findings.size() < 100) audit_.findings.push_back(std::move(finding));
  }

  Audit& audit_;
  Totals sums_;
};

/// Reading a pair checks it. Members and lots are read anyhow.
Result<void> read_other_tables(const store::Txn& txn) {
  for (const store::TableInfo& info : store::kSchema) {
    if (info.table == store::Table::members || info.table == store::Table::lots) continue;
    auto read = txn.scan(info.table, "", [](std::string_view, std::string_view) { return true; });
    if (!read) return read;
  }
  return ok();
}

}  // namespace

Result<Audit> audit(const store::Txn& txn) {
  Audit audit;
  Auditor auditor(audit);
  auto scanned = each_member(txn, [&](const Member& member) {
    auditor.check(member);
    return true;
  });
  if (!scanned) return scanned.error();
  if (auto read = read_other_tables(txn); !read) return read.error();
  auto sums = totals(txn);
  if (!sums) return sums.error();
  auditor.compare(sums.value());
  audit.totals = std::move(sums.value());
  auto entries = txn.count(store::Table::ids);
  if (!entries) return entries.error();
  audit.entries = entries.value();
  auto reached = applied(txn);
  if (!reached) return reached.error();
  if (value_of(reached.value().seq) != audit.entries) {
    audit.findings.push_back("the ledger is posted up to " +
                             std::to_string(value_of(reached.value().seq)) + " but knows " +
                             std::to_string(audit.entries) + " transaction ids");
  }
  return audit;
}

}  // namespace accrue::ledger
