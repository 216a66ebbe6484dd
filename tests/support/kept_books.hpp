// A posted ledger in maps: what the store would hold, posted when the test says so. One thread.
#pragma once

#include "ledger/apply.hpp"
#include "pipeline/books_source.hpp"

#include <accrue/assert.hpp>

#include <map>
#include <string>
#include <vector>

namespace accrue::test {

class KeptBooks : public pipeline::BooksSource {
 public:
  /// A record as the journal would hold it; posted later.
  void keep(std::string_view payload) { journal_.emplace_back(payload); }
  std::size_t unposted() const { return journal_.size() - posted_; }

  /// Posts the next `count` records. Returns how far it came.
  Seq post(std::size_t count) {
    for (; count > 0 && posted_ < journal_.size(); --count) post_one(journal_[posted_++]);
    return static_cast<Seq>(posted_);
  }

  Result<std::optional<ledger::Member>> member(const MemberId& id) override {
    ++reads;
    const auto found = members_.find(id);
    if (found == members_.end()) return std::optional<ledger::Member>();
    return std::optional<ledger::Member>(found->second);
  }
  Result<std::optional<Seq>> id(const TransactionId& id) override {
    const auto found = ids_.find(id);
    if (found == ids_.end()) return std::optional<Seq>();
    return std::optional<Seq>(found->second);
  }
  Result<std::string> record(Seq seq) override {
    ACCRUE_ASSERT(value_of(seq) <= posted_);
    return journal_[value_of(seq) - 1];
  }
  Result<ledger::ReturnedSoFar> returned(Seq sale) override { return returned_[sale]; }
  Result<std::vector<ledger::Due>> due(const std::optional<ledger::Due>& after, Timestamp until,
                                       std::size_t limit) override {
    std::map<std::pair<Timestamp, MemberId>, bool> waiting;
    for (const auto& [id, member] : members_) {
      if (const auto at = member.due_at()) waiting[{*at, id}] = true;
    }
    std::vector<ledger::Due> list;
    for (const auto& [key, ignored] : waiting) {
      if (after && key <= std::pair(after->at, after->member)) continue;
      if (key.first > until || list.size() >= limit) break;
      list.push_back({key.first, key.second});
    }
    return list;
  }

  std::size_t reads = 0;  ///< Of members.

 private:
  void post_one(const std::string& payload) {
    const ledger::Entry entry = ledger::decode_entry(Seq{posted_}, payload).value();
    ACCRUE_ASSERT(ids_.emplace(entry.id, entry.seq).second);
    const Transaction transaction =
        ledger::decode_transaction(ledger::transaction_of(payload).value()).value();
    if (!entry.member.empty()) {
      const bool is_profile = entry.type == TransactionType::member;
      ledger::apply(entry, is_profile ? &transaction : nullptr, members_[entry.member]);
    }
    if (entry.decision.returned.empty()) return;
    for (const ReturnedLine& line : entry.decision.returned) {
      returned_[ids_.at(entry.of)][line.line] += line.quantity_micros;
    }
  }

  std::vector<std::string> journal_;
  std::size_t posted_ = 0;
  std::map<MemberId, ledger::Member> members_;
  std::map<TransactionId, Seq> ids_;
  std::map<Seq, ledger::ReturnedSoFar> returned_;
};

}  // namespace accrue::test
