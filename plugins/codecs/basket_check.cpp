#include "basket_check.hpp"

namespace accrue::codecs {
namespace {

Wide size_of(std::int64_t number) { return number < 0 ? -static_cast<Wide>(number) : number; }

void check_sums(const Transaction& transaction, const Path& lines, Problems& problems) {
  Wide amounts = 0;
  Wide quantities = 0;
  for (const Line& line : transaction.lines) {
    amounts += size_of(line.amount.minor());
    quantities += size_of(line.quantity.micros());
  }
  if (amounts > Money::kMaxMinor) {
    problems.add(lines, "out_of_range",
                 "the amounts of all lines together exceed 1000000000000000 minor units");
  }
  if (quantities > static_cast<Wide>(Decimal::kMaxWhole) * Decimal::kScale) {
    problems.add(lines, "out_of_range",
                 "the quantities of all lines together exceed 9000000000000");
  }
}

void check_signs(const Transaction& transaction, const Path& lines, Problems& problems) {
  const Decimal none;
  const bool negative = transaction.lines.front().quantity < none;
  std::int64_t index = 0;
  for (const Line& line : transaction.lines) {
    const Path element{&lines, {}, index++};
    const Path quantity{&element, "quantity"};
    if (line.quantity == none) {
      problems.add(quantity, "out_of_range", "nothing comes back with a quantity of 0");
    } else if ((line.quantity < none) != negative) {
      problems.add(quantity, "mixed_signs",
                   "the lines of a return carry one sign; send goods that were sold as a sale");
    }
  }
}

}  // namespace

void check_basket(const Transaction& transaction, const Path& lines, Problems& problems) {
  if (transaction.lines.empty()) return;
  check_sums(transaction, lines, problems);
  if (transaction.type == TransactionType::goods_return) check_signs(transaction, lines, problems);
}

}  // namespace accrue::codecs
