// accrued.yaml: defaults, every key shown, overrides, plugins' settings and faults.
#include "tables.hpp"

#include "config/yaml_reader.hpp"

namespace accrue::config {
namespace {

using testing::Folder;
using testing::row;

const PluginTables& plugins() {
  static const std::vector<accrue_setting> file{row("path", ACCRUE_TEXT, true),
                                                row("watch", ACCRUE_BOOLEAN, false, "false")};
  static const std::vector<accrue_setting> csv{row("columns", ACCRUE_MAP, true)};
  static const std::vector<accrue_setting> hook{row("url", ACCRUE_TEXT, true)};
  const auto table = [](const std::vector<accrue_setting>& rows) {
    SettingTable pointers;
    for (const auto& r : rows) pointers.push_back(&r);
    return pointers;
  };
  static const PluginTables tables{{"feed.file", table(file)},
                                   {"codec.csv", table(csv)},
                                   {"codec.json", {}},
                                   {"notifier.webhook", table(hook)},
                                   {"notifier.log", {}}};
  return tables;
}

class AccruedYaml : public ::testing::Test {
 protected:
  Result<DaemonSettings> load(std::string_view text, const std::vector<Override>& set = {}) const {
    folder_.write("accrued.yaml", text);
    return load_settings(folder_.path() / "accrued.yaml", plugins(), set);
  }
  void expect_told(std::string_view text, const char* words) const {
    const auto settings = load(text);
    ASSERT_FALSE(settings.has_value()) << text;
    const std::string told = testing::told(settings.error(), folder_.path());
    EXPECT_NE(told.find(words), std::string::npos) << told;
  }

