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
  entries,
  ids,
  outbox,
  dead,
  feeds,
  budgets,
  returns,
  due,
  rule_sets,
};
inline constexpr std::size_t kTables = 12;

struct TableInfo {
  Table table;
  std::string_view name;
  std::string_view key;
  std::string_view value;
};

/// In the order of Table. Numbers in keys are big-endian, so that keys sort as numbers do; a text
/// followed by more is ended by a zero byte (see keys.hpp).
inline constexpr std::array<TableInfo, kTables> kSchema{{
    {Table::meta, "meta", "name of a setting of the store itself",
     "format: version, u32; applied: newest posted journal record, u64, and its chain hash; "
     "others as their owners define"},
    {Table::members, "members", "member id",
     "the member: balances, counters, deadlines, attributes"},
    {Table::lots, "lots", "member id, 0, seq of the opening transaction u64, lot number u32",
     "the lot: currency, issued, remaining, when it lapses"},
    {Table::entries, "entries", "seq u64",
     "the entry, with the seq of the member's entry before it"},
    {Table::ids, "ids", "transaction id", "seq u64 and content hash, 16 bytes"},
    {Table::outbox, "outbox", "notice id", "the notice owed, attempts, when it is next due"},
    {Table::dead, "dead", "notice id", "the notice given up, and why"},
    {Table::feeds, "feeds", "feed name, 0, name of its position", "the feed's own position"},
    {Table::budgets, "budgets", "rule id, 0, period", "points and times used of the rule's limit"},
    {Table::returns, "returns", "seq u64 of a sale",
     "goods of it that came back: line u32 and millionths of a unit u64, one after the other"},
    {Table::due, "due", "time in ms u64, member id",
     "nothing: a tick has work for the member then"},
    {Table::rule_sets, "rule_sets", "hash of the rule set, 16 bytes",
     "the program's files as they were, plugin names and versions"},
}};

constexpr const TableInfo& info(Table table) { return kSchema[static_cast<std::size_t>(table)]; }
constexpr std::string_view name(Table table) { return info(table).name; }

}  // namespace accrue::store
