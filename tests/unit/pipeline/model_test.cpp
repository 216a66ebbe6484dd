// Random histories, played to the decider and to the reference model side by side. 1,000 histories
// by default; ACCRUE_CASES=100000 plays more. RC_PARAMS="reproduce=…" repeats one.
#include "model.hpp"
#include "support/shop.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>

namespace accrue::test {
namespace {

/// Before RapidCheck reads its settings, at its first property.
[[maybe_unused]] const bool kCasesAreSet = [] {
  const char* cases = std::getenv("ACCRUE_CASES");
  const std::string params = std::string("max_success=") + (cases ? cases : "1000");
  return ::setenv("RC_PARAMS", params.c_str(), 0) == 0;
}();

enum class Kind : std::uint8_t { sale, unlinked_return, linked_return, time, post };

struct Step {
  Kind kind = Kind::sale;
  int member = 0;
  int minutes = 0;  ///< Since the step before.
  int late = 0;     ///< Minutes by which the transaction comes late.
  std::vector<model::Line> lines;
  std::size_t pick = 0;
  std::vector<int> units;
};

}  // namespace
}  // namespace accrue::test

namespace rc {

template <>
struct Arbitrary<accrue::model::Line> {
  static Gen<accrue::model::Line> arbitrary() {
    using accrue::model::Line;
    return gen::build<Line>(
        gen::set(&Line::gift_card, gen::weightedElement<bool>({{5, false}, {1, true}})),
        gen::set(&Line::pence, gen::inRange<accrue::model::Number>(0, 5000)),
        gen::set(&Line::quantity, gen::inRange<accrue::model::Number>(1, 6)));
  }
};

template <>
struct Arbitrary<accrue::test::Step> {
  static Gen<accrue::test::Step> arbitrary() {
    using accrue::test::Kind;
    using accrue::test::Step;
    return gen::build<Step>(
        gen::set(&Step::kind, gen::weightedElement<Kind>({{6, Kind::sale},
                                                          {2, Kind::unlinked_return},
                                                          {5, Kind::linked_return},
                                                          {2, Kind::time},
                                                          {2, Kind::post}})),
        gen::set(&Step::member, gen::inRange(0, 3)),
        gen::set(&Step::minutes, gen::oneOf(gen::inRange(0, 300), gen::inRange(0, 20'000))),
        gen::set(&Step::late, gen::oneOf(gen::just(0), gen::just(0), gen::inRange(0, 40'000))),
        gen::set(&Step::lines, gen::nonEmpty<std::vector<accrue::model::Line>>()),
        gen::set(&Step::pick),
        gen::set(&Step::units, gen::container<std::vector<int>>(gen::inRange(0, 7))));
  }
};

}  // namespace rc

namespace accrue::test {
namespace {

constexpr model::Number kBegin = 29'400'000;  // Minutes: late in November 2025.

Program programme(model::Policy policy) {
  Program program("UTC");
  program.spec().spent_points = static_cast<engine::SpentPoints>(policy);
  program.spend("base").except = ItemFilter{{}, {"gift"}};
  RuleTraits traits;
  traits.stage = Stage::expire;
  program.rule("rolling", traits, [](const Situation& situation, Proposal& proposal) {
    const Zone& zone = *situation.program.zone;
    const LocalTime last = add(zone.to_local(situation.issue->valid_from), days(30));
    proposal.expiry =
        ProposedExpiry{zone.to_instant(next(last, CalendarUnit::day)), {days(7), days(1)}};
  });
  return program;
}

Timestamp instant(model::Number minute) { return Timestamp(std::chrono::minutes(minute)); }
std::string name_of_member(int member) { return "M" + std::to_string(member); }

/// Plays each step to both and compares.
class Play {
 public:
  Play(model::Policy policy, std::size_t cache_bytes)
      : model_(policy), shop_(programme(policy), cache_bytes) {}

  void step(const Step& step) {
    minute_ += step.minutes;
    const model::Number minute = minute_ - step.late;
    switch (step.kind) {
      case Kind::sale:
        sell(step, minute);
        break;
      case Kind::unlinked_return:
        bring_back(step, minute);
        break;
      case Kind::linked_return:
        if (!sold_.empty()) bring_back_linked(step, minute);
        break;
      case Kind::time:
        shop_.tick(instant(minute_), 1 + step.pick % 3);
        model_.pass(minute_);
        break;
      case Kind::post:
        shop_.post(step.pick % 7);
        break;
    }
    compare();
  }

  Shop& shop() { return shop_; }

 private:
  struct Sold {
    std::string id;
    int member;
    std::vector<model::Line> lines;
  };

  Transaction begin(TransactionType type, int member, model::Number minute) {
    Transaction transaction =
        base(type, "T" + std::to_string(++number_), name_of_member(member), "2026-01-01");
    transaction.time = instant(minute);
    return transaction;
  }

  void sell(const Step& step, model::Number minute) {
    Transaction sale = begin(TransactionType::sale, step.member, minute);
    Basket basket;
    for (const model::Line& line : step.lines) {
      basket.push_back({line.gift_card ? "gift" : "food", line.pence, line.quantity});
    }
    fill(sale, basket);
    const std::string id = sale.id.text();
    RC_ASSERT(shop_.take(std::move(sale)).status == pipeline::Status::posted);
    model_.sell(id, step.member, minute, step.lines);
    sold_.push_back({id, step.member, step.lines});
  }

  void bring_back(const Step& step, model::Number minute) {
    Transaction back = begin(TransactionType::goods_return, step.member, minute);
    const model::Number pence = step.lines.front().pence;
    fill(back, {{"food", -pence, -1}});
    RC_ASSERT(shop_.take(std::move(back)).status == pipeline::Status::posted);
    model_.bring_back(step.member, minute, pence);
  }

  void bring_back_linked(const Step& step, model::Number minute) {
    const Sold& sold = sold_[step.pick % sold_.size()];
    const int member = step.units.size() == 3 ? step.member : sold.member;
    std::map<std::size_t, model::Number> units;
    Basket basket;
    for (std::size_t i = 0; i < sold.lines.size(); ++i) {
      const model::Number count = i < step.units.size() ? step.units[i] : sold.lines[i].quantity;
      if (count == 0) continue;
      units[i] = count;
      basket.push_back({"", 0, count, "", static_cast<std::uint32_t>(i + 1)});
    }
    Transaction back = begin(TransactionType::goods_return, member, minute);
    back.of = TransactionId::trusted(sold.id);
    fill(back, basket);
    const bool posted = shop_.take(std::move(back)).status == pipeline::Status::posted;
    if (model_.knows(member)) {
      RC_ASSERT(posted == model_.bring_back(member, minute, sold.id, units));
    } else {
      RC_ASSERT(!posted);
    }
  }

  void compare() {
    for (int id = 0; id < 3; ++id) {
      const ledger::Member& member = shop_.member(name_of_member(id));
      RC_ASSERT(member.exists() == model_.knows(id));
      if (!member.exists()) continue;
      RC_ASSERT(member.available("points").count() == model_.available(id));
      RC_ASSERT(member.deficit("points").count() == model_.owed(id));
      std::map<model::Number, model::Number> by_day;
      for (const ledger::Lot& lot : member.lots) {
        RC_ASSERT(lot.remaining > Points() && lot.remaining <= lot.issued);
        const auto day = std::chrono::floor<std::chrono::days>(*lot.expires_at);
        by_day[day.time_since_epoch().count()] += lot.remaining.count();
      }
      RC_ASSERT(by_day == model_.by_day(id));
      const ledger::Balance* balance = member.balance("points");
      if (!balance) continue;
      RC_ASSERT(balance->issued.count() == model_.issued(id));
      RC_ASSERT(balance->expired.count() == model_.expired(id));
      RC_ASSERT(balance->reversed.count() == model_.reversed(id));
    }
    compare_sums();
  }

  /// Issued - redeemed - expired - reversed over all entries is what all members hold.
  void compare_sums() {
    std::int64_t flow = 0;
    std::int64_t held = 0;
    for (const ledger::Entry& entry : shop_.entries) {
      for (const BalanceChange& change : entry.decision.balances) {
        flow += (change.issued - change.redeemed - change.expired - change.reversed).count();
      }
    }
    for (int id = 0; id < 3; ++id) held += shop_.balance(name_of_member(id));
    RC_ASSERT(flow == held);
  }

  model::Books model_;
  Shop shop_;
  model::Number minute_ = kBegin;
  int number_ = 0;
  std::vector<Sold> sold_;
};

RC_GTEST_PROP(Model, BalancesLotsAndDeficitsAreTheReferenceModelsAfterEveryStep, ()) {
  const auto policy = *rc::gen::element(model::Policy::allow_negative,
                                        model::Policy::within_balance, model::Policy::only_pending);
  const auto cache_bytes = *rc::gen::element<std::size_t>(1, 1 << 20);
  Play play(policy, cache_bytes);
  for (const Step& step : *rc::gen::arbitrary<std::vector<Step>>()) play.step(step);
}

RC_GTEST_PROP(Model, ASaleAndAnySplitOfItsFullReturnLeaveTheBalanceOfBefore, ()) {
  Shop shop(programme(model::Policy::allow_negative));
  const auto before_pence = *rc::gen::inRange<std::int64_t>(0, 5000);
  shop.take(sale_of(before_pence, "B1", "2026-01-01"));
  shop.take(unlinked_return("B2", "M1", "2026-01-01",
                            {{"food", *rc::gen::inRange<std::int64_t>(0, 9000)}}));
  const std::int64_t before = shop.balance();
  const auto lines = *rc::gen::nonEmpty<std::vector<model::Line>>();
  Basket basket;
  std::vector<std::uint32_t> pieces;
  for (const model::Line& line : lines) {
    basket.push_back({line.gift_card ? "gift" : "food", line.pence, line.quantity});
    pieces.insert(pieces.end(), static_cast<std::size_t>(line.quantity),
                  static_cast<std::uint32_t>(basket.size()));
  }
  shop.take(sale("S", "M1", "2026-01-02", basket));
  for (std::size_t i = pieces.size() - 1; i > 0; --i) {
    std::swap(pieces[i], pieces[*rc::gen::inRange<std::size_t>(0, i + 1)]);
  }
  for (int number = 0; !pieces.empty(); ++number) {
    std::vector<std::pair<std::uint32_t, std::int64_t>> part;
    for (auto count = *rc::gen::inRange<std::size_t>(1, pieces.size() + 1); count > 0; --count) {
      part.emplace_back(pieces.back(), 1);
      pieces.pop_back();
    }
    const auto answer =
        shop.take(linked_return("R" + std::to_string(number), "M1", "2026-01-03", "S", part));
    RC_ASSERT(answer.status == pipeline::Status::posted);
    if (*rc::gen::arbitrary<bool>()) shop.post();
  }
  RC_ASSERT(shop.balance() == before);
}

}  // namespace
}  // namespace accrue::test
