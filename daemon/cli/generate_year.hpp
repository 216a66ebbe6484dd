// One generated period, written day by day: who comes in, what they buy, what they bring back, who
// joins. Holds only what a later day needs to know, so that millions of transactions take little
// memory. One thread; used once.
#pragma once

#include "cli/generate_writer.hpp"

#include <string>
#include <vector>

namespace accrue::cli {

class GeneratedYear {
 public:
  /// REQUIRES: the options are within their ranges. The sink outlives the object.
  GeneratedYear(const GenerateOptions& options, const GenerateSink& sink);

  Result<GenerateReport> write();

 private:
  /// How many of each kind the period shall have.
  struct Plan {
    std::uint32_t newcomers = 0;
    std::uint32_t carried_over = 0;  ///< Members whose data come from an older scheme, on day one.
    std::int64_t sales = 0;
  };
  /// Something that a sale makes somebody do on a later day.
  struct Errand {
    std::uint32_t shopper = 0;
    std::uint16_t store = 0;
    std::string of;                 ///< The sale, when the receipt was kept.
    std::vector<BasketLine> lines;  ///< Goods to bring back; empty: write a review of `product`.
    std::uint16_t product = 0;
  };
  enum class Deed : std::uint8_t { member_sale, anonymous_sale, errand, join };
  struct Moment {
    std::uint32_t second = 0;
    Deed deed = Deed::member_sale;
    std::uint32_t index = 0;  ///< Of the shopper, or of the errand.
  };

  static Plan plan(const GenerateOptions& options);
  void write_day(std::int32_t day);
  Result<void> carry_over(const TradingDay& day);
  void draw_moments(std::int32_t day);
  void play(const Moment& moment, std::int32_t day);
  void sell(const Scene& scene, const Shopper* shopper, std::int32_t day);
  void run(const Scene& scene, const Errand& errand);
  void join(const Scene& scene, const Shopper& shopper);
  void plan_errands(const Scene& scene, const Shopper& shopper, std::string_view sale,
                    std::int32_t day);
  void see(std::uint32_t shopper);

  Random random_;
  Catalogue catalogue_;
  TradingCalendar calendar_;
  Plan plan_;
  Population population_;
  Basket basket_;
  FeedWriter writer_;
  std::uint16_t stores_;
  std::vector<std::vector<Errand>> errands_;  ///< By day.
  std::vector<Moment> moments_;               ///< Of the day being written.
  std::vector<bool> seen_;                    ///< By shopper.
  GenerateReport report_;
};

}  // namespace accrue::cli
