#include "config/daemon_settings.hpp"

#include "config/listen.hpp"
#include "config/plugged_parts.hpp"
#include "config/source_file.hpp"
#include "config/suggest.hpp"
#include "config/values.hpp"
#include "config/yaml_reader.hpp"

#include <algorithm>

namespace accrue::config {
namespace {

namespace fs = std::filesystem;

SettingTable table_of_rows() {
  SettingTable table;
  for (const accrue_setting& row : setting_rows()) table.push_back(&row);
  return table;
}

const accrue_setting* row_named(std::string_view key) {
  for (const accrue_setting& row : setting_rows()) {
    if (row.key == key) return &row;
  }
  return nullptr;
}

Node scalar_of(std::string text) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = std::move(text);
  return node;
}

/// Overrides are checked like the file, in the file's words.
void apply(const std::vector<Override>& overrides, Problems& problems, Settings& settings) {
  for (const Override& override : overrides) {
    Reading in(override.from, problems);
    const accrue_setting* row = row_named(override.key);
    if (row == nullptr) {
      problems.add({override.from, 0, 0}, "unknown_key", "`" + override.key + "` is no setting");
      continue;
    }
    auto value = read_setting(in, scalar_of(override.value), *row);
    if (value) settings.set(override.key, std::move(*value), {override.from, 0, 0});
  }
}

class SettingsReader {
 public:
  SettingsReader(const fs::path& file, Problems& problems) : file_(file), problems_(problems) {}

  /// The tree of the file, an empty mapping when there is no file.
  std::optional<Node> tree() {
    Node none;
    none.kind = Node::Kind::mapping;
    if (file_.empty()) return none;
    const auto bytes = read_source(file_, problems_);
    if (!bytes) return std::nullopt;
    Reading in(file_.string(), problems_);
    return parse_yaml_mapping(in, *bytes, "data: { folder: /var/lib/accrue }");
  }

  DaemonSettings fill(const Settings& read) {
    DaemonSettings into;
    into.data_folder = folder(read, "data.folder");
    into.program_folder = folder(read, "program.folder");
    into.watch_program = read.boolean("program.watch");
    into.plugins_folder = folder(read, "plugins.folder");
    into.http = http(read);
    into.segment_mb = size(read, "journal.segment_mb");
    into.pack_journal = read.boolean("journal.pack");
    into.map_gb = size(read, "store.map_gb");
    into.allow_any_filesystem = read.boolean("store.allow_any_filesystem");
    into.cache_mb = size(read, "members.cache_mb");
    into.queue = size(read, "road.queue");
    into.group_max = size(read, "road.group_max");
    into.unposted_max = size(read, "road.unposted_max");
    into.ticks = read.text("ticks.source") == "feed" ? TickSource::feed : TickSource::wall;
    into.log_level = read.text("log.level");
    return into;
  }

  /// A path as written; one in the file that is relative is meant from the file's own folder.
  fs::path folder(const Settings& read, std::string_view key) const {
    fs::path path = read.text(key);
    const bool in_file = read.place(key).file == file_.string() && !file_.empty();
    if (path.empty() || path.is_absolute() || !in_file) return path;
    return (file_.parent_path() / path).lexically_normal();
  }

 private:
  static std::size_t size(const Settings& read, std::string_view key) {
    return static_cast<std::size_t>(read.integer(key));
  }

  HttpSettings http(const Settings& read) {
    HttpSettings into;
    into.api_keys = folder(read, "http.api_keys");
    into.transaction_bytes = size(read, "http.transaction_bytes");
    into.batch_bytes = size(read, "http.batch_bytes");
    into.header_bytes = size(read, "http.header_bytes");
    into.header_fields = size(read, "http.header_fields");
    into.connections = size(read, "http.connections");
    into.header = std::chrono::seconds{read.integer("http.header_s")};
    into.body = std::chrono::seconds{read.integer("http.body_s")};
    into.write = std::chrono::seconds{read.integer("http.write_s")};
    into.idle = std::chrono::seconds{read.integer("http.idle_s")};
    listen(read, into);
    return into;
  }

