// Every table of the store in one list: its name, what its keys are and what its values are. The
// one place to look when reading stored bytes; docs/formats/store.md is checked against it.
// Constants: any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace accrue::store {

enum class Table : std::uint8_t {
  meta,
  members,
  lots,
  ids,
  outbox,
  dead,
  feeds,
  budgets,
  returns,
  due,
  rule_sets,
};
inline constexpr std::size_t kTables = 11;

struct TableInfo {
  Table table;
  std::string_view name;
  std::string_view key;
  std::string_view value;
};

/// In the order of Table. Numbers in keys and in the plain values named here are big-endian, so
/// that keys sort as numbers do; a text followed by more is ended by a zero byte (see keys.hpp).
/// "proto" names a message of daemon/ledger/schema/ledger.proto.
inline constexpr std::array<TableInfo, kTables> kSchema{{
    {Table::meta, "meta", "name",
     "format: version of this format u32, little-endian. applied: seq u64 of the newest posted "
     "journal record, its chain hash. totals: proto Totals. deliveries_settled: seq u64 in the "
     "deliveries log. watch:<number>: there while the watch's history is complete"},
    {Table::members, "members", "member id", "proto Member"},
    {Table::lots, "lots", "member id, 0, seq u64 of the opening transaction",
     "proto Lots; older lots of members who have many, as long as they count"},
    {Table::ids, "ids", "transaction id", "seq without leading zero bytes"},
    {Table::outbox, "outbox", "notifier, 0, seq u64, number of the notice u32",
     "empty: the notice is owed; its words are in the journal"},
    {Table::dead, "dead", "notifier, 0, seq u64, number of the notice u32",
     "why the notice was given up, text"},
    {Table::feeds, "feeds", "feed name", "number of the message u64, the feed's own position"},
    {Table::budgets, "budgets", "rule id, 0, period", "points u64, times u64, both as int64"},
    {Table::returns, "returns", "seq u64 of a sale",
     "goods of it that came back: line u32, millionths of a unit u64, and so on"},
    {Table::due, "due", "time in ms u64, member id",
     "empty: a tick has something to do for the member then"},
    {Table::rule_sets, "rule_sets", "hash of the rule set, 16 bytes", "reserved"},
}};

constexpr const TableInfo& info(Table table) { return kSchema[static_cast<std::size_t>(table)]; }
constexpr std::string_view name(Table table) { return info(table).name; }

}  // namespace accrue::store
