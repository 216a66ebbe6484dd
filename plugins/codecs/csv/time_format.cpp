#include "time_format.hpp"

#include <array>

namespace accrue::csv_codec {
namespace {

constexpr std::string_view kDirectives = "YymbdHIMSp%";
constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};

/// What has been read so far.
struct Parts {
  int year = 0;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int afternoon = -1;  ///< -1: the format has no %p.
};

bool take_number(std::string_view& text, std::size_t least, std::size_t most, int& number) {
  std::size_t digits = 0;
  int value = 0;
  while (digits < most && digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
    value = value * 10 + (text[digits++] - '0');
  }
  if (digits < least) return false;
  text.remove_prefix(digits);
  number = value;
  return true;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool take_month_name(std::string_view& text, int& month) {
  if (text.size() < 3) return false;
  const std::array<char, 3> name{lower(text[0]), lower(text[1]), lower(text[2])};
  for (std::size_t number = 0; number < kMonths.size(); ++number) {
    if (kMonths[number] != std::string_view(name.data(), name.size())) continue;
    month = static_cast<int>(number) + 1;
    text.remove_prefix(3);
    return true;
  }
  return false;
}

bool take_half_of_day(std::string_view& text, int& afternoon) {
  if (text.size() < 2 || lower(text[1]) != 'm') return false;
  const char half = lower(text[0]);
  if (half != 'a' && half != 'p') return false;
  afternoon = half == 'p' ? 1 : 0;
  text.remove_prefix(2);
  return true;
}

bool take(char directive, std::string_view& text, Parts& parts) {
  switch (directive) {
    case 'Y':
      return take_number(text, 4, 4, parts.year);
    case 'y':
      if (!take_number(text, 2, 2, parts.year)) return false;
      parts.year += parts.year < 69 ? 2000 : 1900;  // as POSIX has it
      return true;
    case 'm':
      return take_number(text, 1, 2, parts.month);
    case 'b':
      return take_month_name(text, parts.month);
    case 'd':
      return take_number(text, 1, 2, parts.day);
    case 'H':
    case 'I':
      return take_number(text, 1, 2, parts.hour);
    case 'M':
      return take_number(text, 1, 2, parts.minute);
    case 'S':
      return take_number(text, 1, 2, parts.second);
    case 'p':
      return take_half_of_day(text, parts.afternoon);
    default:
      break;
  }
  if (!text.starts_with('%')) return false;
  text.remove_prefix(1);
  return true;
}

bool apply_half_of_day(Parts& parts) {
  if (parts.afternoon < 0) return true;
  if (parts.hour < 1 || parts.hour > 12) return false;
  parts.hour = parts.hour % 12 + 12 * parts.afternoon;
  return true;
}

Result<LocalTime> assemble(const Parts& parts) {
  const std::chrono::year_month_day date{std::chrono::year{parts.year},
                                         std::chrono::month{static_cast<unsigned>(parts.month)},
                                         std::chrono::day{static_cast<unsigned>(parts.day)}};
  if (!date.ok() || parts.hour > 23 || parts.minute > 59 || parts.second > 59) {
    return reject("there is no such date or time of day");
  }
  if (parts.year < 1970 || parts.year > 2199)
    return reject("a time lies in the years 1970 to 2199");
  return LocalTime{std::chrono::local_days{date}} + std::chrono::hours{parts.hour} +
         std::chrono::minutes{parts.minute} + std::chrono::seconds{parts.second};
}

}  // namespace

Result<TimeFormat> TimeFormat::compile(std::string_view format) {
  TimeFormat made;
  made.written_ = format;
  bool year = false;
  bool month = false;
  bool day = false;
  for (std::size_t at = 0; at < format.size(); ++at) {
    if (format[at] != '%') {
      made.format_ += format[at];
      continue;
    }
    const char directive = ++at < format.size() ? format[at] : ' ';
    const std::string_view spelled = directive == 'F'   ? "%Y-%m-%d"
                                     : directive == 'T' ? "%H:%M:%S"
                                                        : format.substr(at - 1, 2);
    if (spelled.size() <= 2 && kDirectives.find(directive) == kDirectives.npos) {
      return reject("'%" + std::string(1, directive) +
                    "' is none of %Y %y %m %b %d %H %I %M %S %p %F %T %%");
    }
    made.format_ += spelled;
    year = year || directive == 'Y' || directive == 'y' || directive == 'F';
    month = month || directive == 'm' || directive == 'b' || directive == 'F';
    day = day || directive == 'd' || directive == 'F';
  }
  if (!year || !month || !day) return reject("the format needs year, month and day");
  return made;
}

Result<LocalTime> TimeFormat::parse(std::string_view text) const {
  const auto mismatch = [this] { return reject("write a time as '" + written_ + "'"); };
  Parts parts;
  for (std::size_t at = 0; at < format_.size(); ++at) {
    if (format_[at] == '%') {
      if (!take(format_[++at], text, parts)) return mismatch();
    } else if (text.starts_with(format_[at])) {
      text.remove_prefix(1);
    } else {
      return mismatch();
    }
  }
  if (!text.empty() || !apply_half_of_day(parts)) return mismatch();
  return assemble(parts);
}

}  // namespace accrue::csv_codec
