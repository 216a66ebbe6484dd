// One recorded transaction and what it changed: what the ledger remembers, statements show and
// recovery applies. Plain values: any thread.
#pragma once

#include <accrue/codec.hpp>
#include <accrue/decision.hpp>
#include <accrue/transaction.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace accrue::ledger {

/// As much of a basket line as a later return of it needs.
struct LineSummary {
  std::int64_t quantity_micros = 0;
  std::int64_t amount_minor = 0;
};

struct Entry {
  Seq seq = Seq::none;  ///< none on a quote.
  TransactionId id;
  TransactionType type = TransactionType::sale;
  MemberId member;  ///< Empty: anonymous.
  Timestamp time{};
  std::string store;
  std::string event;
  Currency currency;
  std::string rule_set;      ///< Hash, 32 hex digits.
  Seq previous = Seq::none;  ///< The member's entry before this one.
  TransactionId of;          ///< On a return: the sale it names.
  std::vector<LineSummary> lines;
  std::string feed;  ///< Feed it came by; empty: HTTP or the daemon itself.
  FeedPosition position;
  Decision decision;
};

/// Bytes of schema/ledger.proto's Transaction. The plain contact is never written, only its sealed
/// form.
std::string encode(const Transaction& transaction);
Result<Transaction> decode_transaction(std::string_view bytes);

/// A journal payload, schema/ledger.proto's Record: the transaction's bytes and what was decided.
std::string record_of(const Entry& entry, std::string_view transaction);
/// Bytes of the record's transaction, within it.
Result<std::string_view> transaction_of(std::string_view record);
/// Fails with corrupt when the bytes are no record.
Result<Entry> decode_entry(Seq seq, std::string_view record);

}  // namespace accrue::ledger
