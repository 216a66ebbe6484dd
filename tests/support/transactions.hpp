// Transactions written the way a test wants to read them. The views of a transaction point into its
// own arena, so that temporaries may be passed. One thread.
#pragma once

#include <accrue/transaction.hpp>

#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

namespace accrue::test {

/// "2026-01-06T12:00:00Z"; also without the Z.
inline Timestamp at(std::string_view text) {
  std::string full(text);
  if (full.size() == 10) full += "T00:00:00";
  if (full.back() != 'Z') full += 'Z';
  return parse_timestamp(full).value();
}
inline LocalTime local(std::string_view text) { return parse_local_time(text).value(); }
inline Currency gbp() { return Currency::parse("GBP").value(); }
inline Decimal units(std::int64_t whole) { return Decimal::from_whole(whole); }

/// A line of a basket; amounts in pence.
struct Goods {
  std::string_view category;
  std::int64_t pence = 0;
  std::int64_t quantity = 1;
  std::string_view sku = "A";
  std::uint32_t of_line = 0;
};
using Basket = std::vector<Goods>;

inline void fill(Transaction& transaction, const Basket& basket) {
  transaction.currency = gbp();
  for (const Goods& goods : basket) {
    Line line;
    line.sku = transaction.text.keep(goods.sku);
    line.category = transaction.text.keep(goods.category);
    line.quantity = units(goods.quantity);
    line.amount = Money::from_minor(goods.pence);
    line.amount_given = true;
    line.of_line = goods.of_line;
    transaction.lines.push_back(line);
  }
}

inline Transaction base(TransactionType type, std::string_view id, std::string_view member,
                        std::string_view time) {
  Transaction transaction;
  transaction.id = TransactionId::trusted(std::string(id));
  transaction.type = type;
  transaction.member = MemberId::trusted(std::string(member));
  transaction.time = at(time);
  return transaction;
}

inline Transaction sale(std::string_view id, std::string_view member, std::string_view time,
                        const Basket& basket, std::string_view store = "") {
  Transaction transaction = base(TransactionType::sale, id, member, time);
  transaction.store = transaction.text.keep(store);
  fill(transaction, basket);
  return transaction;
}
inline Transaction sale_of(std::int64_t pence, std::string_view id, std::string_view time,
                           std::string_view member = "M1") {
  return sale(id, member, time, {{"food", pence}});
}

/// Goods that come back without their sale.
inline Transaction unlinked_return(std::string_view id, std::string_view member,
                                   std::string_view time, const Basket& basket) {
  Transaction transaction = base(TransactionType::goods_return, id, member, time);
  fill(transaction, basket);
  return transaction;
}

/// Goods of a sale that come back: (line, quantity).
inline Transaction linked_return(std::string_view id, std::string_view member,
                                 std::string_view time, std::string_view of,
                                 const std::vector<std::pair<std::uint32_t, std::int64_t>>& lines) {
  Transaction transaction = base(TransactionType::goods_return, id, member, time);
  transaction.of = TransactionId::trusted(std::string(of));
  Basket basket;
  for (const auto& [line, quantity] : lines) basket.push_back({"", 0, quantity, "", line});
  fill(transaction, basket);
  return transaction;
}

inline Transaction event(std::string_view id, std::string_view name, std::string_view time,
                         std::string_view member = "M1") {
  Transaction transaction = base(TransactionType::event, id, member, time);
  transaction.event = transaction.text.keep(name);
  return transaction;
}

inline Transaction member_change(std::string_view id, std::string_view member,
                                 std::string_view time,
                                 std::initializer_list<Attribute> attributes = {}) {
  Transaction transaction = base(TransactionType::member, id, member, time);
  for (const Attribute& attribute : attributes) {
    Attribute kept{transaction.text.keep(attribute.key), attribute.value};
    if (const auto* text = std::get_if<std::string_view>(&attribute.value)) {
      kept.value = transaction.text.keep(*text);
    }
    transaction.attributes.push_back(kept);
  }
  return transaction;
}

}  // namespace accrue::test
