// Time as data: instants, local calendar times of a program's zone, and calendar periods.
// Nothing here reads a clock. Plain values and pure functions: any thread.
#pragma once

#include <accrue/result.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace accrue {

/// An instant, in milliseconds since 1970-01-01T00:00:00Z.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;
/// A wall-clock time in some zone, in seconds.
using LocalTime = std::chrono::local_time<std::chrono::seconds>;

/// RFC 3339 with an offset ("2026-01-03T10:11:12+00:00", "…Z"), years 1970 to 2199; of a second's
/// decimals, however many, milliseconds are kept. Fails with reject_input and what to write.
Result<Timestamp> parse_timestamp(std::string_view text);
/// "2026-01-03T10:11:12Z"; milliseconds are written only when they are not zero.
std::string format_timestamp(Timestamp time);
/// "2026-01-06T18:00:00" or "2026-01-06" (midnight), without an offset.
Result<LocalTime> parse_local_time(std::string_view text);
/// "2026-01-06" of a local time.
std::string format_date(LocalTime time);

/// The rules by which one place turns instants into calendar times.
class Zone {
 public:
  virtual ~Zone() = default;
  virtual LocalTime to_local(Timestamp time) const = 0;
  /// A local time that does not exist (spring) maps to the first instant after the gap; one that
  /// exists twice (autumn) maps to the earlier.
  virtual Timestamp to_instant(LocalTime time) const = 0;
  virtual std::string_view name() const = 0;
};

/// A zone of the IANA database ("Europe/London", "UTC"). Fails when there is none of that name.
Result<std::shared_ptr<const Zone>> find_zone(std::string_view name);

/// A calendar period: months (years are twelve) or days (weeks are seven), or hours and minutes.
struct Period {
  int months = 0;
  int days = 0;
  std::chrono::minutes minutes{0};

  /// "12 months", "1 year", "30 days", "2 weeks", "36 hours", "15 minutes"; 1 to 1200 of a unit.
  static Result<Period> parse(std::string_view text);
  std::string to_string() const;
  friend bool operator==(const Period&, const Period&) = default;
};

/// Months clamp to the month's last day: 31 Jan + 1 month is 28 or 29 Feb.
LocalTime add(LocalTime time, const Period& period);
LocalTime subtract(LocalTime time, const Period& period);

enum class CalendarUnit : std::uint8_t { day, week, month, quarter, year };

/// Midnight that begins the unit which holds `time`; weeks begin on Monday (ISO 8601).
LocalTime floor_to(LocalTime time, CalendarUnit unit);
/// Midnight that begins the next unit.
LocalTime next(LocalTime time, CalendarUnit unit);

}  // namespace accrue
