// Invented people for the generated members. Nobody can be reached by accident: mail goes to
// example.com (RFC 2606), phone numbers are from the range that Ofcom keeps for drama. Pure.
#pragma once

#include "cli/generate_population.hpp"

#include <string>
#include <string_view>

namespace accrue::cli {

/// A JSON object: name, email, mostly a phone, often a birth date.
std::string draw_contact(const Shopper& shopper, Random& random);
/// A BCP 47 tag; mostly "en".
std::string_view draw_language(Random& random);
/// "gold" for those who come most, then "silver", then "bronze".
std::string_view tier_of(const Shopper& shopper);

}  // namespace accrue::cli
