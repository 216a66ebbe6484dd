// Rules are found by what a transaction has. What they decide is what asking every rule decides.
#include "evaluation.hpp"
#include "every_rule.hpp"

#include <rapidcheck/gtest.h>

#include <random>
#include <sstream>

namespace accrue::test {
namespace {

/// Draws from few values, so that clauses and baskets often meet.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : random_(seed) {}

  int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random_); }
  bool one_in(int chances) { return below(chances) == 0; }
  template <class T>
  T any(const std::vector<T>& of) {
    return of[static_cast<std::size_t>(below(static_cast<int>(of.size())))];
  }
  template <class T>
  std::vector<T> some(const std::vector<T>& of, int at_most) {
    std::vector<T> drawn;
    for (int left = below(at_most + 1); left > 0; --left) drawn.push_back(any(of));
    return drawn;
  }

 private:
  std::mt19937 random_;
};

using Texts = std::vector<std::string>;
const Texts kSkus{"A1", "A2", "A11", "B1", "B2", "a-much-longer-name-1", "a-much-longer-name-2"};
const Texts kCategories{"tea", "coffee", "drinks", "teapots"};
const Texts kStores{"S1", "S2", "S3", ""};
const Texts kEvents{"review", "sign_up", "survey"};
const Texts kTiers{"gold", "silver", "5", "true"};
const Texts kDays{"2026-01-05", "2026-01-06T12:00:00", "2026-01-09", "2026-03-29", "2026-10-25"};
const std::vector<TransactionType> kTypes{TransactionType::sale, TransactionType::goods_return,
                                          TransactionType::event, TransactionType::member};

ItemFilter filter(Dice& dice) {
  ItemFilter items{dice.some(kSkus, 2), dice.some(kCategories, 2)};
  if (dice.one_in(4)) items.skus.push_back(dice.any<std::string>({"A*", "*", "B1*"}));
  if (dice.one_in(6)) items.categories.push_back(dice.any<std::string>({"tea*", "*", ""}));
  return items;
}

std::optional<LocalTime> day(Dice& dice, int chances) {
  if (!dice.one_in(chances)) return std::nullopt;
  return local(dice.any(kDays));
}

engine::When when(Dice& dice) {
  engine::When when;
  if (dice.one_in(5)) when.weekdays = dice.some(std::vector<int>{1, 2, 5, 7}, 3);
  if (dice.one_in(6)) {
    when.time = engine::When::Window{std::chrono::minutes(60 * dice.below(24)),
                                     std::chrono::minutes(60 * dice.below(24))};
  }
  when.from = day(dice, 5);
  when.until = day(dice, 5);
  if (dice.one_in(3)) when.stores = dice.some(kStores, 2);
  if (dice.one_in(6)) when.tiers = dice.some(kTiers, 2);
  if (dice.one_in(8)) when.events = dice.some(kEvents, 2);
  if (dice.one_in(8)) when.types = dice.some(kTypes, 3);
  if (dice.one_in(8))
    when.member = {{dice.any<std::string>({"tier", "level"}), dice.some(kTiers, 2)}};
  return when;
}

std::vector<engine::Limit> limits(Dice& dice) {
  std::vector<engine::Limit> made;
  for (int left = dice.one_in(3) ? 1 + dice.below(2) : 0; left > 0; --left) {
    engine::Limit limit;
    limit.scope = dice.one_in(2) ? LimitScope::member : LimitScope::campaign;
    limit.per = static_cast<engine::LimitPeriod>(dice.below(7));
    if (dice.one_in(2)) limit.points = 1 + dice.below(20);
    if (dice.one_in(2)) limit.times = 1 + dice.below(3);
    made.push_back(limit);
  }
  return made;
}

