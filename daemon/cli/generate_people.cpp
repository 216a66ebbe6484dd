#include "cli/generate_people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace accrue::cli {
namespace {

constexpr std::array<std::string_view, 40> kFirstNames{
    "Ada",   "Alfie",  "Amara",  "Anil",   "Beth",  "Callum", "Carys", "Chidi",   "Clara", "Dev",
    "Edith", "Ewan",   "Fatima", "Finlay", "Freya", "George", "Grace", "Harriet", "Hugo",  "Imogen",
    "Isaac", "Jasmin", "Joan",   "Kasia",  "Kwame", "Leila",  "Lewis", "Mabel",   "Mei",   "Nadia",
    "Nia",   "Olive",  "Omar",   "Piotr",  "Priya", "Rhys",   "Ruth",  "Samir",   "Tom",   "Zoe"};
constexpr std::array<std::string_view, 40> kLastNames{
    "Adeyemi", "Ahmed",   "Baker", "Begum",  "Bennett",  "Campbell", "Chen",   "Clarke",
    "Davies",  "Edwards", "Evans", "Fisher", "Fraser",   "Green",    "Hall",   "Hughes",
    "Jackson", "Jones",   "Kaur",  "Khan",   "Kowalski", "Lewis",    "Martin", "Mensah",
    "Morgan",  "Murphy",  "Nowak", "Okafor", "Patel",    "Price",    "Reid",   "Roberts",
    "Shah",    "Singh",   "Smith", "Taylor", "Thomas",   "Walker",   "Wilson", "Wright"};

std::string lower(std::string_view text) {
  std::string result(text);
  const auto lowered = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  std::transform(result.begin(), result.end(), result.begin(), lowered);
  return result;
}

}  // namespace

std::string draw_contact(const Shopper& shopper, Random& random) {
  const std::string_view first = kFirstNames[random.below(kFirstNames.size())];
  const std::string_view last = kLastNames[random.below(kLastNames.size())];
  std::string contact = fmt::format(R"({{"name":"{} {}","email":"{}.{}.{}@example.com")", first,
                                    last, lower(first), lower(last), shopper.number);
  if (random.chance(700)) {
    contact += fmt::format(R"(,"phone":"+447700900{:03}")", random.below(1000));
  }
  if (random.chance(600)) {
    const std::uint32_t year = random.between(1940, 2006);
    const std::uint32_t month = random.between(1, 12);
    contact += fmt::format(R"(,"birth_date":"{}-{:02}-{:02}")", year, month, random.between(1, 28));
  }
  contact += '}';
  return contact;
}

std::string_view draw_language(Random& random) {
  const std::uint32_t throw_of = random.below(100);
  if (throw_of < 88) return "en";
  if (throw_of < 92) return "pl";
  return throw_of < 96 ? "cy" : "de";
}

std::string_view tier_of(const Shopper& shopper) {
  if (shopper.rhythm <= 1) return "gold";
  return shopper.rhythm == 2 ? "silver" : "bronze";
}

}  // namespace accrue::cli
