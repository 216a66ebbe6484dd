// What points are worth in money. Pure: any thread.
#pragma once

#include <accrue/money.hpp>
#include <accrue/points.hpp>
#include <accrue/rule.hpp>

namespace accrue::engine {

/// points × value of one, rounded down (towards zero) to minor units: a programme never promises
/// more than the points are worth. 0 for points that cannot be spent.
inline Money worth(Points points, const PointsCurrency& currency, Currency money) {
  if (!currency.spendable) return Money();
  const Wide micros = Wide(points.count()) * currency.value.micros() * money.minor_per_unit();
  return Money::from_minor(divide(micros, Decimal::kScale, Rounding::down));
}

}  // namespace accrue::engine
