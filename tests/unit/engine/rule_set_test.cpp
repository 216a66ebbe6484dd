#include "engine/rule_set.hpp"

#include "evaluation.hpp"

#include <stdexcept>

namespace accrue::test {
namespace {

TEST(RuleSet, ItsHashIsOfItsFilesAndItsPlugins) {
  Program one;
  one.flat("a", 1);
  Program other;
  other.flat("b", 1);
  EXPECT_EQ(one.build()->hash_text(), one.build()->hash_text());
  EXPECT_NE(one.build()->hash_text(), other.build()->hash_text());
  EXPECT_EQ(one.build()->hash_text().size(), 32u);
}

TEST(RuleSet, ARuleTypeNobodyGivesIsRefusedWithItsPlace) {
  Program program;
  program.flat("a", 1).type = "magic.wand";
  program.flat("b", 1).type = "nodot";
  const auto refused = program.try_build();
  ASSERT_FALSE(refused.has_value());
  ASSERT_EQ(refused.error().problems.size(), 2u);
  EXPECT_EQ(refused.error().problems[0].pointer, "rules.yaml:1:3");
  EXPECT_NE(refused.error().problems[0].detail.find("magic.wand"), std::string::npos);
}

class Thrower : public RuleTypes {
 public:
  Result<std::unique_ptr<Rule>> compile(const RuleSpec&) override {
    throw std::runtime_error("never");
  }
};
class Nothing : public RuleTypes {
 public:
  Result<std::unique_ptr<Rule>> compile(const RuleSpec&) override {
    return std::unique_ptr<Rule>();
  }
};

TEST(RuleSet, APluginThatThrowsOrMakesNothingIsRefusedByName) {
  Program program;
  engine::ProgramSpec spec = program.spec();
  spec.rules.resize(2);
  spec.rules[0].id = "a";
  spec.rules[0].type = "throws.x";
  spec.rules[1].id = "b";
  spec.rules[1].type = "nothing.x";
  const auto refused =
      engine::RuleSet::compile(spec, {{"throws", {std::make_shared<Thrower>(), "throws 1.0"}},
                                      {"nothing", {std::make_shared<Nothing>(), "nothing 2.0"}}});
  ASSERT_FALSE(refused.has_value());
  ASSERT_EQ(refused.error().problems.size(), 2u);
  EXPECT_NE(refused.error().problems[0].detail.find("throws 1.0"), std::string::npos);
  EXPECT_NE(refused.error().problems[1].detail.find("nothing 2.0"), std::string::npos);
}

TEST(RuleSet, WhatIsWrongWithRulesAndWithTheirOrderIsToldInOneGo) {
  Program program;
  RuleTraits builds_on;
  builds_on.of = "late";
  program.rule("early", builds_on, [](const Situation&, Proposal&) {});
  builds_on.of = "lost";
  program.rule("patient", builds_on, [](const Situation&, Proposal&) {});
  program.flat("late", 1);
  program.flat("lost", 1).type = "magic.wand";
  const auto refused = program.try_build();
  ASSERT_FALSE(refused.has_value());
  ASSERT_EQ(refused.error().problems.size(), 2u) << "nothing is told of what a lost rule causes";
  EXPECT_EQ(refused.error().problems[0].pointer, "rules.yaml:4:3");
  EXPECT_EQ(refused.error().problems[1].pointer, "rules.yaml:1:3");
  EXPECT_EQ(refused.error().problems[1].code, "bad_order");
}

TEST(RuleSet, RulesThatWatchTheSameGoodsShareOneWatchWithTheLongestHorizon) {
  Program program;
  RuleTraits traits;
  traits.stage = Stage::offer;
  traits.watches = {{{{}, {"tea", "coffee"}}, days(30)}};
  program.rule("a", traits, [](const Situation&, Proposal&) {});
  traits.watches = {{{{}, {"coffee", "tea"}}, months(2)}};
  program.rule("b", traits, [](const Situation&, Proposal&) {});
  const auto rules = program.build();
  ASSERT_EQ(rules->watches().size(), 1u);
  EXPECT_EQ(rules->watches()[0].horizon, months(2));
}

TEST(RuleSet, AWatchIsNamedByItsGoodsNotByTheirOrder) {
  EXPECT_EQ(engine::watch_id({{"A", "B"}, {"c"}}), engine::watch_id({{"B", "A"}, {"c"}}));
  EXPECT_NE(engine::watch_id({{"A"}, {}}), engine::watch_id({{}, {"A"}}));
  EXPECT_NE(engine::watch_id({{"AB"}, {}}), engine::watch_id({{"A", "B"}, {}}));
}

}  // namespace
}  // namespace accrue::test
