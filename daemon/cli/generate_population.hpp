// The members of the generated grocer and their habits: how often they come, how much they buy,
// what they like, when they join and when they stop coming. Knows who is a member on which day.
// One thread.
#pragma once

#include "cli/generate_catalogue.hpp"
#include "cli/generate_random.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace accrue::cli {

enum class TeaHabit : std::uint8_t { none, with_biscuits, without_biscuits };

struct Shopper {
  std::uint32_t number = 0;  ///< 1 for M000001.
  std::uint8_t rhythm = 0;   ///< Index into kVisitWeights.
  std::uint8_t basket = 1;   ///< Typical number of lines.
  std::uint16_t store = 0;   ///< The shop they go to.
  TeaHabit tea = TeaHabit::none;
  bool second_tea = false;  ///< Buys TEA2 rather than TEA1.
  std::array<Shelf, 4> favourites{};
  std::array<std::uint16_t, 8> usuals{};  ///< Products bought again and again.
  std::int32_t joins_on = -1;             ///< Day of the period; -1: a member before it began.
  std::int32_t lapses_on = 0;             ///< First day without them; the period's end: never.
};

/// How much oftener one rhythm comes than another: nearly daily, twice a week, weekly, fortnightly,
/// monthly, now and then.
inline constexpr std::array<std::uint32_t, 6> kVisitWeights{60, 30, 16, 8, 4, 1};

struct PopulationPlan {
  std::uint32_t members = 0;
  std::uint32_t newcomers = 0;  ///< Of the members, those who join during the period.
  std::int32_t days = 0;
  std::uint16_t stores = 1;
};

class Population {
 public:
  Population(const PopulationPlan& plan, const Catalogue& catalogue, Random& random);

  const std::vector<Shopper>& shoppers() const { return shoppers_; }
  /// Indices of those who join on the day. They shop from the next day on.
  const std::vector<std::uint32_t>& joining(std::int32_t day) const;
  /// Call for each day, in order, before visitors are drawn.
  void begin_day(std::int32_t day);
  /// Index of somebody who comes shopping today. The first shopper always may.
  std::uint32_t visitor(Random& random) const;

 private:
  void admit(std::uint32_t index);
  void dismiss(std::uint32_t index);

  std::vector<Shopper> shoppers_;
  std::vector<std::vector<std::uint32_t>> joining_;  ///< By day.
  std::vector<std::vector<std::uint32_t>> lapsing_;  ///< By day.
  std::array<std::vector<std::uint32_t>, kVisitWeights.size()> active_;
  std::vector<std::uint32_t> place_;  ///< Of each shopper in its active_ list.
};

}  // namespace accrue::cli
