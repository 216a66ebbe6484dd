// Contact data as bytes, before it is sealed and after it is opened. Equal data gives equal bytes,
// whatever the order of its fields. Format: docs/formats/vault.md. Pure: any thread.
#pragma once

#include <accrue/result.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace accrue::vault {

/// Field name and value: ("email", "ann@example.com").
using Contact = std::vector<std::pair<std::string, std::string>>;

std::string pack_contact(Contact contact);
/// Fields in order of their names. Fails with corrupt when the bytes are not packed contact data.
Result<Contact> unpack_contact(std::string_view bytes);

}  // namespace accrue::vault
