// The days of the generated period as a British shop knows them: date and offset as written in
// timestamps (with summer time), how busy the day is, and at what hours people come. Const after
// construction: any thread.
#pragma once

#include "cli/generate_random.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace accrue::cli {

struct TradingDay {
  std::string date;         ///< "2025-01-03T"
  std::string_view offset;  ///< "+00:00" or "+01:00"; all shops open and close within one offset.
  std::uint32_t business = 0;  ///< How busy, in comparison with other days.
  bool december = false;
};

class TradingCalendar {
 public:
  TradingCalendar(std::chrono::local_days from, std::int64_t days);

  std::int32_t days() const { return static_cast<std::int32_t>(days_.size()); }
  const TradingDay& day(std::int32_t index) const { return days_[static_cast<std::size_t>(index)]; }
  /// `total` shared out by how busy the days are: the day's part. The parts sum to `total`.
  std::int64_t share_of(std::int64_t total, std::int32_t index) const;

 private:
  std::vector<TradingDay> days_;
  std::vector<std::int64_t> business_until_;  ///< Sum of all days before the index.
};

/// A second of the local day between 07:00 and 21:59:59, after work rather than before noon.
std::uint32_t draw_shopping_second(Random& random);

}  // namespace accrue::cli
