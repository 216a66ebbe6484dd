#include "config/scenario_parts.hpp"
#include "config/values.hpp"

namespace accrue::config {
namespace {

constexpr std::int64_t kMostLines = 10'000;

/// Numbers are taken from the text as written: 12.50 never passes through floating point.
void read_price(Reading& in, const Node& node, Currency currency, Line& line) {
  const Node* price = node.find("unit_price");
  if (price != nullptr) {
    line.unit_price = read_decimal(in, *price, "unit_price").value_or(Decimal());
  }
  if (const Node* amount = node.find("amount")) {
    if (!amount->is_scalar()) {
      in.problem(*amount, "wrong_type", "`amount` is " + shown(*amount) + "; write 12.50");
      return;
    }
    const auto money = Money::parse(amount->text, currency);
    if (!money) in.problem(*amount, "wrong_type", "`amount`: " + money.error().message);
    if (money) line.amount = money.value();
    line.amount_given = true;
    return;
  }
  const auto amount = line_amount(line.quantity, line.unit_price, currency);
  if (!amount) in.problem(node, "out_of_range", amount.error().message);
  if (amount) line.amount = amount.value();
}

void read_line(Reading& in, const Node& node, Transaction& transaction) {
  const bool of_sale = !transaction.of.empty();
  const char* example = of_sale ? "{ line: 1, quantity: 1 }" : "{ sku: A, unit_price: 2.50 }";
  if (!expect_mapping(in, node, "lines", example)) return;
  std::vector<std::string> known{"sku",      "category",   "description",
                                 "quantity", "unit_price", "amount"};
  if (of_sale) known.push_back("line");
  refuse_unknown_keys(in, node, "a line", known);
  Line line;
  const auto keep = [&](const char* key, std::string_view& into) {
    const Node* value = node.find(key);
    if (value == nullptr) return;
    if (const auto text = read_word(in, *value, key)) into = transaction.text.keep(*text);
  };
  keep("sku", line.sku);
  keep("category", line.category);
  keep("description", line.description);
  line.quantity = Decimal::from_whole(1);
  if (const Node* quantity = node.find("quantity")) {
    line.quantity = read_decimal(in, *quantity, "quantity").value_or(line.quantity);
  }
  for (const char* key : {of_sale ? "line" : "sku", of_sale ? "quantity" : "unit_price"}) {
    if (node.find(key) != nullptr) continue;
    in.problem(node, "missing_key",
               "`" + std::string(key) + "` is missing; write a line as " + example);
  }
  if (const Node* number = node.find("line"); number != nullptr && of_sale) {
    const auto value = read_integer(in, *number, "line", {1, kMostLines});
    line.of_line = static_cast<std::uint32_t>(value.value_or(0));
  }
  read_price(in, node, transaction.currency, line);
  transaction.lines.push_back(line);
}

}  // namespace

void read_basket(Reading& in, const Node& lines, Transaction& transaction) {
  if (!expect_list(in, lines, "lines", "[ { sku: A, quantity: 1, unit_price: 2.50 } ]")) return;
  if (lines.items.empty()) {
    in.problem(lines, "missing_key", "`lines` is empty; a basket has at least one line");
  }
  for (const Node& node : lines.items) read_line(in, node, transaction);
}

}  // namespace accrue::config
