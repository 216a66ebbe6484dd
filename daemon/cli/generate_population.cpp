#include "cli/generate_population.hpp"

#include <algorithm>

namespace accrue::cli {
namespace {

constexpr std::uint32_t kLapsingPermille = 150;
constexpr std::int32_t kQuietEnd = 14;  // Nobody joins so late that they cannot come back.

std::uint8_t draw_rhythm(Random& random) {
  constexpr std::array<std::uint32_t, kVisitWeights.size()> kShares{40, 160, 300, 250, 170, 80};
  std::uint32_t left = random.below(1000);
  std::uint8_t rhythm = 0;
  while (left >= kShares[rhythm]) left -= kShares[rhythm++];
  return rhythm;
}

TeaHabit draw_tea(Random& random) {
  const std::uint32_t throw_of = random.below(100);
  if (throw_of < 30) return TeaHabit::with_biscuits;
  return throw_of < 55 ? TeaHabit::without_biscuits : TeaHabit::none;
}

Shopper draw_shopper(std::uint32_t number, std::uint16_t stores, const Catalogue& catalogue,
                     Random& random) {
  Shopper shopper;
  shopper.number = number;
  shopper.rhythm = draw_rhythm(random);
  // Who comes rarely buys more at once.
  shopper.basket = static_cast<std::uint8_t>(random.between(2, 5) + shopper.rhythm);
  shopper.store = static_cast<std::uint16_t>(random.below(stores));
  shopper.tea = draw_tea(random);
  shopper.second_tea = random.chance(400);
  for (Shelf& shelf : shopper.favourites) shelf = catalogue.pick_habit(random);
  for (std::uint16_t& usual : shopper.usuals) {
    usual = catalogue.pick_from(shopper.favourites[random.below(4)], random);
  }
  return shopper;
}

}  // namespace

Population::Population(const PopulationPlan& plan, const Catalogue& catalogue, Random& random)
    : joining_(static_cast<std::size_t>(plan.days)),
      lapsing_(static_cast<std::size_t>(plan.days)),
      place_(plan.members) {
  shoppers_.reserve(plan.members);
  const std::uint32_t settled = plan.members - plan.newcomers;
  std::vector<std::int32_t> join_days(plan.newcomers);
  const auto open_days = static_cast<std::uint32_t>(std::max(1, plan.days - kQuietEnd));
  for (std::int32_t& day : join_days) day = static_cast<std::int32_t>(random.below(open_days));
  std::sort(join_days.begin(), join_days.end());  // Numbers are given in the order of joining.
  for (std::uint32_t index = 0; index < plan.members; ++index) {
    Shopper shopper = draw_shopper(index + 1, plan.stores, catalogue, random);
    if (index >= settled) shopper.joins_on = join_days[index - settled];
    shopper.lapses_on = plan.days;
    const std::int32_t days_left = plan.days - shopper.joins_on - 2;
    if (index > 0 && days_left > 0 && random.chance(kLapsingPermille)) {
      const std::uint32_t stays = random.below(static_cast<std::uint32_t>(days_left));
      shopper.lapses_on = shopper.joins_on + 2 + static_cast<std::int32_t>(stays);
    }
    if (shopper.joins_on >= 0)
      joining_[static_cast<std::size_t>(shopper.joins_on)].push_back(index);
    if (shopper.lapses_on < plan.days) {
      lapsing_[static_cast<std::size_t>(shopper.lapses_on)].push_back(index);
    }
    shoppers_.push_back(shopper);
  }
}

const std::vector<std::uint32_t>& Population::joining(std::int32_t day) const {
  return joining_[static_cast<std::size_t>(day)];
}

void Population::begin_day(std::int32_t day) {
  if (day == 0) {
    for (std::uint32_t index = 0; index < shoppers_.size(); ++index) {
      if (shoppers_[index].joins_on < 0) admit(index);
    }
  } else {
    for (const std::uint32_t index : joining(day - 1)) admit(index);
  }
  for (const std::uint32_t index : lapsing_[static_cast<std::size_t>(day)]) dismiss(index);
}

void Population::admit(std::uint32_t index) {
  std::vector<std::uint32_t>& list = active_[shoppers_[index].rhythm];
  place_[index] = static_cast<std::uint32_t>(list.size());
  list.push_back(index);
}

void Population::dismiss(std::uint32_t index) {
  std::vector<std::uint32_t>& list = active_[shoppers_[index].rhythm];
  list[place_[index]] = list.back();
  place_[list.back()] = place_[index];
  list.pop_back();
}

std::uint32_t Population::visitor(Random& random) const {
  std::uint32_t total = 0;
  for (std::size_t rhythm = 0; rhythm < active_.size(); ++rhythm) {
    total += kVisitWeights[rhythm] * static_cast<std::uint32_t>(active_[rhythm].size());
  }
  std::uint32_t left = random.below(total);
  std::size_t rhythm = 0;
  while (true) {
    const std::uint32_t weight =
        kVisitWeights[rhythm] * static_cast<std::uint32_t>(active_[rhythm].size());
    if (left < weight) return active_[rhythm][left / kVisitWeights[rhythm]];
    left -= weight;
    ++rhythm;
  }
}

}  // namespace accrue::cli