  Folder folder_;
};

TEST(AccruedDefaults, AreThoseOfTheTable) {
  const auto settings = load_settings("", plugins());
  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(settings->data_folder, "/var/lib/accrue");
  EXPECT_EQ(settings->http.address, "127.0.0.1");
  EXPECT_EQ(settings->http.port, 8080);
  EXPECT_TRUE(settings->http.api_keys.empty());
  EXPECT_EQ(settings->http.transaction_bytes, 1024U * 1024U);
  EXPECT_EQ(settings->http.batch_bytes, 64U * 1024U * 1024U);
  EXPECT_EQ(settings->http.header_bytes, 8192U);
  EXPECT_EQ(settings->http.header_fields, 64U);
  EXPECT_EQ(settings->http.connections, 4096U);
  EXPECT_EQ(settings->http.header.count(), 10);
  EXPECT_EQ(settings->http.body.count(), 30);
  EXPECT_EQ(settings->http.write.count(), 10);
  EXPECT_EQ(settings->http.idle.count(), 60);
  EXPECT_EQ(settings->segment_mb, 256U);
  EXPECT_TRUE(settings->pack_journal);
  EXPECT_EQ(settings->map_gb, 64U);
  EXPECT_EQ(settings->cache_mb, 256U);
  EXPECT_EQ(settings->queue, 4096U);
  EXPECT_EQ(settings->group_max, 512U);
  EXPECT_EQ(settings->unposted_max, 50'000U);
  EXPECT_EQ(settings->ticks, TickSource::wall);
  EXPECT_FALSE(settings->watch_program);
  EXPECT_FALSE(settings->allow_any_filesystem);
  EXPECT_EQ(settings->log_level, "info");
}

TEST(AccruedDefaults, AreShownByTheShippedFileKeyByKey) {
  const std::filesystem::path file =
      std::filesystem::path(ACCRUE_SOURCE_DIR) / "config/accrued.yaml";
  ASSERT_TRUE(load_settings(file, plugins()).has_value());
  Problems problems;
  Reading in("accrued.yaml", problems);
  std::ifstream stream(file);
  const std::string text(std::istreambuf_iterator<char>(stream), {});
  const auto tree = parse_yaml_mapping(in, text, "");
  ASSERT_TRUE(tree);
  for (const accrue_setting& wanted : setting_rows()) {
    const std::string key = wanted.key;
    const auto dot = key.find('.');
    const Node* group = tree->find(key.substr(0, dot));
    const Node* value = group == nullptr ? nullptr : group->find(key.substr(dot + 1));
    ASSERT_NE(value, nullptr) << key << " is not in config/accrued.yaml";
    EXPECT_EQ(value->text, wanted.default_value) << key;
    EXPECT_NE(settings_help().find(key), std::string::npos);
  }
  EXPECT_NE(text.find("feeds:"), std::string::npos);
  EXPECT_NE(text.find("notifiers:"), std::string::npos);
}

TEST_F(AccruedYaml, TakesFeedsAndNotifiersWithTheirPluginsSettings) {
  const auto settings = load(
      "data: { folder: state }\n"
      "http: { listen: \"[::1]:0\" }\n"
      "ticks: { source: feed }\n"
      "feeds:\n"
      "  - name: tills\n"
      "    plugin: file\n"
      "    path: in\n"
      "    codec: { plugin: csv, columns: { InvoiceNo: id } }\n"
      "  - { name: web, plugin: file, path: web, watch: true, codec: json }\n"
      "notifiers:\n"
      "  - { name: shop, plugin: webhook, url: \"https://x\", kinds: [offer_made] }\n"
      "  - { name: all, plugin: log }\n");
  ASSERT_TRUE(settings.has_value()) << testing::told(settings.error(), folder_.path());
  EXPECT_EQ(settings->data_folder, folder_.path() / "state") << "relative to the file's folder";
  EXPECT_EQ(settings->http.address, "::1");
  EXPECT_EQ(settings->http.port, 0);
  EXPECT_EQ(settings->ticks, TickSource::feed);
  ASSERT_EQ(settings->feeds.size(), 2U);
  EXPECT_EQ(settings->feeds[0].settings.text("path"), "in");
  EXPECT_EQ(settings->feeds[0].codec, "csv");
  EXPECT_EQ(settings->feeds[0].codec_settings.map("columns")[0].second, "id");
  EXPECT_FALSE(settings->feeds[0].settings.boolean("watch"));
  EXPECT_TRUE(settings->feeds[1].settings.boolean("watch"));
  EXPECT_EQ(settings->feeds[1].codec, "json");
  ASSERT_EQ(settings->notifiers.size(), 2U);
  EXPECT_EQ(settings->notifiers[0].kinds, (std::vector<NoticeKind>{NoticeKind::offer_made}));
  EXPECT_EQ(settings->notifiers[1].kinds.size(), 5U);
}

TEST_F(AccruedYaml, IsRefusedWithPlaceAndCure) {
  expect_told("", "accrued.yaml:1:1 empty_file");
  expect_told("htp: { listen: a }\n",
              ":1:1 unknown_key `htp` is no setting of accrued; did you mean `http`?");
  expect_told("http: { lsten: a }\n",
              ":1:9 unknown_key `http.lsten` is no setting of accrued; did you mean `listen`?");
  expect_told("http: { listen: here }\n",
              ":1:17 bad_address `http.listen` is \"here\"; write an address");
  expect_told("http: { listen: \"127.0.0.1:99999\" }\n", "bad_address");
  expect_told("http: { listen: \"0.0.0.0:80\" }\n", ":1:17 keys_required");
  expect_told("http: { listen: \"[::]:80\" }\n", "keys_required");
  expect_told("http: { header_fields: 64.0 }\n", ":1:24 wrong_type");
  expect_told("http: { idle_s: 0 }\n",
              ":1:17 out_of_range `http.idle_s` is 0; write a number of 1 to 86400");
  expect_told("program: { watch: on }\n",
              ":1:19 wrong_type `program.watch` is \"on\"; write true or false");
  expect_told("ticks: { source: clock }\n", "write wall or feed");
  expect_told("log: { level: warn }\n", "did you mean `warning`?");
  expect_told("store:\n", ":1:1 wrong_type `store` is empty; write a mapping");
  expect_told("http.listen: \"127.0.0.1:1\"\n", "write it as `http: { listen: … }`");
  expect_told("feeds: { name: a }\n", ":1:8 wrong_type `feeds` is a mapping; write a list");
  expect_told("feeds: [ { name: a, plugin: fil, codec: json } ]\n",
              ":1:29 unknown_plugin there is no feed plugin `fil`; did you mean `file`?");
  expect_told("feeds: [ { name: a, plugin: file, codec: json } ]\n",
              "`path` is missing: feed file needs it");
  expect_told("feeds: [ { name: a, plugin: file, path: p } ]\n", "`codec` is missing");
  expect_told("feeds: [ { name: a, plugin: file, path: p, codec: { plugin: csv } } ]\n",
              "`columns` is missing: codec csv needs it");
  expect_told("feeds: [ { name: A b, plugin: file, path: p, codec: json } ]\n", ":1:18 bad_name");
  expect_told("notifiers: [ { name: a, plugin: log }, { name: a, plugin: log } ]\n",
              ":1:48 duplicate_name");
  expect_told("notifiers: [ { name: a, plugin: log, kinds: offers } ]\n",
              ":1:45 wrong_type `kinds`");
}

TEST_F(AccruedYaml, MayListenBeyondLoopbackWithKeys) {
  const auto settings = load("http: { listen: \"0.0.0.0:80\", api_keys: keys }\n");
  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(settings->http.api_keys, folder_.path() / "keys");
}

TEST_F(AccruedYaml, GivesWayToOverrides) {
  const auto set = [](const char* text) { return parse_override(text).value(); };
  const auto settings = load("http: { listen: \"127.0.0.1:1\" }\ndata: { folder: a }\n",
                             {set("http.listen=127.0.0.1:2"), set("data.folder=b"),
                              set("road.queue=9"), set("program.watch=true")});
  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(settings->http.port, 2);
  EXPECT_EQ(settings->data_folder, "b") << "relative to where the daemon is started";
  EXPECT_EQ(settings->queue, 9U);
  EXPECT_TRUE(settings->watch_program);
}

TEST_F(AccruedYaml, ChecksOverridesLikeTheFile) {
  const auto settings = load("data: { folder: a }\n", {parse_override("road.queue=many").value()});
  ASSERT_FALSE(settings.has_value());
  EXPECT_EQ(settings.error().problems[0].pointer, "--set road.queue");
  const auto typo = parse_override("road.qeue=1");
  ASSERT_FALSE(typo.has_value());
  EXPECT_EQ(typo.error().message, "--set: `road.qeue` is no setting; did you mean `road.queue`?");
  EXPECT_FALSE(parse_override("road.queue").has_value());
}

TEST(AccruedEnvironment, SetsKeysByTheirName) {
  const auto overrides = overrides_from([](const char* name) -> const char* {
    return std::string_view(name) == "ACCRUE_HTTP_API_KEYS" ? "/run/keys" : nullptr;
  });
  ASSERT_EQ(overrides.size(), 1U);
  EXPECT_EQ(overrides[0].key, "http.api_keys");
  EXPECT_EQ(overrides[0].value, "/run/keys");
}

TEST(AccruedEnvironment, IsWarnedOfNamesThatSetNothing) {
  const char* const environment[] = {"PATH=/bin",
                                     "ACCRUE_HTTP_LISTN=127.0.0.1:1",
                                     "ACCRUE_HTTP_LISTEN=127.0.0.1:2",
                                     "ACCRUE_DATA=/a/test's/own",
                                     "ACCRUE_",
                                     "ACCRUE_SHOP_HOURS=9",
                                     nullptr};
  const auto told = idle_variables(environment);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0],
            "the environment variable ACCRUE_HTTP_LISTN sets nothing; did you mean "
            "`ACCRUE_HTTP_LISTEN`?");
  EXPECT_EQ(told[1].find("the environment variable ACCRUE_SHOP_HOURS sets nothing"), 0U);
}

TEST(AccruedPlugins, AreFoundBeforeTheirSettingsCanBeChecked) {
  Folder folder;
  folder.write("accrued.yaml", "plugins: { folder: mine }\nfeeds: [ { plugin: unknown } ]\n");
  const auto found = find_plugins_folder(folder.path() / "accrued.yaml");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(*found, folder.path() / "mine");
}

}  // namespace
}  // namespace accrue::config
