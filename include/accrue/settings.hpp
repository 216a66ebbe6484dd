// Settings: what a YAML file says to one plugin or rule, as plain typed data. The daemon checks
// names, types and required settings against the plugin's table before a plugin sees them, so the
// getters below cannot fail for a setting the table declares. Const: any thread.
#pragma once

#include <accrue/ids.hpp>
#include <accrue/money.hpp>
#include <accrue/time.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace accrue {

/// Where something was written. Line and column count from 1.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  /// "rules/grocer/everyday.yaml:12:5"
  std::string to_string() const;
};

/// Selects lines of a basket. A line matches when any listed sku or category does; a pattern may
/// end in '*'. An empty filter matches nothing it lists, i.e. no line.
struct ItemFilter {
  std::vector<std::string> skus;
  std::vector<std::string> categories;
  bool empty() const { return skus.empty() && categories.empty(); }
  bool matches(std::string_view sku, std::string_view category) const;
  friend bool operator==(const ItemFilter&, const ItemFilter&) = default;
};

using SettingValue =
    std::variant<bool, std::int64_t, Decimal, std::string, Period, std::vector<std::string>,
                 std::vector<Period>, ItemFilter, std::vector<std::pair<std::string, std::string>>>;

class Settings {
 public:
  void set(std::string key, SettingValue value, Place place);

  bool has(std::string_view key) const;
  /// Where the setting was written; the place of the whole when it was not.
  const Place& place(std::string_view key) const;
  void set_place(Place place) { place_ = std::move(place); }

  // Getters of the table's types. A setting that was not written and has no default gives the
  // type's zero; asking for another type than the table's is a bug and aborts.
  bool boolean(std::string_view key) const;
  std::int64_t integer(std::string_view key) const;
  Decimal decimal(std::string_view key) const;
  std::string text(std::string_view key) const;
  Period period(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;
  std::vector<Period> periods(std::string_view key) const;
  ItemFilter items(std::string_view key) const;
  std::vector<std::pair<std::string, std::string>> map(std::string_view key) const;

 private:
  struct Entry {
    SettingValue value;
    Place place;
  };
  const Entry* find(std::string_view key) const;
  template <class T>
  T get(std::string_view key) const;

  std::map<std::string, Entry, std::less<>> entries_;
  Place place_;
};

/// For plugins: the error of a setting that reads well and yet cannot be. `why` is a sentence that
/// says what to write instead; the problem names the place.
inline Error refuse_setting(const Settings& settings, std::string_view key, std::string why) {
  std::string message = std::string(key) + ": " + why;
  return Error{ErrorCode::reject_input,
               std::move(message),
               {{settings.place(key).to_string(), "bad_setting", std::move(why)}}};
}

/// For plugins: several of them, so that whoever wrote the settings hears of all at once.
class SettingFaults {
 public:
  explicit SettingFaults(const Settings& settings) : settings_(settings) {}
  void add(std::string_view key, std::string why) {
    Error fault = refuse_setting(settings_, key, std::move(why));
    if (!any()) {
      error_ = std::move(fault);
    } else {
      error_.problems.push_back(std::move(fault.problems.front()));
    }
  }
  void unless(bool fine, std::string_view key, std::string why) {
    if (!fine) add(key, std::move(why));
  }
  bool any() const { return !error_.problems.empty(); }
  const Error& error() const { return error_; }

 private:
  const Settings& settings_;
  Error error_;
};

}  // namespace accrue
