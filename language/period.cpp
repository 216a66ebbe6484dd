#include <accrue/time.hpp>

#include <array>
#include <charconv>

namespace accrue {
namespace {

struct Unit {
  std::string_view name;  ///< Singular.
  int months;
  int days;
  int minutes;
};

/// Larger units before the ones they are made of: to_string takes the first that divides.
constexpr std::array<Unit, 6> kUnits{{{"year", 12, 0, 0},
                                      {"month", 1, 0, 0},
                                      {"week", 0, 7, 0},
                                      {"day", 0, 1, 0},
                                      {"hour", 0, 0, 60},
                                      {"minute", 0, 0, 1}}};

Error not_a_period() {
  return reject(
      "write a period as a number from 1 to 1200 and one of minutes, hours, days, weeks, months, "
      "years: \"30 days\", \"12 months\"");
}

/// "3 months", or nothing when the part is zero or the unit does not divide it.
bool append_part(std::string& text, std::int64_t part, int unit, std::string_view name) {
  if (unit == 0 || part == 0 || part % unit != 0) return false;
  const std::int64_t count = part / unit;
  if (!text.empty()) text += ' ';
  text += std::to_string(count) + ' ' + std::string(name);
  if (count != 1) text += 's';
  return true;
}

}  // namespace

Result<Period> Period::parse(std::string_view text) {
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || text.front() == '0' || count < 1 || count > 1200) {
    return not_a_period();
  }
  std::string_view name = text.substr(static_cast<std::size_t>(end - text.data()));
  if (name.size() < 2 || name.front() != ' ') return not_a_period();
  name.remove_prefix(1);
  if (name.back() == 's') name.remove_suffix(1);
  for (const Unit& unit : kUnits) {
    if (unit.name != name) continue;
    return Period{count * unit.months, count * unit.days,
                  std::chrono::minutes{count * unit.minutes}};
  }
  return not_a_period();
}

std::string Period::to_string() const {
  std::string text;
  bool months_done = false;
  bool days_done = false;
  bool minutes_done = false;
  for (const Unit& unit : kUnits) {
    if (!months_done) months_done = append_part(text, months, unit.months, unit.name);
    if (!days_done) days_done = append_part(text, days, unit.days, unit.name);
    if (!minutes_done) minutes_done = append_part(text, minutes.count(), unit.minutes, unit.name);
  }
  return text.empty() ? "0 minutes" : text;
}

}  // namespace accrue
