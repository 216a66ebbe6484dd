// An offer: points promised to a member for buying something in time. It keeps the terms it was
// made with, whatever later becomes of its rule. Plain values: any thread.
#pragma once

#include <accrue/ids.hpp>
#include <accrue/money.hpp>
#include <accrue/points.hpp>
#include <accrue/settings.hpp>
#include <accrue/time.hpp>

#include <string>

namespace accrue {

struct OfferTerms {
  Points award;
  ItemFilter on;            ///< Goods that accept the offer; empty: any basket worth `spend`.
  Money spend;              ///< Least amount of those goods, 0 for none.
  Timestamp valid_until{};  ///< The first instant at which the offer is over.
  std::string message;      ///< For the customer, from the rule file.
};

struct Offer {
  std::string id;  ///< "<seq>-<n>": the n-th offer of the transaction at seq.
  std::string rule;
  std::string currency;  ///< Points currency of the award.
  OfferTerms terms;
  Timestamp made_at{};
};

/// Said once, in the answer or quote only: what would be earned for a little more.
struct Hint {
  std::string rule;
  Points award;
  Money short_by;  ///< How much more to spend, > 0.
  std::string message;
};

}  // namespace accrue
