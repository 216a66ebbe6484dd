// A ledger in a folder of its own, posted to as the poster does.
#pragma once

#include "journal/journal.hpp"
#include "ledger/archive.hpp"
#include "ledger/audit.hpp"
#include "ledger/post.hpp"
#include "ledger/settle.hpp"
#include "ledger/state_hash.hpp"
#include "member_with.hpp"
#include "support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace accrue::ledger {

class Posted {
 public:
  Posted() {
    store::Options options;
    options.map_bytes = 256ull << 20;
    options.allow_any_filesystem = true;
    store_ = store::Environment::open(folder_.path() / "ledger", options).value();
    journal_ = journal::Journal::open(folder_.path() / "journal").value();
  }

  /// One group and one commit of records, each (entry, transaction); seq is given here.
  void post(const std::vector<std::pair<Entry, const Transaction*>>& records) {
    auto txn = store_->write();
    ASSERT_TRUE(txn.has_value());
    auto posting = Posting::begin(txn.value()).value();
    journal::Group group;
    for (const auto& [given, transaction] : records) {
      Entry entry = given;
      entry.seq = next_after(posting.applied().seq);
      const std::string payload = record_of(entry, encode(*transaction));
      group.add(payload);
      const auto added = posting.add(entry.seq, payload, std::string(32, 'c'));
      ASSERT_TRUE(added.has_value()) << added.error().message;
    }
    ASSERT_TRUE(journal_->write(group).has_value());
    ASSERT_TRUE(posting.finish().has_value());
    ASSERT_TRUE(std::move(txn.value()).commit().has_value());
  }

  store::ReadTxn read() const { return store_->read().value(); }
  store::Environment& store() { return *store_; }
  std::string hash() const { return state_hash(read(), folder_.path() / "journal").value(); }
  std::unique_ptr<Archive> archive() const {
    return std::move(Archive::open(folder_.path() / "journal").value());
  }

 private:
  test::TempFolder folder_;
  std::shared_ptr<store::Environment> store_;
  std::unique_ptr<journal::Journal> journal_;
};

/// The entry of a transaction with this decision; seq is given when it is posted.
inline Entry entry_of(const Transaction& transaction, Decision decision = {}) {
  Entry entry;
  entry.id = transaction.id;
  entry.type = transaction.type;
  entry.member = transaction.member;
  entry.time = transaction.time;
  entry.of = transaction.of;
  entry.rule_set = std::string(32, '0');
  for (const Line& line : transaction.lines) {
    entry.lines.push_back({line.quantity.micros(), line.amount.minor()});
  }
  entry.decision = std::move(decision);
  return entry;
}

/// A sale that gives points, settled against the member.
inline Entry earning(const Transaction& sale, const Member& member, std::int64_t points,
                     const char* expires = "") {
  Decision decision;
  decision.enrols = !member.exists();
  decision.awards = {award(points, {points})};
  LotOpened lot{0, "points", Points(points), Points(points), {}, {}};
  if (*expires != '\0') lot.expires_at = at(expires);
  decision.opened = {lot};
  settle(member, engine::SpentPoints::allow_negative, Seq::none, decision);
  return entry_of(sale, std::move(decision));
}

}  // namespace accrue::ledger
