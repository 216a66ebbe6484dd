#include "ledger/archive.hpp"

namespace accrue::ledger {

Result<std::unique_ptr<Archive>> Archive::open(const std::filesystem::path& journal) {
  auto lookup = journal::Lookup::open(journal);
  if (!lookup) return lookup.error();
  return std::unique_ptr<Archive>(new Archive(std::move(lookup.value())));
}

Result<std::string> Archive::record(Seq seq) {
  const std::scoped_lock lock(mutex_);
  auto found = lookup_.find(seq);
  if (!found) return found.error();
  return std::string(found.value().payload);
}

Result<Entry> Archive::entry(Seq seq) {
  auto found = record(seq);
  if (!found) return found.error();
  return decode_entry(seq, found.value());
}

Result<Statement> Archive::statement(Seq from, std::size_t limit) {
  Statement result;
  result.next = from;
  while (result.next != Seq::none && result.entries.size() < limit) {
    auto found = entry(result.next);
    if (!found && found.error().code == ErrorCode::not_found) {
      result.next = Seq::none;
      return result;
    }
    if (!found) return found.error();
    result.next = found.value().previous;
    result.entries.push_back(std::move(found.value()));
  }
  return result;
}

}  // namespace accrue::ledger