  void listen(const Settings& read, HttpSettings& into) {
    const std::string text = read.text("http.listen");
    const auto address = parse_listen(text);
    if (!address) {
      problems_.add(read.place("http.listen"), "bad_address",
                    "`http.listen` is \"" + text +
                        "\"; write an address and a port, such as 127.0.0.1:8080 or [::1]:8080");
      return;
    }
    into.address = address->address;
    into.port = address->port;
    if (address->loopback || !into.api_keys.empty()) return;
    problems_.add(read.place("http.listen"), "keys_required",
                  "`http.listen` is " + text +
                      ", which other machines can reach: name a file of keys with "
                      "`http.api_keys`, or listen on 127.0.0.1");
  }

  const fs::path& file_;
  Problems& problems_;
};

Error fail(const Problems& problems, const fs::path& file) {
  return problems.to_error(file.empty() ? "the settings" : file.string());
}

constexpr std::string_view kPrefix = "ACCRUE_";

/// ACCRUE_HTTP_LISTEN for http.listen.
std::string variable_of(std::string_view key) {
  std::string name(kPrefix);
  for (const char c : key) {
    const bool small = c >= 'a' && c <= 'z';
    name += small ? static_cast<char>(c - 'a' + 'A') : '_';
  }
  return name;
}

}  // namespace

Result<Override> parse_override(std::string_view text) {
  const auto equals = text.find('=');
  if (equals == text.npos || equals == 0) {
    return reject("--set takes key=value, such as --set http.listen=127.0.0.1:9000, not \"" +
                  std::string(text) + "\"");
  }
  const std::string key(text.substr(0, equals));
  if (row_named(key) == nullptr) {
    std::vector<std::string> known;
    for (const accrue_setting& row : setting_rows()) known.emplace_back(row.key);
    return reject("--set: `" + key + "` is no setting" + did_you_mean(key, known));
  }
  return Override{key, std::string(text.substr(equals + 1)), "--set " + key};
}

std::vector<Override> overrides_from(const std::function<const char*(const char*)>& get) {
  std::vector<Override> overrides;
  for (const accrue_setting& row : setting_rows()) {
    const std::string name = variable_of(row.key);
    if (const char* value = get(name.c_str())) {
      overrides.push_back({row.key, value, "environment variable " + name});
    }
  }
  return overrides;
}

std::vector<std::string> idle_variables(const char* const* environment) {
  std::vector<std::string> known;
  for (const accrue_setting& row : setting_rows()) known.push_back(variable_of(row.key));
  std::vector<std::string> told;
  for (; *environment != nullptr; ++environment) {
    const std::string_view text = *environment;
    const std::string name(text.substr(0, text.find('=')));
    if (!name.starts_with(kPrefix) || name.find('_', kPrefix.size()) == name.npos) continue;
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    told.push_back("the environment variable " + name + " sets nothing" +
                   did_you_mean(name, known));
  }
  return told;
}

Result<DaemonSettings> load_settings(const fs::path& file, const PluginTables& plugins,
                                     const std::vector<Override>& overrides) {
  Problems problems;
  SettingsReader reader(file, problems);
  const auto tree = reader.tree();
  if (!tree) return fail(problems, file);
  Reading in(file.string(), problems);
  Settings read = read_settings(in, *tree, table_of_rows(), {"accrued", {"feeds", "notifiers"}});
  apply(overrides, problems, read);
  DaemonSettings settings;
  if (!problems.any()) settings = reader.fill(read);
  if (const Node* feeds = tree->find("feeds")) settings.feeds = read_feeds(in, *feeds, plugins);
  if (const Node* notifiers = tree->find("notifiers")) {
    settings.notifiers = read_notifiers(in, *notifiers, plugins);
  }
  if (problems.any()) return fail(problems, file);
  return settings;
}

Result<fs::path> find_plugins_folder(const fs::path& file, const std::vector<Override>& overrides) {
  Problems problems;
  SettingsReader reader(file, problems);
  const auto tree = reader.tree();
  if (!tree) return fail(problems, file);
  Problems others;  // Of other settings: load_settings tells them.
  Reading in(file.string(), others);
  Settings read = read_settings(in, *tree, table_of_rows(), {"accrued", {"feeds", "notifiers"}});
  apply(overrides, others, read);
  return reader.folder(read, "plugins.folder");
}

}  // namespace accrue::config
