#include <accrue/assert.hpp>
#include <accrue/settings.hpp>

#include <cstring>

namespace accrue {
namespace {

bool same_bytes(std::string_view a, const char* b) {
  return std::memcmp(a.data(), b, a.size()) == 0;
}

/// `text` is not empty.
bool matches_pattern(const std::string& pattern, std::string_view text) {
  if (!pattern.empty() && pattern.back() == '*') {
    const std::string_view beginning(pattern.data(), pattern.size() - 1);
    return text.size() >= beginning.size() && same_bytes(beginning, text.data());
  }
  return pattern.size() == text.size() && same_bytes(text, pattern.data());
}

bool matches_any(const std::vector<std::string>& patterns, std::string_view text) {
  // A line without category matches no category, not even '*'.
  if (text.empty()) return false;
  for (const std::string& pattern : patterns) {
    if (matches_pattern(pattern, text)) return true;
  }
  return false;
}

}  // namespace

std::string Place::to_string() const {
  if (line == 0) return file;
  return file + ':' + std::to_string(line) + ':' + std::to_string(column);
}

bool ItemFilter::matches(std::string_view sku, std::string_view category) const {
  return matches_any(skus, sku) || matches_any(categories, category);
}

void Settings::set(std::string key, SettingValue value, Place place) {
  entries_.insert_or_assign(std::move(key), Entry{std::move(value), std::move(place)});
}

bool Settings::has(std::string_view key) const { return find(key) != nullptr; }

const Place& Settings::place(std::string_view key) const {
  const Entry* entry = find(key);
  return entry != nullptr ? entry->place : place_;
}

const Settings::Entry* Settings::find(std::string_view key) const {
  const auto found = entries_.find(key);
  return found != entries_.end() ? &found->second : nullptr;
}

template <class T>
T Settings::get(std::string_view key) const {
  const Entry* entry = find(key);
  if (entry == nullptr) return T{};
  const T* value = std::get_if<T>(&entry->value);
  ACCRUE_ASSERT(value != nullptr);
  return *value;
}

bool Settings::boolean(std::string_view key) const { return get<bool>(key); }
std::int64_t Settings::integer(std::string_view key) const { return get<std::int64_t>(key); }
Decimal Settings::decimal(std::string_view key) const { return get<Decimal>(key); }
std::string Settings::text(std::string_view key) const { return get<std::string>(key); }
Period Settings::period(std::string_view key) const { return get<Period>(key); }
std::vector<std::string> Settings::texts(std::string_view key) const {
  return get<std::vector<std::string>>(key);
}
std::vector<Period> Settings::periods(std::string_view key) const {
  return get<std::vector<Period>>(key);
}
ItemFilter Settings::items(std::string_view key) const { return get<ItemFilter>(key); }
std::vector<std::pair<std::string, std::string>> Settings::map(std::string_view key) const {
  return get<std::vector<std::pair<std::string, std::string>>>(key);
}

}  // namespace accrue
