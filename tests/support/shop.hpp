// A decider at work without threads, disk or clock. One thread.
#pragma once

#include "pipeline/decider.hpp"
#include "support/kept_books.hpp"
#include "support/program.hpp"
#include "support/transactions.hpp"

#include <accrue/assert.hpp>

#include <string>
#include <vector>

namespace accrue::test {

class Shop {
 public:
  explicit Shop(const Program& program, std::size_t cache_bytes = 64u << 20)
      : rules_(program.build()),
        decider_(books, {cache_bytes, everything()},
                 [this](const ledger::Entry& entry, std::string_view payload) {
                   entries.push_back(entry);
                   books.keep(payload);
                 }) {
    decider_.use(rules_);
  }

  pipeline::Answer take(Transaction transaction) {
    return decider_.take(pipeline::receive(std::move(transaction), {})).value();
  }
  pipeline::Answer quote(Transaction transaction) {
    return decider_.quote(pipeline::receive(std::move(transaction), {})).value();
  }
  void tick(Timestamp until, std::size_t slice = 1000) {
    while (!decider_.tick(until, slice).value()) {
    }
  }
  /// Posts `count` records and tells the decider.
  void post(std::size_t count = SIZE_MAX) { decider_.posted(books.post(count)); }

  const ledger::Member& member(const std::string& id = "M1") {
    return *decider_.member(MemberId::trusted(id)).value();
  }
  std::int64_t balance(const std::string& id = "M1", const char* currency = "points") {
    return member(id).available(currency).count();
  }
  pipeline::Decider& decider() { return decider_; }

  KeptBooks books;
  std::vector<ledger::Entry> entries;  ///< All that was recorded.

 private:
  std::shared_ptr<const engine::RuleSet> rules_;
  pipeline::Decider decider_;
};

}  // namespace accrue::test
