// Rule types that throw, or propose what may not be: each costs its own proposal and nothing else.
#include <accrue/plugin.hpp>
#include <accrue/rule.hpp>

#include <array>
#include <limits>
#include <map>
#include <stdexcept>

namespace accrue::unruly {
namespace {

using Evaluate = void (*)(const Situation&, Proposal&);

ProposedAward award_of(std::int64_t points, std::vector<std::int64_t> by_line = {}) {
  return {Points(points), "unruly", std::move(by_line)};
}

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

const std::map<std::string, Evaluate>& kinds() {
  static const std::map<std::string, Evaluate> table{
      {"throws", [](const Situation&, Proposal&) { throw std::runtime_error("a fit"); }},
      {"throws_a_number", [](const Situation&, Proposal&) { throw 42; }},
      {"negative", [](const Situation&, Proposal& out) { out.award = award_of(-1000); }},
      {"absurd", [](const Situation&, Proposal& out) { out.award = award_of(kLargest); }},
      {"wrong_sum", [](const Situation&, Proposal& out) { out.award = award_of(10, {9}); }},
      {"too_many_lines",
       [](const Situation&, Proposal& out) {
         out.award = award_of(10, {5, 5});
       }},
      {"overflowing_lines",
       [](const Situation&, Proposal& out) { out.award = award_of(10, {kLargest}); }},
      {"long_reason",
       [](const Situation&, Proposal& out) {
         out.award = award_of(1);
         out.award->reason.assign(100'000, 'x');
       }},
      {"offer_of_the_past",
       [](const Situation& at, Proposal& out) {
         out.offer.emplace();
         out.offer->award = Points(10);
         out.offer->valid_until = at.transaction.time - std::chrono::hours(1);
       }},
      {"offer_below_zero",
       [](const Situation& at, Proposal& out) {
         out.offer.emplace();
         out.offer->award = Points(-10);
         out.offer->valid_until = at.transaction.time + std::chrono::hours(1);
       }},
  };
  return table;
}

class UnrulyRule final : public Rule {
 public:
  explicit UnrulyRule(Evaluate how) : evaluate_(how) {}
  const RuleTraits& traits() const override { return traits_; }
  void evaluate(const Situation& situation, Proposal& proposal) const override {
    evaluate_(situation, proposal);
  }

 private:
  Evaluate evaluate_;
  RuleTraits traits_;
};

class UnrulyRules final : public RuleTypes {
 public:
  static Result<std::unique_ptr<UnrulyRules>> create(const PluginContext&) {
    return std::make_unique<UnrulyRules>();
  }
  Result<std::unique_ptr<Rule>> compile(const RuleSpec& spec) override {
    if (spec.type == "throws_in_compile") throw std::runtime_error("a fit");
    return std::unique_ptr<Rule>(std::make_unique<UnrulyRule>(kinds().at(spec.type)));
  }
};

constexpr accrue_setting of(const char* type) {
  return {type, "strength", ACCRUE_INTEGER, 0, "1", "", "", "Does nothing.", 0, 9};
}

constexpr std::array kSettings{of("throws"),
                               of("throws_a_number"),
                               of("negative"),
                               of("absurd"),
                               of("wrong_sum"),
                               of("too_many_lines"),
                               of("overflowing_lines"),
                               of("long_reason"),
                               of("offer_of_the_past"),
                               of("offer_below_zero"),
                               of("throws_in_compile")};

}  // namespace
}  // namespace accrue::unruly

ACCRUE_PLUGIN(ACCRUE_RULE, accrue::RuleTypes, accrue::unruly::UnrulyRules, "unruly", "1.0",
              "Breaks every promise of a rule.", accrue::unruly::kSettings);