/// What a rule was asked, as text.
std::string question(const std::string& id, const Situation& asked) {
  std::ostringstream text;
  text << id << " lines";
  for (const std::uint32_t line : asked.lines) text << ' ' << line;
  text << " amount " << asked.amount.minor() << " at "
       << asked.local_time.time_since_epoch().count() << " awards " << asked.awards.size();
  for (std::size_t i = 0; i < asked.buys_now.size(); ++i) {
    text << " watch " << int{asked.buys_now[i]} << ' ' << asked.last_bought[i].has_value();
  }
  if (asked.issue) text << " issue " << asked.issue->rule << ' ' << asked.issue->points.count();
  return std::move(text).str() + "\n";
}

/// Points for amount and lines; for no line, too, unless the rule needs some.
void propose_award(const RuleTraits& traits, int salt, const Situation& asked, Proposal& proposal) {
  std::int64_t points = asked.amount.minor() / 100;
  if (!traits.needs_lines) points += salt % 4;
  for (const std::uint8_t now : asked.buys_now) points += 2 * now;
  for (const auto& last : asked.last_bought) points += last ? 3 : 0;
  for (const Award& award : asked.awards) {
    if (award.rule == traits.of) points += award.points.count();
  }
  if (salt % 5 == 0 && !asked.lines.empty()) {
    // By line, and not by amount.
    ProposedAward award{Points(static_cast<std::int64_t>(asked.lines.size())), "each line", {}};
    award.by_line.assign(asked.lines.size(), 1);
    proposal.award = award;
  } else if (points > 0) {
    proposal.award = ProposedAward{Points(points), "points " + std::to_string(salt), {}};
  }
  if (salt % 7 == 0) proposal.hint = ProposedHint{Points(1), Money::from_minor(salt), "nearly"};
}

class RandomProgram {
 public:
  explicit RandomProgram(Dice& dice) {
    program_.lanes({{"one", dice.any(kPolicies)},
                    {"two", dice.any(kPolicies)},
                    {"three", dice.any(kPolicies)}});
    const int count = 1 + dice.below(40);
    for (int number = 0; number < count; ++number) add(dice, number);
  }

  std::shared_ptr<const engine::RuleSet> build() const { return program_.build(); }
  /// What was asked since the last call.
  std::string take_asked() { return std::exchange(asked_, ""); }

 private:
  static inline const std::vector<engine::LanePolicy> kPolicies{
      engine::LanePolicy::stack, engine::LanePolicy::best, engine::LanePolicy::first};

  void add(Dice& dice, int number) {
    const std::string id = "r" + std::to_string(number);
    RuleTraits traits;
    traits.stage = dice.one_in(3) ? static_cast<Stage>(dice.below(4)) : Stage::earn;
    traits.types = {dice.any(kTypes), dice.any(kTypes), TransactionType::sale};
    traits.needs_lines = dice.one_in(2);
    traits.mirrors_returns = dice.one_in(2);
    traits.is_same_for_all = dice.one_in(2);
    if (dice.one_in(6)) traits.events = dice.some(kEvents, 2);
    if (dice.one_in(5)) {
      traits.watches = {{filter(dice), days(30), dice.one_in(2)}, {filter(dice), days(60), false}};
    }
    const std::string lane = dice.any<std::string>({"one", "two", "three"});
    // Only rules of the first lane stand before every rule of the others.
    if (traits.stage == Stage::earn && lane != "one" && !first_lane_.empty() && dice.one_in(3)) {
      traits.of = dice.any(first_lane_);
    }
    auto& text = program_.rule(
        id, traits, [this, id, traits, number](const Situation& asked, Proposal& proposal) {
          asked_ += question(id, asked);
          propose(traits, number, asked, proposal);
        });
    text.lane = lane;
    if (dice.one_in(4)) text.currency = "status";
    if (dice.one_in(2)) text.items = filter(dice);
    if (dice.one_in(4)) text.except = filter(dice);
    text.when = when(dice);
    text.active_from = day(dice, 6);
    text.active_until = day(dice, 6);
    text.limits = limits(dice);
    if (traits.stage == Stage::earn && lane == "one") first_lane_.push_back(id);
  }

