// A bench to put one rule of a real plugin on: opened through the host, compiled from settings as
// text, asked about baskets of a program in London. One thread.
#pragma once

#include <accrue/plugin.hpp>
#include <accrue/rule.hpp>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace accrue::tests {

/// REQUIRES: RFC 3339 text.
Timestamp at(std::string_view text);
Money pounds(std::string_view text);

class FakeMember final : public MemberView {
 public:
  const MemberId& id() const override { return id_; }
  bool is_new() const override { return fresh; }
  Timestamp enrolled_at() const override { return {}; }
  std::optional<Timestamp> last_activity() const override { return std::nullopt; }
  std::optional<AttributeValue> attribute(std::string_view) const override { return std::nullopt; }
  Points available(std::string_view) const override { return Points(); }
  bool has_open_offer(std::string_view rule) const override {
    return open_offers.contains(std::string(rule));
  }
  std::int64_t times_awarded(std::string_view rule) const override {
    const auto found = awarded.find(std::string(rule));
    return found == awarded.end() ? 0 : found->second;
  }

  bool fresh = false;
  std::set<std::string> open_offers;
  std::map<std::string, std::int64_t> awarded;

 private:
  MemberId id_ = MemberId::trusted("M1");
};

/// A question to a rule. Every line of the basket is let through unless `lines` is set.
struct Question {
  TransactionType type = TransactionType::sale;
  Timestamp time = at("2026-01-06T18:00:00Z");
  std::vector<std::pair<std::string, std::string>> basket;  ///< Quantity, amount.
  std::string event;
  std::vector<std::uint32_t> lines;
  std::vector<Award> awards;
  std::vector<std::optional<Timestamp>> last_bought;
  std::vector<std::uint8_t> buys_now;
  std::optional<Issue> issue;
  FakeMember member;
};

Question basket_of(std::string amount);

class RuleBench {
 public:
  /// Opens the plugin; a test fails when it cannot.
  explicit RuleBench(const std::string& plugin, std::string_view currency = "GBP");
  ~RuleBench();

  using Texts = std::vector<std::pair<std::string, std::string>>;
  using Items = std::vector<std::pair<std::string, ItemFilter>>;
  /// The rule "r" of that type in points currency "points". Settings as a program would write them;
  /// the one at index i is placed at r.yaml:<i + 2>:5.
  Result<std::unique_ptr<Rule>> compile(const std::string& type, const Texts& texts,
                                        const Items& items = {});

  Proposal ask(const Rule& rule, const Question& question) const;
  /// Compiles and asks.
  Proposal ask(const std::string& type, const Texts& texts, const Question& question);
  /// The sentence and place with which the settings are refused, or "accepted".
  std::string refusal(const std::string& type, const Texts& texts, const Items& items = {});

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace accrue::tests
