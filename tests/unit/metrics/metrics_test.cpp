// What an operator reads at /metrics.
#include "metrics/metrics.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace accrue::metrics {
namespace {

using std::chrono::microseconds;

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

std::size_t lines_with(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++count;
  return count;
}

TEST(Metrics, ShowsWhatWasCountedWithItsLabels) {
  Metrics metrics("1.2.3");
  metrics.transactions.with("sale", "posted").add();
  metrics.transactions.with("sale", "posted").add(2);
  metrics.transactions.with("return", "refused").add();
  metrics.points_outstanding.with("points").set(-30);
  metrics.poster_lag.set(17);
  const std::string text = metrics.text();
  EXPECT_TRUE(has_line(text, "accrue_transactions_total{type=\"sale\",result=\"posted\"} 3"))
      << text;
  EXPECT_TRUE(has_line(text, "accrue_transactions_total{type=\"return\",result=\"refused\"} 1"));
  EXPECT_TRUE(has_line(text, "accrue_points_outstanding{currency=\"points\"} -30"));
  EXPECT_TRUE(has_line(text, "accrue_poster_lag_records 17"));
  EXPECT_TRUE(has_line(text, "accrue_build_info{version=\"1.2.3\"} 1"));
  EXPECT_TRUE(has_line(text, "# TYPE accrue_transactions_total counter"));
}

TEST(Metrics, NeverCountsBackwards) {
  Metrics metrics("1");
  metrics.award_points.with("base").add(10);
  metrics.award_points.with("base").add(-4);
  EXPECT_TRUE(has_line(metrics.text(), "accrue_award_points_total{rule=\"base\"} 10"));
}

TEST(Metrics, CountsLargeNumbersOfPointsExactly) {
  Metrics metrics("1");
  metrics.points_issued.with("points").add(9'007'199'254'740'992);  // 2^53
  EXPECT_NE(metrics.text().find("9007199254740992"), std::string::npos);
}

TEST(Metrics, SortsLatenciesIntoCumulativeBucketsInSeconds) {
  Metrics metrics("1");
  metrics.decision.observe(microseconds(1));  // On a bound: counts there.
  metrics.decision.observe(microseconds(3));  // In 2.5 µs < t <= 5 µs.
  metrics.decision.observe(microseconds(500));
  metrics.decision.observe(std::chrono::seconds(60));  // Beyond the last bound.
  const std::string text = metrics.text();
  EXPECT_TRUE(has_line(text, "accrue_decision_seconds_bucket{le=\"1e-06\"} 1")) << text;
  EXPECT_TRUE(has_line(text, "accrue_decision_seconds_bucket{le=\"5e-06\"} 2"));
  EXPECT_TRUE(has_line(text, "accrue_decision_seconds_bucket{le=\"0.0005\"} 3"));
  EXPECT_TRUE(has_line(text, "accrue_decision_seconds_bucket{le=\"10\"} 3"));
  EXPECT_TRUE(has_line(text, "accrue_decision_seconds_bucket{le=\"+Inf\"} 4"));
  EXPECT_TRUE(has_line(text, "accrue_decision_seconds_count 4"));
  EXPECT_TRUE(has_line(text, "accrue_decision_seconds_sum 60.000504"));
}

TEST(Metrics, SortsSizesIntoBucketsOfRecords) {
  Metrics metrics("1");
  metrics.journal_group.observe(3);
  metrics.journal_group.observe(9'000);
  const std::string text = metrics.text();
  EXPECT_TRUE(has_line(text, "accrue_journal_group_size_bucket{le=\"2\"} 0")) << text;
  EXPECT_TRUE(has_line(text, "accrue_journal_group_size_bucket{le=\"4\"} 1"));
  EXPECT_TRUE(has_line(text, "accrue_journal_group_size_sum 9003"));
}

TEST(Metrics, ShowsOnlyTheActiveRuleSet) {
  Metrics metrics("1");
  metrics.set_rule_set("grocer", "aa");
  metrics.set_rule_set("grocer", "bb");
  const std::string text = metrics.text();
  EXPECT_TRUE(has_line(text, "accrue_rule_set_info{program=\"grocer\",hash=\"bb\"} 1")) << text;
  EXPECT_EQ(text.find("\"aa\""), std::string::npos);
}

TEST(Metrics, CountsTheThousandAndFirstRuleAsOther) {
  Metrics metrics("1");
  for (int i = 0; i < 1'500; ++i) metrics.awards.with("rule-" + std::to_string(i)).add();
  const std::string text = metrics.text();
  EXPECT_EQ(lines_with(text, "accrue_awards_total{"), 1'001U);
  EXPECT_TRUE(has_line(text, "accrue_awards_total{rule=\"other\"} 500"));
  EXPECT_TRUE(has_line(text, "accrue_awards_total{rule=\"rule-999\"} 1"));
  EXPECT_TRUE(has_line(text, "accrue_series_dropped_total 500"));
}

TEST(Metrics, CountsUnprintableOrOverlongLabelsAsOther) {
  Metrics metrics("1");
  metrics.plugin_faults.with("").add();
  metrics.plugin_faults.with("a\nb").add();
  metrics.plugin_faults.with(std::string(129, 'x')).add();
  metrics.plugin_faults.with("caf\xC3\xA9").add();
  metrics.plugin_faults.with(std::string(128, 'x')).add();
  const std::string text = metrics.text();
  EXPECT_TRUE(has_line(text, "accrue_plugin_faults_total{plugin=\"other\"} 4")) << text;
  EXPECT_EQ(lines_with(text, "accrue_plugin_faults_total{"), 2U);
}

TEST(Metrics, TellsTwoLabelsFromTheirConcatenation) {
  Metrics metrics("1");
  metrics.feed_messages.with("ab", "c").add();
  metrics.feed_messages.with("a", "bc").add(5);
  const std::string text = metrics.text();
  EXPECT_TRUE(has_line(text, "accrue_feed_messages_total{feed=\"ab\",result=\"c\"} 1"));
  EXPECT_TRUE(has_line(text, "accrue_feed_messages_total{feed=\"a\",result=\"bc\"} 5"));
}

TEST(Metrics, LosesNothingWhenManyThreadsCountAtOnce) {
  Metrics metrics("1");
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&metrics] {
      for (int i = 0; i < 20'000; ++i) {
        metrics.awards.with("rule-" + std::to_string(i % 100)).add();
        metrics.decision.observe(microseconds(i % 50));
        if (i % 5'000 == 0) (void)metrics.text();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const std::string text = metrics.text();
  EXPECT_EQ(lines_with(text, "accrue_awards_total{"), 100U);
  for (int i = 0; i < 100; ++i) {
    const std::string rule = std::to_string(i);
    EXPECT_TRUE(has_line(text, "accrue_awards_total{rule=\"rule-" + rule + "\"} 800")) << rule;
  }
  EXPECT_TRUE(has_line(text, "accrue_decision_seconds_count 80000"));
}

TEST(Metrics, HandlesMadeByDefaultCountNowhere) {
  Counter().add();
  Gauge().set(1);
  Histogram().observe(microseconds(1));
}

}  // namespace
}  // namespace accrue::metrics
