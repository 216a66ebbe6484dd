#include "config/plugged_parts.hpp"

#include "config/suggest.hpp"
#include "config/values.hpp"

#include <algorithm>
#include <set>

namespace accrue::config {
namespace {

/// Names of the loaded plugins of a kind.
std::vector<std::string> names_of_kind(const PluginTables& plugins, const std::string& kind) {
  std::vector<std::string> names;
  for (const auto& [full, table] : plugins) {
    if (full.starts_with(kind + ".")) names.push_back(full.substr(kind.size() + 1));
  }
  return names;
}

/// The plugin's table, or nullptr after a problem.
const SettingTable* find_table(Reading& in, const Node& node, const PluginTables& plugins,
                               const std::string& kind, const std::string& name) {
  const auto found = plugins.find(kind + "." + name);
  if (found != plugins.end()) return &found->second;
  in.problem(node, "unknown_plugin",
             "there is no " + kind + " plugin `" + name + "`" +
                 did_you_mean(name, names_of_kind(plugins, kind)));
  return nullptr;
}

const Node* required(Reading& in, const Node& node, const char* key, const std::string& example) {
  const Node* value = node.find(key);
  if (value == nullptr) {
    in.problem(node, "missing_key",
               "`" + std::string(key) + "` is missing; write for instance `" + example + "`");
  }
  return value;
}

/// Gives each entry of a list its name, which no other may have.
class Names {
 public:
  std::string read(Reading& in, const Node& node, const std::string& example) {
    const Node* value = required(in, node, "name", example);
    if (value == nullptr) return "";
    auto name = read_name(in, *value, "name");
    if (name && !taken_.insert(*name).second) {
      in.problem(*value, "duplicate_name", "the name `" + *name + "` is taken; choose another");
    }
    return name.value_or("");
  }

 private:
  std::set<std::string> taken_;
};

void read_codec(Reading& in, const Node& feed, const PluginTables& plugins, FeedSettings& into) {
  const Node* codec = required(in, feed, "codec", "codec: json");
  if (codec == nullptr) return;
  const Node* name = codec;
  if (!codec->is_scalar()) {
    if (!expect_mapping(in, *codec, "codec", "{ plugin: json }")) return;
    name = required(in, *codec, "plugin", "plugin: json");
    if (name == nullptr) return;
  }
  into.codec = read_word(in, *name, "plugin").value_or("");
  if (into.codec.empty()) return;
  const SettingTable* table = find_table(in, *name, plugins, "codec", into.codec);
  if (table == nullptr) return;
  into.codec_settings = read_settings(in, *codec, *table, {"codec " + into.codec, {"plugin"}});
}

void read_kinds(Reading& in, const Node& node, NotifierSettings& into) {
  std::vector<std::string> words;
  words.reserve(kNoticeKinds);
  for (int kind = 0; kind < kNoticeKinds; ++kind) {
    words.emplace_back(name_of(static_cast<NoticeKind>(kind)));
  }
  const auto take = [&](const Node& item) {
    const auto kind = read_choice(in, item, "kinds", words);
    if (kind) into.kinds.push_back(static_cast<NoticeKind>(*kind));
  };
  if (!node.is_list()) return take(node);
  for (const Node& item : node.items) take(item);
}

}  // namespace

std::vector<FeedSettings> read_feeds(Reading& in, const Node& list, const PluginTables& plugins) {
  std::vector<FeedSettings> feeds;
  if (list.is_empty() || !expect_list(in, list, "feeds", "- name: tills")) return feeds;
  Names names;
  for (const Node& node : list.items) {
    if (!expect_mapping(in, node, "feeds", "{ name: tills, plugin: file, codec: json }")) continue;
    FeedSettings feed;
    feed.place = in.place(node);
    feed.name = names.read(in, node, "name: tills");
    const Node* plugin = required(in, node, "plugin", "plugin: file");
    if (plugin != nullptr) feed.plugin = read_word(in, *plugin, "plugin").value_or("");
    const SettingTable* table =
        feed.plugin.empty() ? nullptr : find_table(in, *plugin, plugins, "feed", feed.plugin);
    if (table != nullptr) {
      feed.settings =
          read_settings(in, node, *table, {"feed " + feed.plugin, {"name", "plugin", "codec"}});
    }
    read_codec(in, node, plugins, feed);
    feeds.push_back(std::move(feed));
  }
  return feeds;
}

std::vector<NotifierSettings> read_notifiers(Reading& in, const Node& list,
                                             const PluginTables& plugins) {
  std::vector<NotifierSettings> notifiers;
  if (list.is_empty() || !expect_list(in, list, "notifiers", "- name: mail")) return notifiers;
  Names names;
  for (const Node& node : list.items) {
    if (!expect_mapping(in, node, "notifiers", "{ name: shop, plugin: webhook }")) continue;
    NotifierSettings notifier;
    notifier.place = in.place(node);
    notifier.name = names.read(in, node, "name: shop");
    if (const Node* kinds = node.find("kinds")) read_kinds(in, *kinds, notifier);
    if (notifier.kinds.empty()) {
      for (int kind = 0; kind < kNoticeKinds; ++kind) {
        notifier.kinds.push_back(static_cast<NoticeKind>(kind));
      }
    }
    const Node* plugin = required(in, node, "plugin", "plugin: webhook");
    if (plugin != nullptr) notifier.plugin = read_word(in, *plugin, "plugin").value_or("");
    const SettingTable* table = notifier.plugin.empty()
                                    ? nullptr
                                    : find_table(in, *plugin, plugins, "notifier", notifier.plugin);
    if (table != nullptr) {
      notifier.settings = read_settings(
          in, node, *table, {"notifier " + notifier.plugin, {"name", "plugin", "kinds"}});
    }
    notifiers.push_back(std::move(notifier));
  }
  return notifiers;
}

}  // namespace accrue::config
