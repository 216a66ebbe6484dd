#include "ledger/attributes.hpp"
#include "ledger/entry.hpp"
#include "ledger/fields.hpp"

namespace accrue::ledger {

template <class As, Like<Line> Sold>
void fields(As& as, Sold& line) {
  as.text(1, line.sku);
  as.text(2, line.category);
  as.text(3, line.description);
  as.decimal(4, line.quantity);
  as.decimal(5, line.unit_price);
  as.money(6, line.amount);
  as.count(7, line.amount_given);
  as.count(8, line.of_line);
}

template <class As, Like<Tender> Paid>
void fields(As& as, Paid& tender) {
  as.text(1, tender.type);
  as.money(2, tender.amount);
}

namespace {

/// What a transaction holds in other shapes than it is stored in.
struct Reshaped {
  std::string id, member, of;
  std::vector<StoredAttribute> attributes;
  std::vector<std::string> contact_fields;  ///< Names only: the values are in the sealed contact.
};

template <class As, class Sent, class Shapes>
void fields(As& as, Sent& transaction, Shapes& shapes) {
  as.text(1, shapes.id);
  as.count(2, transaction.type);
  as.text(3, shapes.member);
  as.time(4, transaction.time);
  as.text(5, transaction.store);
  as.text(6, transaction.terminal);
  as.currency(7, transaction.currency);
  as.many(8, transaction.lines);
  as.many(9, transaction.tenders);
  as.text(10, transaction.event);
  as.many(11, shapes.attributes);
  as.text(12, shapes.of);
  as.text(13, transaction.language);
  as.text(14, transaction.sealed_contact);
  as.texts(15, shapes.contact_fields);
}

struct Whole {
  Transaction& transaction;
  Reshaped shapes;
};

template <class As>
void fields(As& as, Whole& whole) {
  fields(as, whole.transaction, whole.shapes);
}

/// Ids are written from where they are; only what is rare is copied.
struct Views {
  std::string_view id, member, of;
  std::vector<StoredAttribute> attributes;
  std::vector<std::string> contact_fields;
};

}  // namespace

std::string encode(const Transaction& transaction) {
  Views views{transaction.id.text(), transaction.member.text(), transaction.of.text(), {}, {}};
  for (const Attribute& attribute : transaction.attributes) {
    views.attributes.push_back(flatten(attribute.key, attribute.value));
  }
  for (const Attribute& field : transaction.contact) views.contact_fields.emplace_back(field.key);
  std::string bytes;
  bytes.reserve(64 + 64 * transaction.lines.size());
  protozero::pbf_writer to(bytes);
  FieldWriter as(to);
  fields(as, transaction, views);
  return bytes;
}

Result<Transaction> decode_transaction(std::string_view stored_bytes) {
  Transaction transaction;
  TextArena& arena = transaction.text;
  Whole whole{transaction, {}};
  if (auto read = read_from(stored_bytes, whole, "transaction", &arena); !read) return read.error();
  transaction.id = TransactionId::trusted(std::move(whole.shapes.id));
  transaction.member = MemberId::trusted(std::move(whole.shapes.member));
  transaction.of = TransactionId::trusted(std::move(whole.shapes.of));
  for (const StoredAttribute& stored : whole.shapes.attributes) {
    transaction.attributes.push_back(
        {arena.keep(stored.key), unflatten(stored, arena.keep(stored.text))});
  }
  for (const std::string& field : whole.shapes.contact_fields) {
    transaction.contact.push_back({arena.keep(field), std::string_view()});
  }
  return transaction;
}

}  // namespace accrue::ledger
