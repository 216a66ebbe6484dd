// Where the decider finds what it does not hold in memory: the posted ledger. An interface, so that
// tests of rules and simulations run on memory alone. One thread.
#pragma once

#include "ledger/archive.hpp"
#include "ledger/books.hpp"

namespace accrue::pipeline {

class BooksSource {
 public:
  virtual ~BooksSource() = default;
  virtual Result<std::optional<ledger::Member>> member(const MemberId& id) = 0;
  virtual Result<std::optional<Seq>> id(const TransactionId& id) = 0;
  /// The journal payload of a posted record.
  virtual Result<std::string> record(Seq seq) = 0;
  virtual Result<ledger::ReturnedSoFar> returned(Seq sale) = 0;
  virtual Result<std::vector<ledger::Due>> due(const std::optional<ledger::Due>& after,
                                               Timestamp until, std::size_t limit) = 0;
};

/// Nothing has been posted: everything is in memory.
class EmptyBooks : public BooksSource {
 public:
  Result<std::optional<ledger::Member>> member(const MemberId&) override {
    return std::optional<ledger::Member>();
  }
  Result<std::optional<Seq>> id(const TransactionId&) override { return std::optional<Seq>(); }
  Result<std::string> record(Seq) override {
    return Error{ErrorCode::not_found, "nothing is posted"};
  }
  Result<ledger::ReturnedSoFar> returned(Seq) override { return ledger::ReturnedSoFar(); }
  Result<std::vector<ledger::Due>> due(const std::optional<ledger::Due>&, Timestamp,
                                       std::size_t) override {
    return std::vector<ledger::Due>();
  }
};

/// The store, seen through one snapshot at a time, and the journal: refresh() takes the newest.
class StoredBooks : public BooksSource {
 public:
  StoredBooks(std::shared_ptr<store::Environment> store, std::unique_ptr<ledger::Archive> archive)
      : store_(std::move(store)), archive_(std::move(archive)) {}

  Result<void> refresh();
  /// Lets go of the snapshot, so that its pages can be used again while the road is idle.
  void release() { snapshot_.reset(); }

  Result<std::optional<ledger::Member>> member(const MemberId& id) override;
  Result<std::optional<Seq>> id(const TransactionId& id) override;
  Result<std::string> record(Seq seq) override;
  Result<ledger::ReturnedSoFar> returned(Seq sale) override;
  Result<std::vector<ledger::Due>> due(const std::optional<ledger::Due>& after, Timestamp until,
                                       std::size_t limit) override;

 private:
  std::shared_ptr<store::Environment> store_;
  std::unique_ptr<ledger::Archive> archive_;
  std::optional<store::ReadTxn> snapshot_;
};

}  // namespace accrue::pipeline
