// Reads what a message says of a person or an event beyond goods: attributes, contact data and the
// language of notices. One thread at a time.
#pragma once

#include "value_reader.hpp"

#include <accrue/transaction.hpp>

#include <cstdint>

namespace accrue::json_codec {

/// Names [a-z][a-z0-9_]{0,31}; values text, integer or boolean.
void read_attributes(Reading& reading, std::uint32_t at, const Path& path,
                     Transaction& transaction);

/// name, email, phone, address, birth_date. Of the birth date, month and day become the attribute
/// "birthday" too, which is all that rules may see. REQUIRES: attributes have been read.
void read_contact(Reading& reading, std::uint32_t at, const Path& path, Transaction& transaction);

/// A BCP 47 tag such as "en" or "pt-BR".
void read_language(Reading& reading, std::uint32_t at, const Path& path, Transaction& transaction);

}  // namespace accrue::json_codec
