#include "currency_table.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace accrue {
namespace {

// ISO 4217 list one as of 2026: with the Caribbean guilder XCG, without BGN and ANG.
constexpr std::string_view kNoDigits =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
constexpr std::string_view kTwoDigits =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD "
    "CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS "
    "GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD "
    "LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB "
    "PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP "
    "SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW "
    "ZWG";
constexpr std::string_view kThreeDigits = "BHD IQD JOD KWD LYD OMR TND";
constexpr std::string_view kFourDigits = "CLF UYW";

constexpr std::size_t kLetters = 26;
using Table = std::array<std::int8_t, kLetters * kLetters * kLetters>;

constexpr bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

constexpr std::size_t place_of(std::string_view code) {
  std::size_t place = 0;
  for (const char c : code) place = place * kLetters + static_cast<std::size_t>(c - 'A');
  return place;
}

constexpr void enter(Table& table, std::string_view codes, std::int8_t digits) {
  for (std::size_t at = 0; at < codes.size(); at += 4)
    table[place_of(codes.substr(at, 3))] = digits;
}

constexpr Table make_table() {
  Table table{};
  for (auto& digits : table) digits = -1;
  enter(table, kNoDigits, 0);
  enter(table, kTwoDigits, 2);
  enter(table, kThreeDigits, 3);
  enter(table, kFourDigits, 4);
  return table;
}

constexpr Table kTable = make_table();

}  // namespace

int currency_digits(std::string_view code) {
  if (code.size() != 3) return -1;
  for (const char c : code) {
    if (!is_capital(c)) return -1;
  }
  return kTable[place_of(code)];
}

}  // namespace accrue
