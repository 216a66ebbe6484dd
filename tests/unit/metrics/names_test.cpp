// The table of names against the documents, the shipped Prometheus files and Prometheus' own tool.
#include "metrics/metrics.hpp"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>

namespace accrue::metrics {
namespace {

const std::string kSource = ACCRUE_SOURCE_DIR;

std::string slurp(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.is_open()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Ran {
  int status = -1;
  std::string output;
};

Ran run(const std::string& command) {
  Ran ran;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return ran;
  std::array<char, 4096> buffer{};
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    ran.output.append(buffer.data(), n);
  }
  const int status = pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

std::string type_name(Type type) {
  return type == Type::counter ? "counter" : type == Type::gauge ? "gauge" : "histogram";
}

std::string labels_text(const Label& labels) {
  std::string text(labels.first);
  if (!labels.second.empty()) text += ", " + std::string(labels.second);
  return text;
}

/// The row that docs/metrics.md must have for a metric.
std::string row(const Name& name) {
  return "| `" + std::string(name.name) + "` | " + type_name(name.type) + " | " +
         labels_text(name.labels) + " | " + std::string(name.unit) + " | " +
         std::string(name.help) + " |";
}

std::set<std::string> names_in(const std::string& text) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz_";
  std::set<std::string> found;
  for (std::size_t at = 0; (at = text.find("accrue_", at)) != std::string::npos;) {
    const std::size_t end = text.find_first_not_of(kLetters, at);
    found.insert(text.substr(at, end - at));
    at = end;
  }
  return found;
}

/// One value in every metric there is.
void touch_all(Metrics& metrics) {
  metrics.transactions.with("sale", "posted").add();
  for (const auto* family : {&metrics.awards, &metrics.award_points}) family->with("base").add();
  for (const auto* family : {&metrics.points_issued, &metrics.points_redeemed,
                             &metrics.points_expired, &metrics.points_reversed}) {
    family->with("points").add();
  }
  metrics.points_outstanding.with("points").set(1);
  metrics.liability.with("GBP").set(1);
  for (const auto* gauge :
       {&metrics.outbox_due, &metrics.outbox_oldest, &metrics.notifier_disabled}) {
    gauge->with("log").set(1);
  }
  metrics.notices.with("log", "delivered").add();
  metrics.rule_set_reloads.with("ok").add();
  metrics.feed_messages.with("tills", "posted").add();
  metrics.feed_position.with("tills").set(1);
  metrics.feed_sources.with("tills", "finished").add();
  metrics.feed_up.with("tills").set(1);
  metrics.plugin_faults.with("log").add();
  metrics.http_requests.with("/v1/transactions", "200").add();
  metrics.http_seconds.with("/v1/transactions").observe(std::chrono::milliseconds(2));
  metrics.set_rule_set("grocer", "0123456789abcdef0123456789abcdef");
}

TEST(MetricNames, AreAllShown) {
  Metrics metrics("1.0");
  touch_all(metrics);
  const std::string text = metrics.text();
  for (const Name* name : kAllNames) {
    EXPECT_NE(text.find("# TYPE " + std::string(name->name) + " " + type_name(name->type) + "\n"),
              std::string::npos)
        << name->name;
  }
}

TEST(MetricNames, AreDocumentedOneRowEachAndNothingElseIs) {
  const std::string page = slurp(kSource + "/docs/metrics.md");
  std::size_t rows = 0;
  for (std::istringstream lines(page); lines;) {
    std::string line;
    std::getline(lines, line);
    if (line.starts_with("| `accrue_")) ++rows;
  }
  EXPECT_EQ(rows, kAllNames.size());
  for (const Name* name : kAllNames) {
    EXPECT_NE(page.find(row(*name) + "\n"), std::string::npos) << "docs/metrics.md lacks the row\n"
                                                               << row(*name);
  }
}

TEST(MetricNames, UsedInAlertsAllExist) {
  std::set<std::string> known;
  for (const Name* name : kAllNames) {
    known.insert(std::string(name->name));
    if (name->type != Type::histogram) continue;
    for (const char* suffix : {"_bucket", "_sum", "_count"}) {
      known.insert(std::string(name->name) + suffix);
    }
  }
  for (const std::string& name : names_in(slurp(kSource + "/config/prometheus/alerts.yaml"))) {
    EXPECT_TRUE(known.contains(name)) << name;
  }
}

TEST(Promtool, FindsNothingWrongWithTheMetrics) {
  Metrics metrics("1.0");
  touch_all(metrics);
  const std::string path = testing::TempDir() + "accrue_metrics.txt";
  std::ofstream(path) << metrics.text();
  const Ran ran = run("promtool check metrics < '" + path + "'");
  EXPECT_EQ(ran.status, 0) << ran.output << "(promtool is in Debian's package prometheus)";
  EXPECT_EQ(ran.output, "");
  std::filesystem::remove(path);
}

TEST(Promtool, FindsNothingWrongWithTheShippedFiles) {
  const std::string folder = kSource + "/config/prometheus/";
  const Ran rules = run("promtool check rules '" + folder + "alerts.yaml'");
  EXPECT_EQ(rules.status, 0) << rules.output << "(promtool is in Debian's package prometheus)";
  EXPECT_NE(rules.output.find("SUCCESS: 13 rules found"), std::string::npos) << rules.output;
  const Ran scrape = run("promtool check config '" + folder + "scrape.yaml'");
  EXPECT_EQ(scrape.status, 0) << scrape.output;
}

TEST(Promtool, SeesTheAlertsFireWhenTheyShould) {
  const Ran ran = run("promtool test rules '" + kSource + "/tests/unit/metrics/alerts.test.yaml'");
  EXPECT_EQ(ran.status, 0) << ran.output;
}

}  // namespace
}  // namespace accrue::metrics
