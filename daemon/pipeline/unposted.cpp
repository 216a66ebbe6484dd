#include "pipeline/unposted.hpp"

#include <accrue/assert.hpp>

namespace accrue::pipeline {

void Unposted::add(const ledger::Entry& entry, std::string record) {
  if (order_.empty()) first_ = entry.seq;
  ACCRUE_ASSERT(value_of(entry.seq) == value_of(first_) + order_.size());
  order_.push_back({entry.id, std::move(record)});
  ids_[entry.id] = entry.seq;
}

void Unposted::forget(Seq applied) {
  while (!order_.empty() && first_ <= applied) {
    ids_.erase(order_.front().id);
    order_.pop_front();
    first_ = next_after(first_);
  }
  std::erase_if(returned_, [&](const auto& back) { return back.second.by <= applied; });
}

std::optional<Seq> Unposted::find(const TransactionId& id) const {
  const auto found = ids_.find(id);
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

const std::string* Unposted::record(Seq seq) const {
  if (order_.empty() || seq < first_) return nullptr;
  const std::uint64_t index = value_of(seq) - value_of(first_);
  return index < order_.size() ? &order_[index].record : nullptr;
}

const ledger::ReturnedSoFar* Unposted::returned(Seq sale) const {
  const auto found = returned_.find(value_of(sale));
  return found == returned_.end() ? nullptr : &found->second.so_far;
}

void Unposted::set_returned(Seq sale, Seq by, ledger::ReturnedSoFar so_far) {
  returned_[value_of(sale)] = {by, std::move(so_far)};
}

}  // namespace accrue::pipeline
