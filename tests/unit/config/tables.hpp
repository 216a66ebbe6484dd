// Hand-made settings tables and program folders for the tests of config: what the loaded plugins
// would declare, so that these tests need none.
#pragma once

#include "config/daemon_settings.hpp"
#include "config/program.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace accrue::config::testing {

inline accrue_setting row(const char* key, accrue_setting_type type, bool required,
                          const char* value = "", const char* choices = "", std::int64_t least = 0,
                          std::int64_t most = 0) {
  return {"", key, type, required ? 1U : 0U, value, choices, "", "what it is for", least, most};
}

inline const TypeTables& rule_types() {
  constexpr const char* kRound = "down|nearest|up|half_even";
  static const std::vector<accrue_setting> spend{
      row("award", ACCRUE_INTEGER, true, "", "", 1, 1'000'000'000),
      row("per", ACCRUE_DECIMAL, true), row("round", ACCRUE_CHOICE, false, "down", kRound)};
  static const std::vector<accrue_setting> multiply{
      row("of", ACCRUE_TEXT, true), row("factor", ACCRUE_DECIMAL, true, "", "", 1, 100)};
  static const std::vector<accrue_setting> event{row("event", ACCRUE_TEXT, true),
                                                 row("award", ACCRUE_INTEGER, true),
                                                 row("once", ACCRUE_BOOLEAN, false, "false")};
  static const std::vector<accrue_setting> rolling{row("after", ACCRUE_PERIOD, true),
                                                   row("of", ACCRUE_TEXTS, false),
                                                   row("remind", ACCRUE_PERIODS, false, "30 days")};
  static const std::vector<accrue_setting> without{
      row("bought", ACCRUE_ITEMS, true),        row("within", ACCRUE_PERIOD, true),
      row("offer.award", ACCRUE_INTEGER, true), row("offer.on", ACCRUE_ITEMS, true),
      row("offer.valid", ACCRUE_PERIOD, true),  row("offer.message", ACCRUE_TEXT, false),
      row("labels", ACCRUE_MAP, false)};
  const auto table = [](const std::vector<accrue_setting>& rows) {
    SettingTable pointers;
    for (const auto& r : rows) pointers.push_back(&r);
    return pointers;
  };
  static const TypeTables tables{{"earning.spend", table(spend)},
                                 {"earning.multiply", table(multiply)},
                                 {"earning.event", table(event)},
                                 {"expiry.rolling", table(rolling)},
                                 {"cross_sell.bought_without", table(without)}};
  return tables;
}

/// A folder that goes away with the test.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "accrue-config-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  const std::filesystem::path& path() const { return path_; }
  void write(const std::string& name, std::string_view bytes) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }

 private:
  std::filesystem::path path_;
};

inline constexpr std::string_view kGoodProgram =
    "program: shop\n"
    "currency: GBP\n"
    "zone: Europe/London\n"
    "currencies: { points: { value: 0.01 }, status: { spendable: false } }\n"
    "lanes: [ { base: stack }, { bonus: best } ]\n";

inline constexpr std::string_view kGoodRules =
    "rules:\n"
    "  - id: base\n"
    "    type: earning.spend\n"
    "    award: 1\n"
    "    per: 1.00\n";

/// The error's problems, one a line, with the folder's name left out of the places.
inline std::string told(const Error& error, const std::filesystem::path& folder) {
  std::string all = error.problems.empty() ? error.message + "\n" : "";
  for (const Problem& problem : error.problems) {
    all += problem.pointer + " " + problem.code + " " + problem.detail + "\n";
  }
  if (folder.empty()) return all;
  const std::string prefix = folder.string() + "/";
  for (auto at = all.find(prefix); at != all.npos; at = all.find(prefix, at)) {
    all.erase(at, prefix.size());
  }
  return all;
}

}  // namespace accrue::config::testing
