// Writes generated transactions as the NDJSON of docs/api, one line each, and numbers them as tills
// do: store, terminal, running receipt number. Collects text in one block and hands it to the sink
// when it is full. One thread.
#pragma once

#include "cli/generate.hpp"
#include "cli/generate_basket.hpp"
#include "cli/generate_calendar.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::cli {

/// Where and when something happens.
struct Scene {
  const TradingDay* day = nullptr;
  std::uint32_t second = 0;  ///< Of the local day.
  std::uint16_t store = 0;   ///< From 0.
  std::uint8_t till = 0;     ///< From 0; kWeb: not in a shop at all.
};
inline constexpr std::uint8_t kTills = 4;
inline constexpr std::uint8_t kWeb = 255;

class FeedWriter {
 public:
  FeedWriter(const Catalogue& catalogue, std::int64_t stores, const GenerateSink& sink);

  /// The sale's id, valid until the next call. `shopper` is null on an anonymous sale.
  std::string_view sale(const Scene& scene, const Shopper* shopper, const Basket& basket,
                        Random& random);
  /// Of the sale named, or, when `of` is empty, without its receipt.
  void goods_return(const Scene& scene, const Shopper& shopper, std::string_view of,
                    const std::vector<BasketLine>& lines);
  void sign_up(const Scene& scene, const Shopper& shopper, Random& random);
  void review(const Scene& scene, const Shopper& shopper, std::uint16_t product, Random& random);
  /// Tier, language and contact of a member.
  void member(const Scene& scene, const Shopper& shopper, Random& random);

  /// Hands over what is left, if it is more than `keep` bytes. An error of the sink is kept and
  /// told from here on.
  Result<void> flush(std::size_t keep);
  std::int64_t bytes() const { return bytes_; }

 private:
  void begin(const Scene& scene, std::string_view type, const Shopper* shopper);
  void add_place(const Scene& scene);
  void end() { text_ += "}\n"; }
  void add_member(const Shopper& shopper);
  void add_number(std::uint64_t number, std::size_t width);
  void add_money(std::int64_t pence);
  void add_quantity(std::int64_t thousandths);
  void add_time(const Scene& scene);
  void add_id(const Scene& scene);
  void add_lines(const std::vector<BasketLine>& lines);
  void add_tenders(std::int64_t pence, Random& random);

  const Catalogue& catalogue_;
  const GenerateSink& sink_;
  std::vector<std::uint64_t> receipts_;  ///< Last number of each till; the web's comes last.
  std::string text_;
  std::string id_;
  std::int64_t bytes_ = 0;
};

}  // namespace accrue::cli
