#include "pipeline/books_source.hpp"

namespace accrue::pipeline {

Result<void> StoredBooks::refresh() {
  snapshot_.reset();
  auto txn = store_->read();
  if (!txn) return txn.error();
  snapshot_.emplace(std::move(txn.value()));
  return ok();
}

Result<std::optional<ledger::Member>> StoredBooks::member(const MemberId& id) {
  return ledger::find_member(*snapshot_, id);
}

Result<std::optional<Seq>> StoredBooks::id(const TransactionId& id) {
  return ledger::find_id(*snapshot_, id);
}

Result<std::string> StoredBooks::record(Seq seq) { return archive_->record(seq); }

Result<ledger::ReturnedSoFar> StoredBooks::returned(Seq sale) {
  return ledger::returned(*snapshot_, sale);
}

Result<std::vector<ledger::Due>> StoredBooks::due(const std::optional<ledger::Due>& after,
                                                  Timestamp until, std::size_t limit) {
  return ledger::due(*snapshot_, after, until, limit);
}

}  // namespace accrue::pipeline
