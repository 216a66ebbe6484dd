// Transactions that are decided but not posted yet: their ids, what they answered, and what they
// took back of which sale. Never let go before the poster has them. One thread.
#pragma once

#include "ledger/books.hpp"

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

namespace accrue::pipeline {

class Unposted {
 public:
  /// `record`: its journal payload.
  void add(const ledger::Entry& entry, std::string record);
  /// Everything up to `applied` is in the store.
  void forget(Seq applied);

  std::optional<Seq> find(const TransactionId& id) const;
  /// The journal payload at seq, or nullptr.
  const std::string* record(Seq seq) const;

  /// What came back of a sale in all, counting unposted returns; nothing when none is unposted.
  const ledger::ReturnedSoFar* returned(Seq sale) const;
  void set_returned(Seq sale, Seq by, ledger::ReturnedSoFar so_far);

  std::size_t size() const { return order_.size(); }

 private:
  struct Back {
    Seq by = Seq::none;
    ledger::ReturnedSoFar so_far;
  };
  struct Place {
    TransactionId id;
    std::string record;
  };

  Seq first_ = Seq::none;    ///< Of order_.front().
  std::deque<Place> order_;  ///< Without gaps.
  std::unordered_map<TransactionId, Seq> ids_;
  std::unordered_map<std::uint64_t, Back> returned_;
};

}  // namespace accrue::pipeline
