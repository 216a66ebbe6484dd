// Every metric the daemon shows, in one table: name, type, unit, labels, help. docs/metrics.md says
// the same to operators and a test compares both ways. Labels take their values from closed sets
// (types, rules, routes, configured names), never from what a member or a till sends.
// Constants: any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace accrue::metrics {

enum class Type : std::uint8_t { counter, gauge, histogram };

struct Label {
  std::string_view first, second;  ///< Empty when there is none.
};

struct Name {
  std::string_view name;
  Type type = Type::counter;
  std::string_view unit;  ///< "points", "seconds", …
  Label labels;
  std::size_t series = 1;                ///< At most so many different label values; then "other".
  std::span<const std::int64_t> bounds;  ///< Histograms: upper bounds, ns or a count.
  std::string_view help;
};

/// Upper bounds in nanoseconds: 1 µs to 10 s.
inline constexpr std::array<std::int64_t, 18> kLatencies{
    1'000,      2'500,      5'000,       10'000,      25'000,        50'000,
    100'000,    250'000,    500'000,     1'000'000,   2'500'000,     5'000'000,
    10'000'000, 25'000'000, 100'000'000, 500'000'000, 2'500'000'000, 10'000'000'000};
/// Upper bounds in records.
inline constexpr std::array<std::int64_t, 14> kSizes{1,   2,   4,   8,    16,   32,   64,
                                                     128, 256, 512, 1024, 2048, 4096, 8192};

inline constexpr std::size_t kMaxRules = 1'000;
inline constexpr std::size_t kMaxNames = 64;  ///< Currencies, feeds, notifiers, plugins, routes.

