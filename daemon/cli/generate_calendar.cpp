#include "cli/generate_calendar.hpp"

#include <accrue/money.hpp>

#include <fmt/format.h>

#include <array>

namespace accrue::cli {
namespace {

using std::chrono::local_days;
using std::chrono::year_month_day;

std::uint32_t business_of(const year_month_day& date, std::chrono::weekday weekday) {
  constexpr std::array<std::uint32_t, 7> kByWeekday{95, 85, 80, 90, 100, 125, 140};  // From Sunday.
  constexpr std::array<std::uint32_t, 12> kByMonth{92, 94, 97,  102, 98,  97,
                                                   98, 92, 100, 101, 106, 135};
  const auto month = static_cast<unsigned>(date.month());
  const auto day = static_cast<unsigned>(date.day());
  const std::uint32_t usual = kByWeekday[weekday.c_encoding()] * kByMonth[month - 1];
  if (month == 12 && day == 25) return usual / 100;  // Only the corner shops.
  if ((month == 12 && day == 26) || (month == 1 && day == 1)) return usual / 3;
  if (month == 12 && day >= 20 && day <= 24) return usual * 3 / 2;
  return usual;
}

/// British summer time: from the last Sunday of March to the last Sunday of October. The clocks
/// change at night, when the shops are closed, so a whole trading day has one offset.
bool is_summer(local_days day) {
  const year_month_day date(day);
  const local_days first(date.year() / std::chrono::March / std::chrono::Sunday[std::chrono::last]);
  const local_days last(date.year() / std::chrono::October /
                        std::chrono::Sunday[std::chrono::last]);
  return first <= day && day < last;
}

}  // namespace

TradingCalendar::TradingCalendar(local_days from, std::int64_t days) {
  std::int64_t sum = 0;
  business_until_.push_back(sum);
  for (std::int64_t i = 0; i < days; ++i) {
    const local_days day = from + std::chrono::days(i);
    const year_month_day date(day);
    TradingDay trading;
    trading.date =
        fmt::format("{:04}-{:02}-{:02}T", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    trading.offset = is_summer(day) ? "+01:00" : "+00:00";
    trading.business = business_of(date, std::chrono::weekday(day));
    trading.december = date.month() == std::chrono::December;
    sum += trading.business;
    business_until_.push_back(sum);
    days_.push_back(std::move(trading));
  }
}

std::int64_t TradingCalendar::share_of(std::int64_t total, std::int32_t index) const {
  const auto until = [&](std::size_t day) {
    return divide(static_cast<Wide>(total) * business_until_[day], business_until_.back(),
                  Rounding::down);
  };
  const auto day = static_cast<std::size_t>(index);
  return until(day + 1) - until(day);
}

std::uint32_t draw_shopping_second(Random& random) {
  constexpr std::uint32_t kOpening = 7;
  constexpr std::array<std::uint32_t, 15> kByHour{20, 45, 60,  75, 85, 90, 80, 70,
                                                  75, 90, 110, 90, 60, 35, 15};
  std::uint32_t left = random.below(1000);
  std::uint32_t hour = 0;
  while (left >= kByHour[hour]) left -= kByHour[hour++];
  return (kOpening + hour) * 3600 + random.below(3600);
}

}  // namespace accrue::cli
