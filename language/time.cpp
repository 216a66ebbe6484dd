#include <accrue/time.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace accrue {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::year_month_day;

constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2199;
constexpr Timestamp kEnd{std::chrono::sys_days{std::chrono::year{kLastYear + 1} / 1 / 1}};

/// Reads fixed-width fields from the left; after a failure everything fails.
class Fields {
 public:
  explicit Fields(std::string_view text) : text_(text) {}

  int number(std::size_t width) {
    if (text_.size() < width) return fail();
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const char c = text_[i];
      if (c < '0' || c > '9') return fail();
      value = value * 10 + (c - '0');
    }
    text_.remove_prefix(width);
    return value;
  }
  bool literal(char wanted) {
    if (text_.empty() || text_.front() != wanted) return false;
    text_.remove_prefix(1);
    return true;
  }
  void expect(char wanted) {
    if (!literal(wanted)) fail();
  }
  bool at_digit() const { return !text_.empty() && text_[0] >= '0' && text_[0] <= '9'; }
  bool empty() const { return text_.empty(); }
  bool failed() const { return failed_; }
  int fail() {
    failed_ = true;
    text_ = {};
    return 0;
  }
  /// Rightly written, but there is no such time; `why` is what is told then.
  void refuse(std::string why) {
    fail();
    why_ = std::move(why);
  }
  /// What is wrong, or `otherwise` when that cannot be said better.
  std::string why(const char* otherwise) const { return why_.empty() ? otherwise : why_; }

 private:
  std::string_view text_;
  std::string why_;
  bool failed_ = false;
};

constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};

local_days read_date(Fields& fields) {
  const int year = fields.number(4);
  fields.expect('-');
  const int month = fields.number(2);
  fields.expect('-');
  const int day = fields.number(2);
  if (fields.failed()) return {};
  if (month < 1 || month > 12) {
    fields.refuse("there is no month " + std::to_string(month));
    return {};
  }
  const year_month_day date{std::chrono::year{year},
                            std::chrono::month{static_cast<unsigned>(month)},
                            std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) {
    fields.refuse("there is no " + std::to_string(day) + " " +
                  kMonths[static_cast<std::size_t>(month - 1)] + " " + std::to_string(year));
    return {};
  }
  return local_days{date};
}

seconds read_clock(Fields& fields) {
  const int hour = fields.number(2);
  fields.expect(':');
  const int minute = fields.number(2);
  fields.expect(':');
  const int second = fields.number(2);
  if (hour > 23) {
    fields.refuse("there is no hour " + std::to_string(hour) +
                  "; a day ends as the next begins, at 00:00:00");
  } else if (minute > 59) {
    fields.refuse("there is no minute " + std::to_string(minute));
  } else if (second > 59) {
    fields.refuse("there is no second " + std::to_string(second) +
                  "; a leap second is written as second 59");
  }
  return std::chrono::hours{hour} + std::chrono::minutes{minute} + seconds{second};
}

/// As many digits as are written; what is finer than a millisecond is cut off.
milliseconds read_fraction(Fields& fields) {
  if (!fields.literal('.')) return {};
  if (!fields.at_digit()) fields.fail();
  int value = 0;
  for (int unit = 100; fields.at_digit(); unit /= 10) value += fields.number(1) * unit;
  return milliseconds{value};
}

std::chrono::minutes read_offset(Fields& fields) {
  if (fields.literal('Z') || fields.literal('z')) return {};
  const bool west = fields.literal('-');
  if (!west) fields.expect('+');
  const int hour = fields.number(2);
  fields.expect(':');
  const int minute = fields.number(2);
  if (hour > 23 || minute > 59) fields.fail();
  const auto offset = std::chrono::hours{hour} + std::chrono::minutes{minute};
  return west ? -offset : offset;
}

