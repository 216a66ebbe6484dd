#include "host/setting_text.hpp"

#include <accrue/assert.hpp>

#include <charconv>
#include <optional>

namespace accrue::host {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::vector<std::string> parts_of(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.emplace_back(trimmed(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

std::vector<std::string> list_of(std::string_view text) {
  text = trimmed(text);
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return {std::string(text)};
  text = trimmed(text.substr(1, text.size() - 2));
  return text.empty() ? std::vector<std::string>() : parts_of(text, ',');
}

/// In millionths, so that integers and decimals share it.
std::optional<Error> outside_bounds(const accrue_setting& setting, Wide micros) {
  if (setting.minimum == setting.maximum) return std::nullopt;
  const Wide scale = Decimal::kScale;
  if (micros >= setting.minimum * scale && micros <= setting.maximum * scale) return std::nullopt;
  return reject("write a number from " + std::to_string(setting.minimum) + " to " +
                std::to_string(setting.maximum));
}

Result<SettingValue> parse_integer(const accrue_setting& setting, std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size()) {
    return reject("write a whole number such as 12");
  }
  if (auto outside = outside_bounds(setting, Wide(number) * Decimal::kScale)) return *outside;
  return SettingValue(number);
}

Result<SettingValue> parse_decimal(const accrue_setting& setting, std::string_view text) {
  const auto number = Decimal::parse(text);
  if (!number) return number.error();
  if (auto outside = outside_bounds(setting, number->micros())) return *outside;
  return SettingValue(*number);
}

Result<SettingValue> parse_boolean(std::string_view text) {
  if (text != "true" && text != "false") return reject("write true or false");
  return SettingValue(text == "true");
}

Result<SettingValue> parse_choice(const accrue_setting& setting, std::string_view text) {
  for (const std::string& choice : parts_of(setting.choices, '|')) {
    if (choice == text) return SettingValue(std::string(text));
  }
  return reject(std::string("write one of ") + setting.choices);
}

Result<SettingValue> parse_period(std::string_view text) {
  const auto period = Period::parse(text);
  if (!period) return period.error();
  return SettingValue(*period);
}

Result<SettingValue> parse_periods(std::string_view text) {
  std::vector<Period> periods;
  for (const std::string& part : list_of(text)) {
    const auto period = Period::parse(part);
    if (!period) return period.error();
    periods.push_back(*period);
  }
  return SettingValue(std::move(periods));
}

}  // namespace

Result<SettingValue> parse_setting(const accrue_setting& setting, std::string_view text) {
  switch (setting.type) {
    case ACCRUE_TEXT:
      return SettingValue(std::string(text));
    case ACCRUE_INTEGER:
      return parse_integer(setting, text);
    case ACCRUE_DECIMAL:
      return parse_decimal(setting, text);
    case ACCRUE_BOOLEAN:
      return parse_boolean(text);
    case ACCRUE_PERIOD:
      return parse_period(text);
    case ACCRUE_TEXTS:
      return SettingValue(list_of(text));
    case ACCRUE_PERIODS:
      return parse_periods(text);
    case ACCRUE_CHOICE:
      return parse_choice(setting, text);
    default:
      return reject("item filters and maps are written as mappings and have no default");
  }
}

void fill_defaults(Settings& settings, std::span<const accrue_setting> table,
                   std::string_view owner) {
  for (const accrue_setting& setting : table) {
    if (setting.owner != owner || setting.default_value[0] == '\0') continue;
    if (settings.has(setting.key)) continue;
    auto value = parse_setting(setting, setting.default_value);
    ACCRUE_ASSERT(value.has_value());
    settings.set(setting.key, std::move(*value), settings.place(setting.key));
  }
}

}  // namespace accrue::host
