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
  std::string content;  ///< 16 bytes: digest of what the caller sent.
  std::string feed;     ///< Feed it came by; empty: HTTP or the daemon itself.
  FeedPosition position;
  Decision decision;
};

/// FlatBuffers bytes of schema/entry.fbs.
std::string encode(const Entry& entry);
/// Fails with corrupt when the bytes are no entry.
Result<Entry> decode_entry(std::string_view bytes);

/// Bytes of schema/transaction.fbs. The plain contact is never written, only its sealed form.
std::string encode(const Transaction& transaction);
Result<Transaction> decode_transaction(std::string_view bytes);

/// A journal payload of two encoded parts: the entry's length (u32, little-endian), the entry, the
/// transaction.
std::string record_of(std::string_view entry, std::string_view transaction);
struct RecordParts {
  std::string_view entry;
  std::string_view transaction;
};
Result<RecordParts> parts_of(std::string_view record);

}  // namespace accrue::ledger
