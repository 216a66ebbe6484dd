// Turns scalars, lists and mappings of a YAML tree into the language's values. Each reader adds a
// problem that says what to write when it cannot. Any thread; `what` names the key in sentences.
#pragma once

#include "config/node.hpp"
#include "config/problems.hpp"

#include <accrue/money.hpp>
#include <accrue/settings.hpp>
#include <accrue/time.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace accrue::config {

/// What was written, for a sentence: `"abc"`, `a list`, `a mapping`, `nothing`.
std::string shown(const Node& node);

struct Bounds {
  std::int64_t least = INT64_MIN;
  std::int64_t most = INT64_MAX;
};

std::optional<std::string> read_text(Reading& in, const Node& node, std::string_view what);
/// Text of at least one character.
std::optional<std::string> read_word(Reading& in, const Node& node, std::string_view what);
/// Decimal digits only: no 010, 0x1F, 1e3, 1_000, 10.0 or quotes.
std::optional<std::int64_t> read_integer(Reading& in, const Node& node, std::string_view what,
                                         Bounds bounds = {});
/// Up to six decimals; quotes are allowed. Bounds are in whole units.
std::optional<Decimal> read_decimal(Reading& in, const Node& node, std::string_view what,
                                    Bounds bounds = {});
/// `true` or `false`, nothing else.
std::optional<bool> read_boolean(Reading& in, const Node& node, std::string_view what);
std::optional<Period> read_period(Reading& in, const Node& node, std::string_view what);
/// "2026-01-31".
std::optional<LocalTime> read_date(Reading& in, const Node& node, std::string_view what);
/// "2026-01-31T18:00:00" or a date.
std::optional<LocalTime> read_local_time(Reading& in, const Node& node, std::string_view what);
/// One of the words, as an index.
std::optional<std::size_t> read_choice(Reading& in, const Node& node, std::string_view what,
                                       const std::vector<std::string>& words);
/// A list of text, or one text; at least one.
std::optional<std::vector<std::string>> read_texts(Reading& in, const Node& node,
                                                   std::string_view what);
std::optional<std::vector<Period>> read_periods(Reading& in, const Node& node,
                                                std::string_view what);
/// { sku: [...], category: [...] }, each a list or one text.
std::optional<ItemFilter> read_items(Reading& in, const Node& node, std::string_view what);
/// A mapping of text to text, in the order written.
std::optional<std::vector<std::pair<std::string, std::string>>> read_map(Reading& in,
                                                                         const Node& node,
                                                                         std::string_view what);

/// Adds a problem and gives false when the node is no mapping.
bool expect_mapping(Reading& in, const Node& node, std::string_view what, std::string_view example);
/// Adds a problem and gives false when the node is no list.
bool expect_list(Reading& in, const Node& node, std::string_view what, std::string_view example);
/// Adds a problem for each key of the mapping that is not known.
void refuse_unknown_keys(Reading& in, const Node& mapping, std::string_view what,
                         const std::vector<std::string>& known);

/// True for [a-z0-9][a-z0-9-]{0,47}: names of rules, lanes, currencies, feeds, notifiers.
bool is_name(std::string_view text);
/// A name as above.
std::optional<std::string> read_name(Reading& in, const Node& node, std::string_view what);
/// True for [a-z][a-z0-9_]{0,31}: names of members' attributes, as codecs take them.
bool is_attribute_name(std::string_view text);

}  // namespace accrue::config