namespace names {
inline constexpr Name transactions{"accrue_transactions_total",
                                   Type::counter,
                                   "transactions",
                                   {"type", "result"},
                                   48,
                                   {},
                                   "Transactions answered, by type and result."};
inline constexpr Name awards{
    "accrue_awards_total",       Type::counter, "awards", {"rule", ""}, kMaxRules, {},
    "Awards given by each rule."};
inline constexpr Name award_points{
    "accrue_award_points_total",
    Type::counter,
    "points",
    {"rule", ""},
    kMaxRules,
    {},
    "Points given by each rule; what returns take back is not subtracted."};
inline constexpr Name points_issued{
    "accrue_points_issued_total",   Type::counter, "points", {"currency", ""}, kMaxNames, {},
    "Points that entered balances."};
inline constexpr Name points_redeemed{
    "accrue_points_redeemed_total", Type::counter, "points", {"currency", ""}, kMaxNames, {},
    "Points spent by members."};
inline constexpr Name points_expired{
    "accrue_points_expired_total", Type::counter, "points", {"currency", ""}, kMaxNames, {},
    "Points that lapsed."};
inline constexpr Name points_reversed{"accrue_points_reversed_total",
                                      Type::counter,
                                      "points",
                                      {"currency", ""},
                                      kMaxNames,
                                      {},
                                      "Points taken back for returned goods."};
inline constexpr Name points_outstanding{
    "accrue_points_outstanding",
    Type::gauge,
    "points",
    {"currency", ""},
    kMaxNames,
    {},
    "Points issued and neither redeemed, lapsed nor taken back."};
inline constexpr Name liability{
    "accrue_liability_minor_units",
    Type::gauge,
    "minor units of money",
    {"currency", ""},
    kMaxNames,
    {},
    "Money value of all outstanding points, in minor units of the money currency."};
inline constexpr Name decision{"accrue_decision_seconds",
                               Type::histogram,
                               "seconds",
                               {},
                               1,
                               kLatencies,
                               "Time the sequencer takes to decide one transaction."};
inline constexpr Name journal_sync{"accrue_journal_sync_seconds",
                                   Type::histogram,
                                   "seconds",
                                   {},
                                   1,
                                   kLatencies,
                                   "Time to append and sync one group of records to the journal."};
inline constexpr Name journal_group{"accrue_journal_group_size",
                                    Type::histogram,
                                    "records",
                                    {},
                                    1,
                                    kSizes,
                                    "Records made durable by one sync of the journal."};
inline constexpr Name journal_errors{"accrue_journal_errors_total",
                                     Type::counter,
                                     "errors",
                                     {},
                                     1,
                                     {},
                                     "Writes or syncs of the journal that failed."};
inline constexpr Name journal_packed{"accrue_journal_packed_segments_total",
                                     Type::counter,
                                     "segments",
                                     {},
                                     1,
                                     {},
                                     "Closed segments of the journal that were packed."};
inline constexpr Name journal_packed_saved{"accrue_journal_packed_saved_bytes_total",
                                           Type::counter,
                                           "bytes",
                                           {},
                                           1,
                                           {},
                                           "Bytes that packing the journal gave back to the disk."};
inline constexpr Name posting{"accrue_posting_seconds",
                              Type::histogram,
                              "seconds",
                              {},
                              1,
                              kLatencies,
                              "Time of one commit of the poster to the ledger."};
inline constexpr Name poster_lag{"accrue_poster_lag_records",
                                 Type::gauge,
                                 "records",
                                 {},
                                 1,
                                 {},
                                 "Records in the journal that are not in the ledger yet."};
inline constexpr Name queue_depth{"accrue_queue_depth",
                                  Type::gauge,
                                  "messages",
                                  {},
                                  1,
                                  {},
                                  "Messages that wait in the intake queue."};
inline constexpr Name ready{"accrue_ready",
                            Type::gauge,
                            "",
                            {},
                            1,
                            {},
                            "1 when the daemon takes transactions, 0 when it does not."};
inline constexpr Name storage_full{
    "accrue_storage_full",
    Type::gauge,
    "",
    {},
    1,
    {},
    "1 while the disk of the data folder is too full to record anything."};
inline constexpr Name outbox_due{"accrue_outbox_due",
                                 Type::gauge,
                                 "notices",
                                 {"notifier", ""},
                                 kMaxNames,
                                 {},
                                 "Notices that a notifier still owes."};
inline constexpr Name outbox_oldest{
    "accrue_outbox_oldest_age_seconds",
    Type::gauge,
    "seconds",
    {"notifier", ""},
    kMaxNames,
    {},
    "Age of the oldest notice that a notifier still owes, since this process first saw it."};
inline constexpr Name notices{"accrue_notices_total",
                              Type::counter,
                              "attempts",
                              {"notifier", "result"},
                              3 * kMaxNames,
                              {},
                              "Attempts to deliver a notice, by result: delivered, retried, dead."};
inline constexpr Name notifier_disabled{
    "accrue_notifier_disabled",
    Type::gauge,
    "",
    {"notifier", ""},
    kMaxNames,
    {},
    "1 when the receiver has said that it wants nothing any more (HTTP 410)."};
inline constexpr Name rule_set_info{
    "accrue_rule_set_info",          Type::gauge, "", {"program", "hash"}, 1, {},
    "The active rule set; always 1."};
inline constexpr Name rule_set_reloads{"accrue_rule_set_reloads_total",
                                       Type::counter,
                                       "reloads",
                                       {"result", ""},
                                       8,
                                       {},
                                       "Reloads of the rule set, by result: ok, failed."};
inline constexpr Name feed_messages{
    "accrue_feed_messages_total",
    Type::counter,
    "messages",
    {"feed", "result"},
    4 * kMaxNames,
    {},
    "Messages of each feed, by result: posted, duplicate, rejected."};
inline constexpr Name feed_position{"accrue_feed_position",
                                    Type::gauge,
                                    "messages",
                                    {"feed", ""},
                                    kMaxNames,
                                    {},
                                    "Last message of the feed's newest source that is settled."};
inline constexpr Name feed_sources{
    "accrue_feed_sources_total",
    Type::counter,
    "sources",
    {"feed", "result"},
    2 * kMaxNames,
    {},
    "Sources (files) that a feed is done with, by result: finished, failed."};
inline constexpr Name feed_up{"accrue_feed_up",
                              Type::gauge,
                              "",
                              {"feed", ""},
                              kMaxNames,
                              {},
                              "1 while a feed can go on, 0 while an error holds it up."};
inline constexpr Name store_map{"accrue_store_map_bytes",
                                Type::gauge,
                                "bytes",
                                {},
                                1,
                                {},
                                "Size of the LMDB map: the most the ledger can hold."};
inline constexpr Name store_used{"accrue_store_used_bytes",      Type::gauge, "bytes", {}, 1, {},
                                 "Bytes of the LMDB map in use."};
inline constexpr Name store_reader_lag{
    "accrue_store_oldest_reader_lag",
    Type::gauge,
    "commits",
    {},
    1,
    {},
    "Commits since the oldest open snapshot; free pages wait for it."};
inline constexpr Name plugin_faults{"accrue_plugin_faults_total",
                                    Type::counter,
                                    "faults",
                                    {"plugin", ""},
                                    kMaxNames,
                                    {},
                                    "Times a plugin threw or proposed what may not be."};
inline constexpr Name http_requests{"accrue_http_requests_total",
                                    Type::counter,
                                    "requests",
                                    {"route", "status"},
                                    512,
                                    {},
                                    "HTTP requests answered, by route and status."};
inline constexpr Name http_seconds{"accrue_http_request_seconds",
                                   Type::histogram,
                                   "seconds",
                                   {"route", ""},
                                   kMaxNames,
                                   kLatencies,
                                   "Time from a request's last byte to its answer."};
inline constexpr Name members_cached{"accrue_members_cached",  Type::gauge, "members", {}, 1, {},
                                     "Members held in memory."};
inline constexpr Name build_info{
    "accrue_build_info", Type::gauge, "", {"version", ""}, 1, {}, "The running build; always 1."};
inline constexpr Name series_dropped{
    "accrue_series_dropped_total",
    Type::counter,
    "lookups",
    {},
    1,
    {},
    "Lookups whose label values were counted as \"other\": too many or not printable."};
}  // namespace names

inline constexpr std::array kAllNames{&names::transactions,
                                      &names::awards,
                                      &names::award_points,
                                      &names::points_issued,
                                      &names::points_redeemed,
                                      &names::points_expired,
                                      &names::points_reversed,
                                      &names::points_outstanding,
                                      &names::liability,
                                      &names::decision,
                                      &names::journal_sync,
                                      &names::journal_group,
                                      &names::journal_errors,
                                      &names::journal_packed,
                                      &names::journal_packed_saved,
                                      &names::posting,
                                      &names::poster_lag,
                                      &names::queue_depth,
                                      &names::ready,
                                      &names::storage_full,
                                      &names::outbox_due,
                                      &names::outbox_oldest,
                                      &names::notices,
                                      &names::notifier_disabled,
                                      &names::rule_set_info,
                                      &names::rule_set_reloads,
                                      &names::feed_messages,
                                      &names::feed_position,
                                      &names::feed_sources,
                                      &names::feed_up,
                                      &names::store_map,
                                      &names::store_used,
                                      &names::store_reader_lag,
                                      &names::plugin_faults,
                                      &names::http_requests,
                                      &names::http_seconds,
                                      &names::members_cached,
                                      &names::build_info,
                                      &names::series_dropped};

}  // namespace accrue::metrics
