// Sealing with one person's key: AES-256-GCM whose nonce is drawn from the text itself, so that
// the same text of the same person gives the same bytes. Format: docs/formats/vault.md.
// Pure: any thread.
#pragma once

#include "vault/key_file.hpp"

#include <accrue/ids.hpp>
#include <accrue/result.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace accrue::vault {

Result<std::string> seal_with(const Key& key, const MemberId& member, std::string_view plain);

/// Nothing when the bytes were sealed with another key of the member, one that is gone. Fails with
/// corrupt when they were changed, or sealed for another member.
Result<std::optional<std::string>> open_with(const Key& key, const MemberId& member,
                                             std::string_view sealed);

/// True when the bytes have the form of something sealed.
bool is_sealed(std::string_view bytes);

}  // namespace accrue::vault
