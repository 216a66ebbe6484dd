#include "config/settings_table.hpp"

#include "config/suggest.hpp"
#include "config/values.hpp"
#include "config/yaml_reader.hpp"

#include <algorithm>
#include <optional>

namespace accrue::config {
namespace {

template <class T>
std::optional<SettingValue> wrapped(std::optional<T> value) {
  if (!value) return std::nullopt;
  return SettingValue(std::move(*value));
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(at);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

Bounds bounds_of(const accrue_setting& row) {
  if (row.minimum == row.maximum) return {};
  return {row.minimum, row.maximum};
}

std::optional<SettingValue> read_row_choice(Reading& in, const Node& node,
                                            const accrue_setting& row) {
  const std::vector<std::string> words = split(row.choices, '|');
  const auto chosen = read_choice(in, node, row.key, words);
  if (!chosen) return std::nullopt;
  return SettingValue(words[*chosen]);
}

class TableReader {
 public:
  TableReader(Reading& in, const SettingTable& table, const TableContext& context)
      : in_(in), table_(table), context_(context) {}

  Settings read(const Node& mapping) {
    settings_.set_place(in_.place(mapping));
    level(mapping, "");
    for (const accrue_setting* row : table_) complete(mapping, *row);
    return std::move(settings_);
  }

 private:
  const accrue_setting* row_named(std::string_view key) const {
    const auto row = std::find_if(table_.begin(), table_.end(),
                                  [&](const accrue_setting* r) { return r->key == key; });
    return row == table_.end() ? nullptr : *row;
  }

  /// What may be written at a level: the next part of each dotted key below it.
  std::vector<std::string> known_at(const std::string& prefix) const {
    std::vector<std::string> known;
    for (const accrue_setting* row : table_) {
      const std::string_view key = row->key;
      if (!key.starts_with(prefix)) continue;
      std::string part(key.substr(prefix.size(), key.find('.', prefix.size()) - prefix.size()));
      if (std::find(known.begin(), known.end(), part) == known.end()) known.push_back(part);
    }
    if (prefix.empty()) known.insert(known.end(), context_.shared.begin(), context_.shared.end());
    return known;
  }

  void level(const Node& mapping, const std::string& prefix) {
    const std::vector<std::string> known = known_at(prefix);
    for (const Member& member : mapping.members) {
      const bool shared =
          prefix.empty() && std::find(context_.shared.begin(), context_.shared.end(), member.key) !=
                                context_.shared.end();
      if (shared) continue;
      if (std::find(known.begin(), known.end(), member.key) == known.end()) {
        refuse(member, prefix, known);
        continue;
      }
      take(member, prefix + member.key);
    }
  }

  void take(const Member& member, const std::string& key) {
    written_.push_back(key);
    if (const accrue_setting* row = row_named(key)) {
      auto value = read_setting(in_, member.value, *row);
      if (value) settings_.set(key, std::move(*value), in_.place(member.value));
      return;
    }
    const std::string inside = known_at(key + ".").front();
    if (expect_mapping(in_, member.value, key, "{ " + inside + ": … }")) {
      level(member.value, key + ".");
    } else {
      unreadable_.push_back(key + ".");
    }
  }

  void refuse(const Member& member, const std::string& prefix,
              const std::vector<std::string>& known) {
    const std::string cure = elsewhere(member.key, prefix);
    in_.problem(member.mark, "unknown_key",
                "`" + prefix + member.key + "` is no setting of " + context_.owner +
                    (cure.empty() ? did_you_mean(member.key, known) : cure));
  }

  /// "; write it inside `offer:`" for a key that is known at another level.
  std::string elsewhere(const std::string& key, const std::string& prefix) const {
    for (const accrue_setting* row : table_) {
      const std::string_view full = row->key;
      const auto dot = full.rfind('.');
      const std::string_view last = dot == full.npos ? full : full.substr(dot + 1);
      if (full == key && !prefix.empty()) return "; write it one level up, beside the others";
      if (full == key || (last == key && dot != full.npos)) {
        return "; write it as `" + std::string(full.substr(0, dot)) + ": { " + std::string(last) +
               ": … }`";
      }
    }
    const auto& shared = context_.shared;
    if (!prefix.empty() && std::find(shared.begin(), shared.end(), key) != shared.end()) {
      return "; write it one level up, beside the others";
    }
    return "";
  }

  /// Written, or inside something that was written but cannot be looked into.
  bool was_written(std::string_view key) const {
    return std::find(written_.begin(), written_.end(), key) != written_.end() ||
           std::any_of(unreadable_.begin(), unreadable_.end(),
                       [&](const std::string& prefix) { return key.starts_with(prefix); });
  }

  /// The innermost written mapping that a key belongs to.
  static const Node& home_of(const Node& mapping, std::string_view key) {
    const auto dot = key.find('.');
    if (dot == key.npos) return mapping;
    const Node* inner = mapping.find(key.substr(0, dot));
    return inner == nullptr ? mapping : home_of(*inner, key.substr(dot + 1));
  }

  /// The default of a setting that was not written, or the news that it must be.
  void complete(const Node& mapping, const accrue_setting& row) {
    if (was_written(row.key)) return;
    if (row.required != 0) {
      in_.problem(home_of(mapping, row.key), "missing_key",
                  "`" + std::string(row.key) + "` is missing: " + context_.owner + " needs it (" +
                      row.help + ")");
      return;
    }
    if (auto value = default_of(in_, row)) {
      settings_.set(row.key, std::move(*value), in_.place(mapping));
    }
  }

  Reading& in_;
  const SettingTable& table_;
  const TableContext& context_;
  std::vector<std::string> written_;
  std::vector<std::string> unreadable_;
  Settings settings_;
};

}  // namespace

Settings read_settings(Reading& in, const Node& mapping, const SettingTable& table,
                       const TableContext& context) {
  return TableReader(in, table, context).read(mapping);
}

std::optional<SettingValue> read_setting(Reading& in, const Node& node, const accrue_setting& row) {
  switch (row.type) {
    case ACCRUE_TEXT:
      return wrapped(row.required != 0 ? read_word(in, node, row.key)
                                       : read_text(in, node, row.key));
    case ACCRUE_INTEGER:
      return wrapped(read_integer(in, node, row.key, bounds_of(row)));
    case ACCRUE_DECIMAL:
      return wrapped(read_decimal(in, node, row.key, bounds_of(row)));
    case ACCRUE_BOOLEAN:
      return wrapped(read_boolean(in, node, row.key));
    case ACCRUE_PERIOD:
      return wrapped(read_period(in, node, row.key));
    case ACCRUE_TEXTS:
      return wrapped(read_texts(in, node, row.key));
    case ACCRUE_PERIODS:
      return wrapped(read_periods(in, node, row.key));
    case ACCRUE_ITEMS:
      return wrapped(read_items(in, node, row.key));
    case ACCRUE_MAP:
      return wrapped(read_map(in, node, row.key));
    case ACCRUE_CHOICE:
      return read_row_choice(in, node, row);
    default:
      in.problem(node, "bad_table", "`" + std::string(row.key) + "` has a type unknown here");
      return std::nullopt;
  }
}

std::optional<SettingValue> default_of(Reading& in, const accrue_setting& row) {
  const std::string_view text = row.default_value == nullptr ? "" : row.default_value;
  if (text.empty()) return std::nullopt;
  Reading written("default of " + std::string(row.key), in.problems());
  Node node;
  if (row.type == ACCRUE_TEXT || row.type == ACCRUE_CHOICE) {
    node.kind = Node::Kind::scalar;
    node.text = text;
  } else {
    auto parsed = parse_yaml(written, text);
    if (!parsed) return std::nullopt;
    node = std::move(*parsed);
  }
  return read_setting(written, node, row);
}

}  // namespace accrue::config
