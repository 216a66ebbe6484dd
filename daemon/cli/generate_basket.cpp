#include "cli/generate_basket.hpp"

#include <accrue/money.hpp>

#include <algorithm>

namespace accrue::cli {
namespace {

/// Tea has to be bought now and then, not on every visit.
constexpr std::uint32_t kTeaPermille = 220;
/// Who takes tea without biscuits is tempted once in a while; this is what offers are for.
constexpr std::uint32_t kTemptedPermille = 40;

std::int64_t draw_pieces(const Product& product, Random& random) {
  if (product.shelf >= Shelf::tobacco) return 1;
  const std::uint32_t throw_of = random.below(100);
  if (throw_of < 74) return 1;
  if (throw_of < 92) return 2;
  return throw_of < 97 ? 3 : 4;
}

bool can_come_back(const Product& product) { return product.shelf < Shelf::tobacco; }

}  // namespace

void Basket::put(std::uint16_t product, Random& random) {
  const Product& good = catalogue_.product(product);
  const auto same = [&](const BasketLine& line) { return line.product == product; };
  const auto there = std::find_if(lines_.begin(), lines_.end(), same);
  if (there != lines_.end()) {  // A till adds up what is scanned twice.
    if (!good.weighed) there->thousandths += 1000;
    return;
  }
  const std::int64_t thousandths =
      good.weighed ? random.between(150, 1600) : draw_pieces(good, random) * 1000;
  lines_.push_back({product, thousandths});
}

std::uint16_t Basket::draw_product(const Shopper& shopper, bool december, Random& random) const {
  const std::uint32_t throw_of = random.below(100);
  if (throw_of < 40) return shopper.usuals[random.below(8)];
  if (throw_of < 65) return catalogue_.pick_from(shopper.favourites[random.below(4)], random);
  return catalogue_.pick(random, december);
}

void Basket::fill_for(const Shopper& shopper, bool december, Random& random) {
  lines_.clear();
  const bool tea = shopper.tea != TeaHabit::none && random.chance(kTeaPermille);
  if (tea) put(catalogue_.tea(shopper.second_tea), random);
  if (tea && shopper.tea == TeaHabit::with_biscuits && random.chance(800)) {
    put(catalogue_.pick_from(Shelf::biscuits, random), random);
  }
  const std::uint32_t extra = december ? 2 : 0;
  const std::uint32_t size = random.between(1, 2U * shopper.basket - 1) + extra;
  for (std::uint32_t i = 0; i < size; ++i) {
    const std::uint16_t product = draw_product(shopper, december, random);
    const bool unwanted = shopper.tea == TeaHabit::without_biscuits &&
                          catalogue_.product(product).shelf == Shelf::biscuits;
    if (!unwanted || random.chance(kTemptedPermille)) put(product, random);
  }
  if (lines_.empty()) put(catalogue_.tea(shopper.second_tea), random);
}

void Basket::fill_for_anybody(bool december, Random& random) {
  lines_.clear();
  const std::uint32_t size = random.between(1, 6);
  for (std::uint32_t i = 0; i < size; ++i) put(catalogue_.pick(random, december), random);
}

std::vector<BasketLine> Basket::draw_returned(Random& random) const {
  std::vector<BasketLine> returned;
  const std::size_t wanted = random.chance(750) ? 1 : 2;
  auto index = random.below(static_cast<std::uint32_t>(lines_.size()));
  for (; index < lines_.size() && returned.size() < wanted; ++index) {
    BasketLine line = lines_[index];
    const Product& good = catalogue_.product(line.product);
    if (!can_come_back(good)) continue;
    if (!good.weighed) {
      const auto pieces = static_cast<std::uint32_t>(line.thousandths / 1000);
      line.thousandths = random.between(1, pieces) * std::int64_t{1000};
    }
    line.of_line = index + 1;
    returned.push_back(line);
  }
  return returned;
}

std::int64_t Basket::pence() const {
  std::int64_t sum = 0;
  for (const BasketLine& line : lines_) {
    const std::int64_t price = catalogue_.product(line.product).pence;
    sum += line.thousandths % 1000 == 0
               ? line.thousandths / 1000 * price
               : divide(static_cast<Wide>(line.thousandths) * price, 1000, Rounding::half_even);
  }
  return sum;
}

}  // namespace accrue::cli
