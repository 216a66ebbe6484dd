// Fills baskets: what a member with habits, or anybody, puts on the belt, and what of it comes
// back another day. One thread.
#pragma once

#include "cli/generate_population.hpp"

#include <cstdint>
#include <vector>

namespace accrue::cli {

struct BasketLine {
  std::uint16_t product = 0;        ///< In the catalogue.
  std::int64_t thousandths = 1000;  ///< Quantity: pieces × 1,000, or grams.
  std::uint32_t of_line = 0;        ///< On a return: line of the sale, from 1.
};

class Basket {
 public:
  explicit Basket(const Catalogue& catalogue) : catalogue_(catalogue) {}

  /// Forgets the last basket and fills the next.
  void fill_for(const Shopper& shopper, bool december, Random& random);
  void fill_for_anybody(bool december, Random& random);

  const std::vector<BasketLine>& lines() const { return lines_; }
  /// One or two lines that a shop would take back, never more of them than was bought. Empty when
  /// there is nothing but what nobody takes back.
  std::vector<BasketLine> draw_returned(Random& random) const;
  /// Sum of quantity × price, each line rounded half-even to pence.
  std::int64_t pence() const;

 private:
  std::uint16_t draw_product(const Shopper& shopper, bool december, Random& random) const;
  void put(std::uint16_t product, Random& random);

  const Catalogue& catalogue_;
  std::vector<BasketLine> lines_;
};

}  // namespace accrue::cli
