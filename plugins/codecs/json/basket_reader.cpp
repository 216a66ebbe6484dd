#include "basket_reader.hpp"

#include "../basket_check.hpp"
#include "../text_check.hpp"

#include <array>

namespace accrue::json_codec {
namespace {

using codecs::kMaxLines;
using codecs::kMaxNamePoints;
using codecs::kMaxTextPoints;

enum LineField {
  kSku,
  kCategory,
  kDescription,
  kQuantity,
  kUnitPrice,
  kAmount,
  kLine,
  kLineFields
};
constexpr std::array<std::string_view, kLineFields> kLineNames{
    "sku", "category", "description", "quantity", "unit_price", "amount", "line"};
using LinePlaces = std::array<std::uint32_t, kLineFields>;

constexpr std::array<std::string_view, 2> kTenderNames{"type", "amount"};
constexpr std::size_t kMaxTenders = 100;

/// What all lines of one basket share.
struct Basket {
  Reading& reading;
  Currency currency;
  BasketTerms terms;
};

bool require(const Basket& basket, const LinePlaces& places, LineField field, const Path& path) {
  if (places[field] != 0) return true;
  basket.reading.problems.add({&path, kLineNames[field]}, "missing_field",
                              "every line needs its " + std::string(kLineNames[field]));
  return false;
}

void read_names(const Basket& basket, const LinePlaces& places, const Path& path, Line& line) {
  Reading& reading = basket.reading;
  if (places[kSku] != 0) {
    line.sku = read_text(reading, places[kSku], {&path, "sku"}, kMaxNamePoints).value_or("");
  } else if (!basket.terms.names_sale) {
    require(basket, places, kSku, path);
  }
  if (places[kCategory] != 0) {
    line.category =
        read_text(reading, places[kCategory], {&path, "category"}, kMaxNamePoints).value_or("");
  }
  const std::uint32_t description = places[kDescription];
  if (description != 0 && reading.tape[description].kind != NodeKind::null) {
    line.description =
        read_text(reading, description, {&path, "description"}, kMaxTextPoints).value_or("");
  }
}

void read_line_number(const Basket& basket, const LinePlaces& places, const Path& path,
                      Line& line) {
  if (basket.terms.names_sale) {
    if (!require(basket, places, kLine, path)) return;
    const auto number = read_integer(basket.reading, places[kLine], {&path, "line"}, 1, kMaxLines);
    line.of_line = static_cast<std::uint32_t>(number.value_or(0));
  } else if (places[kLine] != 0) {
    basket.reading.problems.add({&path, "line"}, "unknown_field",
                                "only a return that names its sale (of) has line numbers; leave "
                                "it out");
  }
}

bool refuse_without_currency(const Basket& basket, const Path& path) {
  if (basket.terms.has_currency) return false;
  basket.reading.problems.add(path, "missing_field",
                              "an amount of money needs the transaction's currency");
  return true;
}

void read_price(const Basket& basket, const LinePlaces& places, const Path& path, Line& line) {
  Reading& reading = basket.reading;
  std::optional<Decimal> price;
  if (places[kUnitPrice] != 0) {
    const Path here{&path, "unit_price"};
    price = read_decimal(reading, places[kUnitPrice], here);
    if (!price || refuse_without_currency(basket, here)) return;
    line.unit_price = *price;
  } else if (!basket.terms.names_sale) {
    require(basket, places, kUnitPrice, path);
  }
  if (places[kAmount] != 0) {
    const Path here{&path, "amount"};
    if (refuse_without_currency(basket, here)) return;
    const auto amount = read_money(reading, places[kAmount], here, basket.currency);
    line.amount = amount.value_or(Money{});
    line.amount_given = true;
  } else if (price) {
    const auto amount = line_amount(line.quantity, *price, basket.currency);
    if (amount) {
      line.amount = *amount;
    } else {
      reading.problems.add(path, "out_of_range", amount.error().message);
    }
  }
}

void read_line(const Basket& basket, std::uint32_t at, const Path& path, Line& line) {
  Reading& reading = basket.reading;
  if (reading.tape[at].kind != NodeKind::object) return wrong_type(reading, at, path, "an object");
  LinePlaces places;
  find_fields(reading, at, path, kLineNames, places);
  read_names(basket, places, path, line);
  if (require(basket, places, kQuantity, path)) {
    const auto quantity = read_quantity(reading, places[kQuantity], {&path, "quantity"});
    line.quantity = quantity.value_or(Decimal::from_whole(1));
  }
  read_line_number(basket, places, path, line);
  read_price(basket, places, path, line);
}

void read_tender(const Basket& basket, std::uint32_t at, const Path& path, Tender& tender) {
  Reading& reading = basket.reading;
  if (reading.tape[at].kind != NodeKind::object) return wrong_type(reading, at, path, "an object");
  std::array<std::uint32_t, kTenderNames.size()> places;
  find_fields(reading, at, path, kTenderNames, places);
  for (std::size_t field = 0; field < places.size(); ++field) {
    if (places[field] != 0) continue;
    reading.problems.add({&path, kTenderNames[field]}, "missing_field",
                         "every tender needs its type and its amount");
  }
  if (places[0] != 0) {
    tender.type = read_text(reading, places[0], {&path, "type"}, kMaxNamePoints).value_or("");
  }
  const Path amount{&path, "amount"};
  if (places[1] != 0 && !refuse_without_currency(basket, amount)) {
    tender.amount = read_money(reading, places[1], amount, basket.currency).value_or(Money{});
  }
}

/// False, with a problem, when the value is no array of at most `most` elements.
bool is_list(Reading& reading, std::uint32_t at, const Path& path, std::size_t most) {
  const Node& node = reading.tape[at];
  if (node.kind != NodeKind::array) {
    wrong_type(reading, at, path, "an array");
    return false;
  }
  if (node.size <= most) return true;
  reading.problems.add(
      path, "too_many",
      "there are " + std::to_string(node.size) + "; write at most " + std::to_string(most));
  return false;
}

}  // namespace

void read_lines(Reading& reading, std::uint32_t at, const Path& path, BasketTerms terms,
                Transaction& transaction) {
  if (!is_list(reading, at, path, kMaxLines)) return;
  const Node& list = reading.tape[at];
  if (list.size == 0) {
    return reading.problems.add(path, "missing_field", "a basket has no line; write at least one");
  }
  const Basket basket{reading, transaction.currency, terms};
  transaction.lines.resize(list.size);
  std::int64_t index = 0;
  for (std::uint32_t element = at + 1; element < list.end; element = reading.tape[element].end) {
    Line& line = transaction.lines[static_cast<std::size_t>(index)];
    read_line(basket, element, {&path, {}, index}, line);
    ++index;
  }
  // Sums and signs mean something only when every number could be read.
  if (reading.problems.empty()) codecs::check_basket(transaction, path, reading.problems);
}

void read_tenders(Reading& reading, std::uint32_t at, const Path& path, BasketTerms terms,
                  Transaction& transaction) {
  if (!is_list(reading, at, path, kMaxTenders)) return;
  const Basket basket{reading, transaction.currency, terms};
  const Node& list = reading.tape[at];
  transaction.tenders.resize(list.size);
  std::int64_t index = 0;
  for (std::uint32_t element = at + 1; element < list.end; element = reading.tape[element].end) {
    Tender& tender = transaction.tenders[static_cast<std::size_t>(index)];
    read_tender(basket, element, {&path, {}, index}, tender);
    ++index;
  }
}

}  // namespace accrue::json_codec
