#include "person_reader.hpp"

#include "../text_check.hpp"

#include <algorithm>
#include <array>

namespace accrue::json_codec {
namespace {

using codecs::kMaxTextPoints;

constexpr std::size_t kMaxAttributes = 64;
constexpr std::string_view kBirthday = "birthday";

enum ContactField { kName, kEmail, kPhone, kAddress, kBirthDate, kContactFields };
constexpr std::array<std::string_view, kContactFields> kContactNames{"name", "email", "phone",
                                                                     "address", "birth_date"};

bool is_month_and_day(std::string_view text) {
  // 2000 was a leap year: 29 February is a birthday too.
  return text.size() == 5 && parse_local_time("2000-" + std::string(text)).has_value();
}

bool is_birth_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || !is_month_and_day(text.substr(5))) return false;
  const auto year = Decimal::parse(text.substr(0, 4));
  if (!year || *year < Decimal::from_whole(1870) || *year > Decimal::from_whole(2199)) return false;
  const std::chrono::year of{static_cast<int>(year->micros() / Decimal::kScale)};
  return text.substr(5) != "02-29" || of.is_leap();
}

/// A plain addr-spec: enough to keep header injection and typing errors out.
bool is_email(std::string_view text) {
  const auto at = text.find('@');
  if (at == text.npos || at == 0 || at + 1 == text.size() || text.size() > 254) return false;
  return text.find('@', at + 1) == text.npos && text.find_first_of(" <>,;:\"\\()[]") == text.npos;
}

bool is_language_tag(std::string_view text) {
  if (text.empty() || text.size() > 35) return false;
  std::size_t part = 0;
  bool first = true;
  for (const char c : text) {
    if (c == '-') {
      if (part == 0) return false;
      part = 0;
      first = false;
      continue;
    }
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9' && !first;
    if ((!letter && !digit) || ++part > 8) return false;
  }
  return part > 0;
}

bool has_attribute(const Transaction& transaction, std::string_view name) {
  return std::any_of(transaction.attributes.begin(), transaction.attributes.end(),
                     [&](const Attribute& attribute) { return attribute.key == name; });
}

std::optional<AttributeValue> read_attribute_value(Reading& reading, std::uint32_t at,
                                                   const Path& path, std::string_view name) {
  const Node& node = reading.tape[at];
  if (node.kind == NodeKind::boolean) return node.integer != 0;
  if (node.kind == NodeKind::integer) return node.integer;
  if (node.kind != NodeKind::text) {
    wrong_type(reading, at, path, "a string, an integer, true or false");
    return std::nullopt;
  }
  const auto text = read_text(reading, at, path, kMaxTextPoints);
  if (!text) return std::nullopt;
  if (name == kBirthday && !is_month_and_day(*text)) {
    reading.problems.add(path, "bad_time", "write a birthday as month and day, such as 02-29");
    return std::nullopt;
  }
  return *text;
}

void read_attribute(Reading& reading, std::uint32_t key, const Path& path,
                    Transaction& transaction) {
  const std::string_view name = reading.tape[key].view();
  const Path here{&path, name};
  if (!codecs::is_attribute_name(name)) {
    return reading.problems.add(here, "bad_text",
                                "an attribute's name is 1 to 32 of a-z 0-9 _, a letter first");
  }
  if (has_attribute(transaction, name)) {
    return reading.problems.add(here, "duplicate_key", "the field is written twice; write it once");
  }
  const auto value = read_attribute_value(reading, key + 1, here, name);
  if (value) transaction.attributes.push_back({reading.kept.keep(name), *value});
}

void read_contact_field(Reading& reading, std::uint32_t at, const Path& path, ContactField field,
                        Transaction& transaction) {
  const auto text = read_text(reading, at, path, kMaxTextPoints);
  if (!text) return;
  if (field == kEmail && !is_email(*text)) {
    return reading.problems.add(path, "bad_text",
                                "write an e-mail address such as ann@example.org");
  }
  if (field == kBirthDate && !is_birth_date(*text)) {
    return reading.problems.add(path, "bad_time", "write a birth date such as 1984-02-29");
  }
  transaction.contact.push_back({kContactNames[field], *text});
  if (field != kBirthDate) return;
  if (has_attribute(transaction, kBirthday)) {
    return reading.problems.add(
        path, "duplicate_key", "the birthday follows from the birth date; leave the attribute out");
  }
  transaction.attributes.push_back({kBirthday, text->substr(5)});
}

}  // namespace

void read_attributes(Reading& reading, std::uint32_t at, const Path& path,
                     Transaction& transaction) {
  const Node& object = reading.tape[at];
  if (object.kind != NodeKind::object) return wrong_type(reading, at, path, "an object");
  if (object.size > kMaxAttributes) {
    return reading.problems.add(path, "too_many", "there are more than 64 attributes");
  }
  for (std::uint32_t key = at + 1; key < object.end; key = reading.tape[key + 1].end) {
    read_attribute(reading, key, path, transaction);
  }
}

void read_contact(Reading& reading, std::uint32_t at, const Path& path, Transaction& transaction) {
  if (reading.tape[at].kind != NodeKind::object) return wrong_type(reading, at, path, "an object");
  std::array<std::uint32_t, kContactFields> places;
  find_fields(reading, at, path, kContactNames, places);
  for (std::size_t field = 0; field < places.size(); ++field) {
    if (places[field] == 0) continue;
    read_contact_field(reading, places[field], {&path, kContactNames[field]},
                       static_cast<ContactField>(field), transaction);
  }
}

void read_language(Reading& reading, std::uint32_t at, const Path& path, Transaction& transaction) {
  const auto text = read_string(reading, at, path);
  if (!text) return;
  if (is_language_tag(*text)) {
    transaction.language = reading.kept.keep(*text);
  } else {
    reading.problems.add(path, "bad_text", "write a language tag such as \"en\" or \"pt-BR\"");
  }
}

}  // namespace accrue::json_codec