void put(char*& at, int value, int width) {
  for (int place = width - 1; place >= 0; --place) {
    at[place] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  at += width;
}

void put_date(char*& at, const year_month_day& date) {
  put(at, static_cast<int>(date.year()), 4);
  *at++ = '-';
  put(at, static_cast<int>(static_cast<unsigned>(date.month())), 2);
  *at++ = '-';
  put(at, static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

LocalTime add_months(LocalTime time, int months) {
  const auto midnight = std::chrono::floor<days>(time);
  const year_month_day date{midnight};
  const auto month = date.year() / date.month() + std::chrono::months{months};
  const year_month_day last = month / std::chrono::last;
  const auto day = std::min(date.day(), last.day());
  return LocalTime{local_days{month / day}} + (time - midnight);
}

}  // namespace

Result<Timestamp> parse_timestamp(std::string_view text) {
  Fields fields(text);
  const local_days date = read_date(fields);
  if (!fields.literal('T')) fields.expect('t');
  const seconds clock = read_clock(fields);
  const milliseconds fraction = read_fraction(fields);
  const std::chrono::minutes offset = read_offset(fields);
  if (fields.failed() || !fields.empty()) {
    return reject(
        fields.why("write a time with its offset, such as 2026-01-03T10:11:12+00:00 (RFC 3339)"));
  }
  const Timestamp time{date.time_since_epoch() + clock + fraction - offset};
  if (time < Timestamp{} || time >= kEnd) return reject("a time lies in the years 1970 to 2199");
  return time;
}

std::string format_timestamp(Timestamp time) {
  const auto midnight = std::chrono::floor<days>(time);
  const std::chrono::hh_mm_ss<milliseconds> clock{time - midnight};
  std::array<char, 32> text{};
  char* at = text.data();
  put_date(at, year_month_day{midnight});
  *at++ = 'T';
  put(at, static_cast<int>(clock.hours().count()), 2);
  *at++ = ':';
  put(at, static_cast<int>(clock.minutes().count()), 2);
  *at++ = ':';
  put(at, static_cast<int>(clock.seconds().count()), 2);
  if (clock.subseconds().count() != 0) {
    *at++ = '.';
    put(at, static_cast<int>(clock.subseconds().count()), 3);
  }
  *at++ = 'Z';
  return {text.data(), at};
}

Result<LocalTime> parse_local_time(std::string_view text) {
  Fields fields(text);
  const local_days date = read_date(fields);
  seconds clock{0};
  if (!fields.empty()) {
    fields.expect('T');
    clock = read_clock(fields);
  }
  if (fields.failed() || !fields.empty()) {
    return reject(
        fields.why("write a date such as 2026-01-06 or a local time such as 2026-01-06T18:00:00"));
  }
  const int year = static_cast<int>(year_month_day{date}.year());
  if (year < kFirstYear || year > kLastYear) return reject("a date lies in 1970 to 2199");
  return LocalTime{date} + clock;
}

std::string format_date(LocalTime time) {
  std::array<char, 16> text{};
  char* at = text.data();
  put_date(at, year_month_day{std::chrono::floor<days>(time)});
  return {text.data(), at};
}

LocalTime add(LocalTime time, const Period& period) {
  if (period.months != 0) time = add_months(time, period.months);
  return time + days{period.days} + period.minutes;
}

LocalTime subtract(LocalTime time, const Period& period) {
  return add(time, Period{-period.months, -period.days, -period.minutes});
}

LocalTime floor_to(LocalTime time, CalendarUnit unit) {
  const auto midnight = std::chrono::floor<days>(time);
  if (unit == CalendarUnit::day) return midnight;
  if (unit == CalendarUnit::week) {
    return midnight - (std::chrono::weekday{midnight} - std::chrono::Monday);
  }
  const year_month_day date{midnight};
  auto month = date.month();
  if (unit == CalendarUnit::quarter) {
    month = std::chrono::month{(static_cast<unsigned>(month) - 1) / 3 * 3 + 1};
  } else if (unit == CalendarUnit::year) {
    month = std::chrono::January;
  }
  return local_days{date.year() / month / 1};
}

LocalTime next(LocalTime time, CalendarUnit unit) {
  const LocalTime begin = floor_to(time, unit);
  switch (unit) {
    case CalendarUnit::day:
      return begin + days{1};
    case CalendarUnit::week:
      return begin + days{7};
    case CalendarUnit::month:
      return add_months(begin, 1);
    case CalendarUnit::quarter:
      return add_months(begin, 3);
    case CalendarUnit::year:
      break;
  }
  return add_months(begin, 12);
}

}  // namespace accrue
