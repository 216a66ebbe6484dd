#include "ledger/returns.hpp"

#include <accrue/assert.hpp>

#include <cstdlib>

namespace accrue::ledger {
namespace {

Problem problem(std::size_t index, const char* code, std::string detail) {
  return {"/lines/" + std::to_string(index), code, std::move(detail)};
}

/// What comes back now, by line of the sale; problems for what cannot.
ReturnedSoFar goods_of(const Entry& sale, const ReturnedSoFar& before,
                       const Transaction& goods_return, std::vector<Problem>& problems) {
  ReturnedSoFar now;
  for (std::size_t i = 0; i < goods_return.lines.size(); ++i) {
    const Line& line = goods_return.lines[i];
    if (line.of_line == 0 || line.of_line > sale.lines.size()) {
      problems.push_back(problem(i, "no_such_line",
                                 "sale " + sale.id.text() + " has lines 1 to " +
                                     std::to_string(sale.lines.size()) + ": name one as \"line\""));
      continue;
    }
    const std::int64_t bought = sale.lines[line.of_line - 1].quantity_micros;
    const auto earlier = before.find(line.of_line);
    const std::int64_t back = earlier == before.end() ? 0 : earlier->second;
    std::int64_t& total = now[line.of_line];
    const std::int64_t quantity = std::abs(line.quantity.micros());
    // Compared before it is added: sums of what callers write may not fit.
    if (bought > 0 && quantity <= bought - back - total) {
      total += quantity;
    } else {
      problems.push_back(problem(i, "more_than_bought",
                                 "line " + std::to_string(line.of_line) + " of sale " +
                                     sale.id.text() + " has " +
                                     Decimal::from_micros(bought - back).to_string() +
                                     " left to return: send no more than that"));
    }
  }
  return now;
}

std::int64_t taken(std::int64_t points, std::int64_t returned, std::int64_t bought) {
  return divide(Wide(points) * returned, bought, Rounding::down);
}

Award reversal_of(const Award& award, const Entry& sale, const ReturnedSoFar& before,
                  const ReturnedSoFar& now) {
  Award reversal{award.rule, award.currency, {}, "returned from " + sale.id.text(), {}, {}};
  for (const auto& [line, quantity] : now) {
    if (line > award.by_line.size() || award.by_line[line - 1] <= 0) continue;
    const std::int64_t points = award.by_line[line - 1];
    const std::int64_t bought = sale.lines[line - 1].quantity_micros;
    const auto earlier = before.find(line);
    const std::int64_t back = earlier == before.end() ? 0 : earlier->second;
    reversal.points -= Points(taken(points, back + quantity, bought) - taken(points, back, bought));
  }
  return reversal;
}

}  // namespace

Result<Decision> take_back(const Entry& sale, const ReturnedSoFar& before,
                           const Transaction& goods_return) {
  Error refused = reject("the return does not fit its sale");
  if (sale.type != TransactionType::sale) {
    refused.problems.push_back({"/of", "not_a_sale",
                                sale.id.text() + " is no sale: name the sale that the goods were "
                                                 "bought with"});
    return refused;
  }
  if (sale.member != goods_return.member) {
    refused.problems.push_back({"/member_id", "other_member",
                                "sale " + sale.id.text() +
                                    " belongs to another member: send the return "
                                    "with the member of the sale"});
    return refused;
  }
  const ReturnedSoFar now = goods_of(sale, before, goods_return, refused.problems);
  if (!refused.problems.empty()) return refused;
  Decision decision;
  for (const auto& [line, quantity] : now) decision.returned.push_back({line, quantity});
  for (const Award& award : sale.decision.awards) {
    Award reversal = reversal_of(award, sale, before, now);
    if (reversal.points < Points()) decision.awards.push_back(std::move(reversal));
  }
  return decision;
}

}  // namespace accrue::ledger
