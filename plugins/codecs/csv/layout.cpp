#include "layout.hpp"

#include <algorithm>

namespace accrue::csv_codec {
namespace {

Error refused(const Settings& settings, std::string_view key, const std::string& why) {
  const std::string place = settings.place(key).to_string();
  std::string message = std::string(key) + ": " + why;
  if (!place.empty()) message = place + ": " + message;
  Error error = reject(std::move(message));
  error.problems.push_back({place, "bad_setting", why});
  return error;
}

std::string list_of_fields() {
  std::string list;
  for (const std::string_view name : kFieldNames)
    list += (list.empty() ? "" : ", ") + std::string(name);
  return list;
}

Result<void> read_columns(const Settings& settings, Layout& layout) {
  if (!settings.has("columns")) {
    // A file whose columns bear the names of the fields needs no mapping.
    std::copy(kFieldNames.begin(), kFieldNames.end(), layout.column_names.begin());
    return ok();
  }
  for (const auto& [field, column] : settings.map("columns")) {
    const auto found = std::find(kFieldNames.begin(), kFieldNames.end(), field);
    if (found == kFieldNames.end()) {
      return refused(settings, "columns",
                     "there is no field '" + field + "'; the fields are " + list_of_fields());
    }
    layout.column_names[static_cast<std::size_t>(found - kFieldNames.begin())] = column;
  }
  for (std::size_t field = 0; field < kFields; ++field) {
    if (!is_needed(field) || !layout.column_names[field].empty()) continue;
    return refused(settings, "columns",
                   "say which column holds '" + std::string(kFieldNames[field]) + "'");
  }
  return ok();
}

Result<void> read_times(const Settings& settings, Layout& layout) {
  const std::string name = settings.text("zone");
  const auto zone = find_zone(name.empty() ? "UTC" : name);
  if (!zone) return refused(settings, "zone", zone.error().message);
  layout.zone = *zone;
  const std::string format = settings.text("time_format");
  if (format.empty()) return ok();
  auto compiled = TimeFormat::compile(format);
  if (!compiled) return refused(settings, "time_format", compiled.error().message);
  layout.time_format = std::move(*compiled);
  return ok();
}

Result<void> read_delimiter(const Settings& settings, Layout& layout) {
  const std::string delimiter = settings.has("delimiter") ? settings.text("delimiter") : ",";
  if (delimiter.size() != 1 || delimiter.find_first_of("\"\r\n") != delimiter.npos) {
    return refused(settings, "delimiter", "write one character, such as \",\" \";\" or \"\\t\"");
  }
  layout.delimiter = delimiter.front();
  return ok();
}

std::string quoted_list(std::span<const std::string_view> names) {
  std::string list;
  for (const std::string_view name : names.first(std::min<std::size_t>(names.size(), 30))) {
    list += (list.empty() ? "'" : ", '") + std::string(name.substr(0, 64)) + "'";
  }
  return list;
}

}  // namespace

Result<Layout> Layout::read(const Settings& settings) {
  Layout layout;
  if (auto done = read_columns(settings, layout); !done) return done.error();
  if (auto done = read_times(settings, layout); !done) return done.error();
  if (auto done = read_delimiter(settings, layout); !done) return done.error();
  const auto currency = Currency::parse(settings.text("currency"));
  if (!currency) return refused(settings, "currency", currency.error().message);
  layout.currency = *currency;
  layout.return_prefix = settings.text("return_prefix");
  layout.member_suffix = settings.text("member_suffix_strip");
  if (settings.has("merge_rows")) {
    layout.merge_rows =
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, settings.integer("merge_rows")));
  }
  return layout;
}

Result<Columns> Layout::find_columns(std::span<const std::string_view> header) const {
  Columns columns;
  for (std::size_t field = 0; field < kFields; ++field) {
    const std::string& wanted = column_names[field];
    if (wanted.empty()) continue;
    const auto found = std::find(header.begin(), header.end(), wanted);
    if (found != header.end()) {
      columns[field] = static_cast<std::size_t>(found - header.begin());
    } else if (is_needed(field) || wanted != kFieldNames[field]) {
      return reject("the file has no column '" + wanted + "' for '" +
                    std::string(kFieldNames[field]) + "'; its columns are " + quoted_list(header));
    }
  }
  return columns;
}

}  // namespace accrue::csv_codec
