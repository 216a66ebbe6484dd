#include "cli/generate_year.hpp"

#include <algorithm>
#include <utility>

namespace accrue::cli {
namespace {

// Of 1,000 …
constexpr std::uint32_t kNewcomers = 300;     // … members
constexpr std::uint32_t kCarriedOver = 500;   // … members before the period
constexpr std::uint32_t kGivesDetails = 667;  // … newcomers
constexpr std::uint32_t kAnonymous = 200;     // … sales
constexpr std::uint32_t kReturns = 25;        // … member sales
constexpr std::uint32_t kKeepsReceipt = 700;  // … returns
constexpr std::uint32_t kReviews = 15;        // … member sales
constexpr std::uint32_t kOtherStore = 80;     // … visits
constexpr std::size_t kBlock = std::size_t{1} << 18;

}  // namespace

GeneratedYear::Plan GeneratedYear::plan(const GenerateOptions& options) {
  // Enrolments are at most a third of the feed, however few transactions are asked for.
  Plan plan;
  const std::int64_t most = options.transactions / 6;
  plan.newcomers = static_cast<std::uint32_t>(std::min(options.members * kNewcomers / 1000, most));
  const std::int64_t settled = options.members - plan.newcomers;
  plan.carried_over = static_cast<std::uint32_t>(std::min(settled * kCarriedOver / 1000, most));
  const std::int64_t enrolments =
      plan.carried_over + plan.newcomers + plan.newcomers * std::int64_t{kGivesDetails} / 1000;
  const std::int64_t followed = 1000 + (1000 - kAnonymous) * (kReturns + kReviews) / 1000;
  plan.sales = std::max<std::int64_t>(1, (options.transactions - enrolments) * 1000 / followed);
  return plan;
}

GeneratedYear::GeneratedYear(const GenerateOptions& options, const GenerateSink& sink)
    : random_(options.seed),
      calendar_(options.from, options.days),
      plan_(plan(options)),
      population_({static_cast<std::uint32_t>(options.members), plan_.newcomers, calendar_.days(),
                   static_cast<std::uint16_t>(options.stores)},
                  catalogue_, random_),
      basket_(catalogue_),
      writer_(catalogue_, options.stores, sink),
      stores_(static_cast<std::uint16_t>(options.stores)),
      errands_(static_cast<std::size_t>(options.days)),
      seen_(static_cast<std::size_t>(options.members)) {}

Result<GenerateReport> GeneratedYear::write() {
  if (auto carried = carry_over(calendar_.day(0)); !carried) return carried.error();
  for (std::int32_t day = 0; day < calendar_.days(); ++day) {
    population_.begin_day(day);
    draw_moments(day);
    for (const Moment& moment : moments_) {
      play(moment, day);
      if (auto flushed = writer_.flush(kBlock); !flushed) return flushed.error();
    }
    errands_[static_cast<std::size_t>(day)] = {};
  }
  if (auto flushed = writer_.flush(0); !flushed) return flushed.error();
  for (const Shopper& shopper : population_.shoppers()) {
    const bool lapses = shopper.lapses_on < calendar_.days();
    if (lapses && seen_[shopper.number - 1]) ++report_.members_lapsed;
  }
  report_.transactions = report_.sales + report_.returns_with_receipt +
                         report_.returns_without_receipt + report_.events + report_.member_changes;
  report_.bytes = writer_.bytes();
  return report_;
}

/// Before the shops open on the first day.
Result<void> GeneratedYear::carry_over(const TradingDay& day) {
  for (std::uint32_t index = 0; index < plan_.carried_over; ++index) {
    const auto second =
        static_cast<std::uint32_t>(std::uint64_t{index} * 3600 / plan_.carried_over);
    writer_.member({&day, 5 * 3600 + second, 0, kWeb}, population_.shoppers()[index], random_);
    ++report_.member_changes;
    see(index);
    if (auto flushed = writer_.flush(kBlock); !flushed) return flushed;
  }
  return ok();
}

void GeneratedYear::draw_moments(std::int32_t day) {
  moments_.clear();
  const auto add = [this](Deed deed, std::uint32_t index) {
    moments_.push_back({draw_shopping_second(random_), deed, index});
  };
  const std::int64_t sales = calendar_.share_of(plan_.sales, day);
  for (std::int64_t i = 0; i < sales; ++i) {
    if (random_.chance(kAnonymous)) {
      add(Deed::anonymous_sale, 0);
    } else {
      add(Deed::member_sale, population_.visitor(random_));
    }
  }
  const std::size_t errands = errands_[static_cast<std::size_t>(day)].size();
  for (std::uint32_t i = 0; i < errands; ++i) add(Deed::errand, i);
  for (const std::uint32_t index : population_.joining(day)) add(Deed::join, index);
  std::stable_sort(moments_.begin(), moments_.end(),
                   [](const Moment& a, const Moment& b) { return a.second < b.second; });
}

void GeneratedYear::play(const Moment& moment, std::int32_t day) {
  Scene scene{&calendar_.day(day), moment.second,
              static_cast<std::uint16_t>(random_.below(stores_)),
              static_cast<std::uint8_t>(random_.below(kTills))};
  const bool elsewhere = random_.chance(kOtherStore);
  switch (moment.deed) {
    case Deed::anonymous_sale:
      return sell(scene, nullptr, day);
    case Deed::errand:
      return run(scene, errands_[static_cast<std::size_t>(day)][moment.index]);
    case Deed::member_sale:
    case Deed::join:
      break;
  }
  const Shopper& shopper = population_.shoppers()[moment.index];
  see(moment.index);
  if (!elsewhere) scene.store = shopper.store;
  if (moment.deed == Deed::join) return join(scene, shopper);
  sell(scene, &shopper, day);
}

void GeneratedYear::sell(const Scene& scene, const Shopper* shopper, std::int32_t day) {
  if (shopper == nullptr) {
    basket_.fill_for_anybody(scene.day->december, random_);
    ++report_.anonymous_sales;
  } else {
    basket_.fill_for(*shopper, scene.day->december, random_);
  }
  const std::string_view sale = writer_.sale(scene, shopper, basket_, random_);
  ++report_.sales;
  report_.basket_lines += static_cast<std::int64_t>(basket_.lines().size());
  if (shopper != nullptr) plan_errands(scene, *shopper, sale, day);
}

void GeneratedYear::plan_errands(const Scene& scene, const Shopper& shopper, std::string_view sale,
                                 std::int32_t day) {
  // Who lapses never comes back, not even with a toaster.
  const std::int32_t last = std::min(shopper.lapses_on, calendar_.days()) - 1;
  Errand errand{shopper.number - 1, scene.store, {}, {}, 0};
  if (random_.chance(kReturns)) {
    const std::int32_t on = day + static_cast<std::int32_t>(random_.between(1, 21));
    errand.lines = basket_.draw_returned(random_);
    if (random_.chance(kKeepsReceipt)) errand.of = sale;
    if (on <= last && !errand.lines.empty()) {
      errands_[static_cast<std::size_t>(on)].push_back(errand);
    }
  }
  if (random_.chance(kReviews)) {
    const std::int32_t on = day + static_cast<std::int32_t>(random_.between(1, 9));
    errand.lines.clear();
    errand.product = basket_.lines().back().product;
    if (on <= last) errands_[static_cast<std::size_t>(on)].push_back(std::move(errand));
  }
}

void GeneratedYear::run(const Scene& scene, const Errand& errand) {
  Scene at = scene;
  at.store = errand.store;
  const Shopper& shopper = population_.shoppers()[errand.shopper];
  if (errand.lines.empty()) {
    at.till = kWeb;
    writer_.review(at, shopper, errand.product, random_);
    ++report_.events;
    return;
  }
  writer_.goods_return(at, shopper, errand.of, errand.lines);
  ++(errand.of.empty() ? report_.returns_without_receipt : report_.returns_with_receipt);
}

/// With name and address, or only the card.
void GeneratedYear::join(const Scene& scene, const Shopper& shopper) {
  Scene at = scene;
  if (random_.chance(500)) at.till = kWeb;
  if (random_.chance(kGivesDetails)) {
    writer_.member(at, shopper, random_);
    ++report_.member_changes;
  }
  writer_.sign_up(at, shopper, random_);
  ++report_.events;
  ++report_.members_joined;
}

void GeneratedYear::see(std::uint32_t shopper) {
  if (seen_[shopper]) return;
  seen_[shopper] = true;
  ++report_.members_seen;
}

}  // namespace accrue::cli
