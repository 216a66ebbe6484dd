// The goods of the generated grocer: some two hundred products in categories of unequal weight,
// a few of them sold by weight, some bought for Christmas. Built once, then const: any thread.
#pragma once

#include "cli/generate_random.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::cli {

/// A category's place in the catalogue.
enum class Shelf : std::uint8_t {
  tea,
  biscuits,
  coffee,
  fresh,
  bakery,
  dairy,
  meat,
  fish,
  frozen,
  tins,
  pasta,
  cereals,
  snacks,
  sweets,
  drinks,
  alcohol,
  household,
  toiletries,
  baby,
  pets,
  seasonal,
  tobacco,
  gift_card,
};
inline constexpr std::size_t kShelves = 23;

struct Product {
  std::string sku;
  std::string_view category;
  std::string_view description;
  Shelf shelf = Shelf::tea;
  std::int64_t pence = 0;  ///< Of one unit, or of one kilogram.
  bool weighed = false;
  std::string head;  ///< The product's JSON line up to its quantity …
  std::string tail;  ///< … and behind it.
};

class Catalogue {
 public:
  Catalogue();

  const Product& product(std::size_t index) const { return products_[index]; }
  std::size_t size() const { return products_.size(); }

  /// What an average basket holds; in December rather what Christmas asks for.
  std::uint16_t pick(Random& random, bool december) const;
  /// Something of one category, the popular things more often.
  std::uint16_t pick_from(Shelf shelf, Random& random) const;
  /// A category that people have habits about: not gift cards, not tobacco, nothing seasonal.
  Shelf pick_habit(Random& random) const;
  /// TEA1 or TEA2.
  std::uint16_t tea(bool second) const { return second ? 1 : 0; }

 private:
  std::vector<Product> products_;
  std::array<std::vector<std::uint16_t>, kShelves> slots_;  ///< Products, by popularity.
  std::vector<Shelf> any_slots_;
  std::vector<Shelf> december_slots_;
};

}  // namespace accrue::cli
