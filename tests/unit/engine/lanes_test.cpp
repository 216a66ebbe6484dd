#include "evaluation.hpp"

namespace accrue::test {
namespace {

using engine::LanePolicy;

/// As earning.multiply: the points of another rule once more, line by line.
Evaluate once_more(const std::string& of) {
  return [of](const Situation& situation, Proposal& proposal) {
    ProposedAward award{Points(), "doubled", {}};
    for (const std::uint32_t line : situation.lines) {
      std::int64_t points = 0;
      for (const Award& earned : situation.awards) {
        if (earned.rule == of) points += earned.by_line[line];
      }
      award.by_line.push_back(points);
      award.points += Points(points);
    }
    proposal.award = award;
  };
}

RuleTraits building_on(const std::string& of) {
  RuleTraits traits;
  traits.of = of;
  return traits;
}

TEST(Lanes, InALaneThatStacksEveryRuleGives) {
  Program program;
  program.flat("a", 3);
  program.flat("b", 4);
  EXPECT_EQ(earned(program, sale_of(100, "S", "2026-01-06")), "a 3, b 4");
}

TEST(Lanes, InALaneForTheBestOnlyTheLargestGivesAndOfEqualsTheFirst) {
  Program program;
  program.lanes({{"bonus", LanePolicy::best}});
  program.flat("a", 3);
  program.flat("b", 7);
  program.flat("c", 7);
  program.flat("d", 5);
  EXPECT_EQ(earned(program, sale_of(100, "S", "2026-01-06")), "b 7");
}

TEST(Lanes, InALaneForTheFirstTheFirstThatGivesAnythingGives) {
  Program program;
  program.lanes({{"bonus", LanePolicy::first}});
  program.flat("none", 0);
  program.flat("shut", 9).when.stores = {"S999"};
  program.flat("a", 3);
  program.flat("b", 7);
  EXPECT_EQ(earned(program, sale_of(100, "S", "2026-01-06")), "a 3");
}

TEST(Lanes, AreAskedInTheirOrderHoweverTheRulesAreWritten) {
  Program program;
  program.lanes({{"base", LanePolicy::stack}, {"bonus", LanePolicy::best}, {"partner", {}}});
  program.flat("p", 1).lane = "partner";
  program.flat("small", 2).lane = "bonus";
  program.flat("base", 3);
  program.flat("large", 4).lane = "bonus";
  EXPECT_EQ(earned(program, sale_of(100, "S", "2026-01-06")), "base 3, large 4, p 1");
}

TEST(Lanes, ARuleBuildsOnTheAwardsOfEarlierLanesLineByLine) {
  Program program;
  program.lanes({{"base", LanePolicy::stack}, {"bonus", LanePolicy::best}});
  program.spend("base");
  auto& twice = program.rule("double", building_on("base"), once_more("base"));
  twice.lane = "bonus";
  twice.items = ItemFilter{{}, {"tea"}};
  const Decision decision =
      decided(program, sale("S", "M1", "2026-01-06", {{"tea", 1000}, {"food", 600}, {"tea", 400}}));
  EXPECT_EQ(text_of(decision.awards), "base 20, double 14");
  EXPECT_EQ(decision.awards[1].by_line, (std::vector<std::int64_t>{10, 0, 4}));
}

TEST(Lanes, ARuleBuildsOnWhatALimitLeft) {
  Program program;
  program.spend("base").limits = {
      {LimitScope::member, 6, std::nullopt, engine::LimitPeriod::transaction}};
  program.rule("double", building_on("base"), once_more("base"));
  EXPECT_EQ(earned(program, sale_of(2000, "S", "2026-01-06")), "base 6, double 6");
}

TEST(Lanes, ARuleThatBuildsOnALaterOneIsRefusedWithItsPlace) {
  Program program;
  program.rule("double", building_on("base"), once_more("base"));
  program.spend("base");
  const auto refused = program.try_build();
  ASSERT_FALSE(refused.has_value());
  ASSERT_EQ(refused.error().problems.size(), 1u);
  EXPECT_EQ(refused.error().problems[0].pointer, "rules.yaml:1:3");
  EXPECT_NE(refused.error().problems[0].detail.find("double builds on base"), std::string::npos);
}

TEST(Lanes, ARuleCannotBuildOnARivalOfItsOwnLane) {
  Program program;
  program.lanes({{"bonus", LanePolicy::best}});
  program.spend("base");
  program.rule("double", building_on("base"), once_more("base"));
  EXPECT_FALSE(program.try_build().has_value());
}

TEST(Lanes, AnAwardIsSharedOverItsLinesByAmountWithNothingForCorrections) {
  Program program;
  program.spend("base");
  const Decision decision =
      decided(program, sale("S", "M1", "2026-01-06", {{"a", 700}, {"a", -300, -1}, {"b", 300}}));
  // 7 points for 7.00, over 7.00 and 3.00: 4.9 and 2.1.
  EXPECT_EQ(decision.awards[0].by_line, (std::vector<std::int64_t>{5, 0, 2}));
}

TEST(Lanes, AnAwardThatIsNotForGoodsBelongsToNoLine) {
  Program program;
  RuleTraits joining;
  joining.types = {TransactionType::sale, TransactionType::event, TransactionType::member};
  program.rule("welcome", joining, [](const Situation& situation, Proposal& proposal) {
    if (situation.member.is_new()) proposal.award = ProposedAward{Points(100), "joined", {}};
  });
  FakeMember member;
  member.fresh = true;
  const Decision decision = decided(program, sale_of(500, "S", "2026-01-06"), member);
  EXPECT_EQ(text_of(decision.awards), "welcome 100");
  EXPECT_TRUE(decision.awards[0].by_line.empty());
}

TEST(Lanes, AReturnWithoutItsSaleTakesBackWhatTheFirstLanesMirroringRulesGive) {
  Program program;
  program.lanes({{"base", LanePolicy::stack}, {"bonus", LanePolicy::best}});
  program.spend("base");
  program.flat("flat", 50);
  program.spend("bonus", 3).lane = "bonus";
  const Decision decision = decided(
      program, unlinked_return("R", "M1", "2026-01-06", {{"a", -700, -1}, {"b", -350, -1}}));
  EXPECT_EQ(text_of(decision.awards), "base -10");
  EXPECT_EQ(decision.awards[0].by_line, (std::vector<std::int64_t>{-7, -3}));
  EXPECT_EQ(decision.awards[0].reason, "returned: spent");
  EXPECT_TRUE(decision.opened.empty());
}

}  // namespace
}  // namespace accrue::test
