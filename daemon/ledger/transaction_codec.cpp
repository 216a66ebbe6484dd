#include "ledger/entry.hpp"

#include "ledger/attributes.hpp"
#include "ledger/stored.hpp"
#include "transaction_generated.h"

namespace accrue::ledger {
namespace {

auto line_of(Builder& to, const Line& line) {
  return stored::CreateLine(to, text(to, line.sku), text(to, line.category),
                            text(to, line.description), line.quantity.micros(),
                            line.unit_price.micros(), line.amount.minor(), line.amount_given,
                            line.of_line);
}

auto attribute_of(Builder& to, const Attribute& attribute) {
  const StoredAttribute flat = flatten(attribute.value);
  return stored::CreateAttribute(to, text(to, attribute.key), flat.kind, flat.number,
                                 text(to, flat.text));
}

void read_lines(const stored::Transaction& from, Transaction& transaction) {
  TextArena& arena = transaction.text;
  each(from.lines(), [&](const stored::Line& line) {
    Line read;
    read.sku = arena.keep(view(line.sku()));
    read.category = arena.keep(view(line.category()));
    read.description = arena.keep(view(line.description()));
    read.quantity = Decimal::from_micros(line.quantity());
    read.unit_price = Decimal::from_micros(line.unit_price());
    read.amount = Money::from_minor(line.amount());
    read.amount_given = line.amount_given();
    read.of_line = line.of_line();
    transaction.lines.push_back(read);
  });
  each(from.tenders(), [&](const stored::Tender& tender) {
    transaction.tenders.push_back(
        {arena.keep(view(tender.type())), Money::from_minor(tender.amount())});
  });
  each(from.attributes(), [&](const stored::Attribute& attribute) {
    transaction.attributes.push_back(
        {arena.keep(view(attribute.key())),
         unflatten(attribute.kind(), attribute.number(), arena.keep(view(attribute.text())))});
  });
  // Names only: the values are in the sealed contact.
  if (from.contact_fields()) {
    for (const auto* field : *from.contact_fields()) {
      transaction.contact.push_back({arena.keep(view(field)), std::string_view()});
    }
  }
}

}  // namespace

std::string encode(const Transaction& transaction) {
  thread_local Builder to(4096);
  to.Clear();
  const auto lines = tables<stored::Line>(to, transaction.lines,
                                          [&](const Line& line) { return line_of(to, line); });
  const auto tenders = tables<stored::Tender>(to, transaction.tenders, [&](const Tender& tender) {
    return stored::CreateTender(to, text(to, tender.type), tender.amount.minor());
  });
  const auto attributes = tables<stored::Attribute>(
      to, transaction.attributes, [&](const Attribute& a) { return attribute_of(to, a); });
  const auto fields = tables<flatbuffers::String>(to, transaction.contact, [&](const Attribute& a) {
    return to.CreateString(a.key.data(), a.key.size());
  });
  to.Finish(stored::CreateTransaction(
      to, text(to, transaction.id.text()), static_cast<std::uint8_t>(transaction.type),
      text(to, transaction.member.text()), millis(transaction.time), text(to, transaction.store),
      text(to, transaction.terminal), text(to, transaction.currency.code()), lines, tenders,
      text(to, transaction.event), attributes, text(to, transaction.of.text()),
      text(to, transaction.language), bytes(to, transaction.sealed_contact), fields));
  return std::string(reinterpret_cast<const char*>(to.GetBufferPointer()), to.GetSize());
}

Result<Transaction> decode_transaction(std::string_view stored_bytes) {
  const auto* from = root_of<stored::Transaction>(stored_bytes);
  if (!from) return unreadable("transaction");
  Transaction transaction;
  TextArena& arena = transaction.text;
  transaction.id = TransactionId::trusted(string(from->id()));
  transaction.type = static_cast<TransactionType>(from->type());
  transaction.member = MemberId::trusted(string(from->member()));
  transaction.time = instant(from->time());
  transaction.store = arena.keep(view(from->store()));
  transaction.terminal = arena.keep(view(from->terminal()));
  if (const auto currency = Currency::parse(view(from->currency()))) {
    transaction.currency = currency.value();
  }
  transaction.event = arena.keep(view(from->event()));
  transaction.of = TransactionId::trusted(string(from->of()));
  transaction.language = arena.keep(view(from->language()));
  transaction.sealed_contact = arena.keep(view(from->sealed_contact()));
  read_lines(*from, transaction);
  return transaction;
}

std::string record_of(std::string_view entry, std::string_view transaction) {
  const auto size = static_cast<std::uint32_t>(entry.size());
  std::string record;
  record.reserve(sizeof size + entry.size() + transaction.size());
  for (std::size_t i = 0; i < sizeof size; ++i) record += static_cast<char>(size >> (8 * i) & 0xff);
  record.append(entry).append(transaction);
  return record;
}

Result<RecordParts> parts_of(std::string_view record) {
  std::uint32_t size = 0;
  if (record.size() < sizeof size) return unreadable("journal record");
  for (std::size_t i = 0; i < sizeof size; ++i) {
    size |= static_cast<std::uint32_t>(static_cast<unsigned char>(record[i])) << (8 * i);
  }
  if (record.size() - sizeof size < size) return unreadable("journal record");
  return RecordParts{record.substr(sizeof size, size), record.substr(sizeof size + size)};
}

}  // namespace accrue::ledger