  static void propose(const RuleTraits& traits, int salt, const Situation& asked,
                      Proposal& proposal) {
    if (traits.stage == Stage::expire || traits.stage == Stage::inactivity) {
      if (salt % 3 != 0) {
        proposal.expiry = ProposedExpiry{asked.transaction.time + std::chrono::hours(salt), {}};
      }
    } else if (traits.stage == Stage::offer) {
      const Timestamp end = asked.transaction.time + std::chrono::hours(24);
      proposal.offer = OfferTerms{Points(salt + 1), {}, Money(), end, "come back"};
    } else {
      propose_award(traits, salt, asked, proposal);
    }
  }

  Program program_;
  std::vector<std::string> first_lane_;
  std::string asked_;
};

Transaction random_transaction(Dice& dice) {
  const TransactionType type = dice.one_in(2) ? TransactionType::sale : dice.any(kTypes);
  Transaction made = base(type, "T", "M1", dice.any(kDays));
  made.time += std::chrono::minutes(dice.below(3 * 24 * 60));
  made.store = made.text.keep(dice.any<std::string>({"S1", "S2", "S9", ""}));
  if (type == TransactionType::event) {
    made.event = made.text.keep(dice.any<std::string>({"review", "sign_up", "birthday"}));
    return made;
  }
  if (type == TransactionType::member) return made;
  Texts skus = kSkus;
  skus.insert(skus.end(), {"", "Z9"});
  Texts categories = kCategories;
  categories.insert(categories.end(), {"", "bread"});
  Basket basket;
  std::deque<std::string> texts;
  for (int left = dice.below(6); left > 0; --left) {
    const std::string& sku = texts.emplace_back(dice.any(skus));
    const std::string& category = texts.emplace_back(dice.any(categories));
    const int sign = type == TransactionType::sale && dice.one_in(6) ? -1 : 1;
    basket.push_back({category, sign * dice.below(2000), sign * (1 + dice.below(3)), sku});
  }
  fill(made, basket);
  return made;
}

FakeMember random_member(Dice& dice, const engine::RuleSet& rules) {
  FakeMember member;
  if (dice.one_in(2))
    member.attributes["tier"] = std::string_view(dice.one_in(2) ? "gold" : "wood");
  if (dice.one_in(3)) member.attributes["tier"] = std::int64_t{5};
  if (dice.one_in(3)) member.attributes["level"] = true;
  for (const engine::WatchedItems& watch : rules.watches()) {
    if (dice.one_in(2)) member.bought.push_back({watch.id, at("2026-01-01")});
  }
  for (const engine::CompiledRule& rule : rules.rules(Stage::earn)) {
    if (dice.one_in(2)) member.uses[{rule.text->id, LimitScope::member, "ever"}] = {3, 1};
    if (dice.one_in(2)) member.uses[{rule.text->id, LimitScope::campaign, "2026-01"}] = {3, 1};
  }
  return member;
}

RC_GTEST_PROP(Index, DecidesWhatAskingEveryRuleDecides, ()) {
  Dice dice(*rc::gen::arbitrary<std::uint32_t>());
  RandomProgram program(dice);
  const auto rules = program.build();
  for (int i = 0; i < 20; ++i) {
    const Transaction transaction = random_transaction(dice);
    const FakeMember member = random_member(dice, *rules);
    const auto found = engine::evaluate(*rules, transaction, member);
    RC_ASSERT(found.faults.empty());
    const std::string asked = program.take_asked();
    const Decision expected = ask_every_rule(*rules, transaction, member);
    const std::string wanted = program.take_asked();
    if (asked != wanted) RC_FAIL("asked\n" + asked + "for\n" + wanted);
    RC_ASSERT(whole_text_of(found.decision) == whole_text_of(expected));
  }
}

}  // namespace
}  // namespace accrue::test
