#include "requests.hpp"

#include "cli/generate_catalogue.hpp"

#include <accrue/money.hpp>

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace road {
namespace {

using accrue::cli::Catalogue;

constexpr std::size_t kNumberDigits = 10;
constexpr std::size_t kMemberDigits = 7;
constexpr std::uint64_t kSalesASecond = 400;          // Of the shops' own time.
constexpr std::uint64_t kTradingSeconds = 15 * 3600;  // From seven until ten.
constexpr const char* kHost = "Host: 127.0.0.1\r\n";

void set_digits(char* at, std::uint64_t value, std::size_t width) {
  while (width-- > 0) {
    at[width] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

std::int64_t days_of(const std::string& day) {
  int year = 0;
  unsigned month = 0;
  unsigned of_month = 0;
  if (std::sscanf(day.c_str(), "%4d-%2u-%2u", &year, &month, &of_month) != 3) {
    std::fprintf(stderr, "road: --day %s is no day; write one like 2026-06-16\n", day.c_str());
    std::exit(2);
  }
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(of_month)};
  return std::chrono::sys_days(date).time_since_epoch().count();
}

/// Lines of JSON, and what they come to in pence.
std::pair<std::string, std::int64_t> draw_lines(const Catalogue& catalogue, std::size_t count,
                                                Random& random) {
  std::string lines;
  std::int64_t pence = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& good = catalogue.product(catalogue.pick(random, false));
    const std::int64_t thousandths = good.weighed
                                         ? random.between(150, 1600)
                                         : random.between(1, random.chance(250) ? 4 : 1) * 1000;
    const std::string quantity =
        thousandths % 1000 == 0
            ? fmt::format("{}", thousandths / 1000)
            : fmt::format("\"{}.{:03}\"", thousandths / 1000, thousandths % 1000);
    lines += (i == 0 ? "" : ",") + good.head + quantity + good.tail;
    pence += accrue::divide(static_cast<accrue::Wide>(thousandths) * good.pence, 1000,
                            accrue::Rounding::half_even);
  }
  return {lines, pence};
}

Members members_of(const Options& options, std::size_t thread) {
  const auto order = options.in_turn    ? Members::Order::in_turn
                     : options.zipf > 0 ? Members::Order::zipf
                                        : Members::Order::uniform;
  return {order, options.members, options.zipf > 0 ? options.zipf : 1, thread, options.threads};
}

}  // namespace

Requests::Requests(const Options& options, std::size_t thread)
    : random_(options.seed * 64 + thread),
      members_(members_of(options, thread)),
      first_day_(days_of(options.day)),
      number_(options.first + thread),
      step_(options.threads) {
  const std::string post = fmt::format("POST /v1/transactions HTTP/1.1\r\n{}Content-Type: ", kHost);
  for (std::size_t i = 0; i < kBaskets; ++i) {
    baskets_.push_back(make_basket(options, post + "application/json\r\nContent-Length: "));
  }
  batch_head_ = post + "application/x-ndjson\r\nContent-Length: ";
  read_ = "GET /v1/members/M";
  read_member_ = read_.size();
  read_ += fmt::format("{:0{}} HTTP/1.1\r\n{}\r\n", 0, kMemberDigits, kHost);
}

Requests::Basket Requests::make_basket(const Options& options, std::string_view head) {
  static const Catalogue catalogue;
  const auto [lines, pence] = draw_lines(catalogue, options.lines, random_);
  const std::uint32_t store = random_.between(1, 40);
  const std::uint32_t till = random_.between(1, 12);
  const std::string before_number = fmt::format(R"({{"id":"S{:03}-T{:02}-)", store, till);
  const std::string before_member =
      fmt::format(R"({:0{}}","type":"sale","member_id":"M)", 0, kNumberDigits);
  const std::string before_time = fmt::format(R"({:0{}}","time":")", 0, kMemberDigits);
  const std::string rest = fmt::format(
      R"(2026-01-01T00:00:00+01:00","store":"S{:03}","terminal":"T{:02}","currency":"GBP",)"
      R"("lines":[{}],"tenders":[{{"type":"{}","amount":"{}.{:02}"}}]}})",
      store, till, lines, random_.chance(800) ? "card" : "cash", pence / 100, pence % 100);
  const std::size_t length =
      before_number.size() + before_member.size() + before_time.size() + rest.size();

  Basket basket;
  basket.request = fmt::format("{}{}\r\n\r\n", head, length);
  basket.body = basket.request.size();
  basket.request += before_number;
  basket.number = basket.request.size();
  basket.request += before_member;
  basket.member = basket.request.size();
  basket.request += before_time;
  basket.time = basket.request.size();
  basket.request += rest;
  return basket;
}

void Requests::add_sale(std::string& out) {
  const Basket& basket = pick();
  const std::size_t at = out.size();
  out += basket.request;
  fill(basket, &out[at], 0);
}

void Requests::add_body(const Basket& basket, std::string& out) {
  const std::size_t at = out.size();
  out.append(basket.request, basket.body);
  fill(basket, &out[at], basket.body);
  out += '\n';
}

void Requests::add_line(std::string& out) { add_body(pick(), out); }

void Requests::add_batch(std::string& out, std::size_t lines) {
  picked_.clear();
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < lines; ++i) {
    picked_.push_back(&pick());
    bytes += picked_.back()->request.size() - picked_.back()->body + 1;
  }
  out += batch_head_;
  out += std::to_string(bytes);
  out += "\r\n\r\n";
  for (const Basket* basket : picked_) add_body(*basket, out);
}

void Requests::add_read(std::string& out) {
  const std::size_t at = out.size();
  out += read_;
  set_digits(&out[at + read_member_], members_.draw(random_), kMemberDigits);
}

void Requests::fill(const Basket& basket, char* copy, std::size_t from) {
  set_digits(copy + (basket.number - from), number_, kNumberDigits);
  set_digits(copy + (basket.member - from), members_.draw(random_), kMemberDigits);
  tell_time(number_ / kSalesASecond);
  std::memcpy(copy + (basket.time - from), time_.data(), time_.size());
  number_ += step_;
}

void Requests::tell_time(std::uint64_t second) {
  if (second == second_) return;
  second_ = second;
  const std::chrono::sys_days day(
      std::chrono::days(first_day_ + static_cast<std::int64_t>(second / kTradingSeconds)));
  const std::chrono::year_month_day date(day);
  const std::uint64_t of_day = 7 * 3600 + second % kTradingSeconds;
  fmt::format_to_n(time_.data(), time_.size(), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
                   static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                   static_cast<unsigned>(date.day()), of_day / 3600, of_day / 60 % 60, of_day % 60);
}

}  // namespace road
