// Sums of one points currency, of a member or of all members. A plain value: any thread.
#pragma once

#include <accrue/points.hpp>

#include <string>

namespace accrue::ledger {

struct Balance {
  std::string currency;
  Points issued;
  Points redeemed;
  Points expired;
  Points reversed;
  Points deficit;  ///< Owed by members that are below zero; part of no lot.
  /// Always the sum of the lots minus the deficit.
  Points available() const { return issued - redeemed - expired - reversed; }
};

}  // namespace accrue::ledger
