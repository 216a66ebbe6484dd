// Requests, cheap to make: baskets of the grocer of `accrue generate` are written out beforehand as
// whole requests, and only receipt number, member and time are set in a copy. One thread.
#pragma once

#include "members.hpp"
#include "options.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace road {

class Requests {
 public:
  /// `thread` of options.threads: receipts and members in turn are shared out between them.
  Requests(const Options& options, std::size_t thread);

  /// POST of one sale.
  void add_sale(std::string& out);
  /// POST of `lines` sales as NDJSON.
  void add_batch(std::string& out, std::size_t lines);
  /// One sale as a line of NDJSON.
  void add_line(std::string& out);
  /// GET of a member.
  void add_read(std::string& out);

  /// Running number of the next receipt.
  std::uint64_t next_number() const { return number_; }

 private:
  struct Basket {
    std::string request;   ///< Head and body.
    std::size_t body = 0;  ///< Where the body begins.
    std::size_t number = 0;
    std::size_t member = 0;
    std::size_t time = 0;
  };
  Basket make_basket(const Options& options, std::string_view head);
  const Basket& pick() { return baskets_[random_.below(static_cast<std::uint32_t>(kBaskets))]; }
  void add_body(const Basket& basket, std::string& out);
  /// Sets what differs in a copy of the basket's request that begins at its byte `from`.
  void fill(const Basket& basket, char* copy, std::size_t from);
  void tell_time(std::uint64_t second);

  static constexpr std::size_t kBaskets = 256;
  Random random_;
  Members members_;
  std::vector<Basket> baskets_;
  std::vector<const Basket*> picked_;
  std::string batch_head_;
  std::string read_;
  std::size_t read_member_ = 0;
  std::int64_t first_day_ = 0;  ///< Since 1970.
  std::uint64_t number_;
  std::uint64_t step_;
  std::uint64_t second_ = ~std::uint64_t{0};  ///< Of trading, what time_ shows.
  std::array<char, 19> time_{};
};

}  // namespace road
