#include "cli/generate_catalogue.hpp"

#include "cli/generate_price_list.hpp"

#include <fmt/format.h>

namespace accrue::cli {
namespace {

/// An article number as retailers print it: 50 for the United Kingdom, GS1's check digit last.
std::string ean13(std::size_t running) {
  std::string digits = fmt::format("50{:010}", 13'000'000 + running * 37);
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
  digits += static_cast<char>('0' + (10 - sum % 10) % 10);
  return digits;
}

/// The two teas have short numbers of the shop's own, so that a rule can name them readably.
std::string sku_of(std::size_t running) {
  if (running < 2) return running == 0 ? "TEA1" : "TEA2";
  return ean13(running);
}

Product make_product(const ShelfPlan& plan, const PricedGood& good, std::size_t running) {
  Product product;
  product.sku = sku_of(running);
  product.category = plan.category;
  product.description = good.description;
  product.shelf = plan.shelf;
  product.pence = good.pence;
  product.weighed = good.weighed;
  product.head = fmt::format(R"({{"sku":"{}","category":"{}","description":"{}","quantity":)",
                             product.sku, product.category, product.description);
  product.tail = fmt::format(R"(,"unit_price":"{}.{:02}"}})", good.pence / 100, good.pence % 100);
  return product;
}

template <class T>
const T& pick_one(const std::vector<T>& from, Random& random) {
  return from[random.below(static_cast<std::uint32_t>(from.size()))];
}

}  // namespace

Catalogue::Catalogue() {
  for (const ShelfPlan& plan : kPriceList) {
    const auto shelf = static_cast<std::size_t>(plan.shelf);
    any_slots_.insert(any_slots_.end(), static_cast<std::size_t>(plan.share), plan.shelf);
    december_slots_.insert(december_slots_.end(), static_cast<std::size_t>(plan.december_share),
                           plan.shelf);
    std::size_t rank = 2;
    for (const PricedGood& good : plan.goods) {
      const auto index = static_cast<std::uint16_t>(products_.size());
      slots_[shelf].insert(slots_[shelf].end(), 60 / rank++, index);
      products_.push_back(make_product(plan, good, index));
    }
  }
}

std::uint16_t Catalogue::pick(Random& random, bool december) const {
  return pick_from(pick_one(december ? december_slots_ : any_slots_, random), random);
}

std::uint16_t Catalogue::pick_from(Shelf shelf, Random& random) const {
  return pick_one(slots_[static_cast<std::size_t>(shelf)], random);
}

Shelf Catalogue::pick_habit(Random& random) const {
  while (true) {
    const Shelf shelf = pick_one(any_slots_, random);
    if (shelf < Shelf::seasonal) return shelf;
  }
}

}  // namespace accrue::cli
