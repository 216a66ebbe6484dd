// Writes a lifelike grocer's feed for machines without a retailer's own data: members with habits
// and seasons, tea with and without biscuits, returns with and without receipt, members who stop
// coming, newcomers. The same options give the same bytes on every machine: own random numbers, no
// floating point, no clock. One thread; each call stands alone.
#pragma once

#include <accrue/result.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace accrue::cli {

struct GenerateOptions {
  std::chrono::local_days from{std::chrono::year{2025} / 1 / 1};  ///< First trading day, in London.
  std::int64_t days = 365;                                        ///< 1 to 3660.
  std::int64_t members = 1000;        ///< 1 to 10,000,000; numbered from M000001.
  std::int64_t transactions = 20000;  ///< 1 to 1,000,000,000. Met to within a few per cent.
  std::int64_t stores = 5;            ///< 1 to 500; S001 …, each with four tills.
  std::uint64_t seed = 1;
};

/// What was written. `transactions` is the sum of the kinds and the number of lines of the feed.
struct GenerateReport {
  std::int64_t transactions = 0;
  std::int64_t sales = 0;            ///< With and without member.
  std::int64_t anonymous_sales = 0;  ///< Those without.
  std::int64_t returns_with_receipt = 0;
  std::int64_t returns_without_receipt = 0;
  std::int64_t events = 0;
  std::int64_t member_changes = 0;
  std::int64_t basket_lines = 0;    ///< Of sales.
  std::int64_t members_seen = 0;    ///< Distinct members in any transaction.
  std::int64_t members_joined = 0;  ///< Of these, newcomers during the period.
  std::int64_t members_lapsed = 0;  ///< Of these, members who stop coming for good.
  std::int64_t bytes = 0;
};

/// Takes the feed in blocks of whole NDJSON lines. An error ends the generation.
using GenerateSink = std::function<Result<void>(std::string_view)>;

/// Fails with reject_input when an option is out of its range, naming it, or with the sink's error.
Result<GenerateReport> generate(const GenerateOptions& options, const GenerateSink& sink);

/// Into a file, by way of "<path>.part" so that a reader never meets half a feed; into a device or
/// pipe as it comes; to standard output when the path is "-". The file's folder must exist.
Result<GenerateReport> generate_to(const std::string& path, const GenerateOptions& options);

}  // namespace accrue::cli
