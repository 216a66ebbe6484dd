// The vault: seals personal data with a key of the person's own, kept in a small file apart from
// journal and ledger, so that erasing a person is overwriting one key and the books stay whole.
// Opened once in the daemon; every call may come from any thread, calls wait for each other.
#pragma once

#include "vault/key_file.hpp"

#include <accrue/ids.hpp>
#include <accrue/result.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace accrue::vault {

/// Fills bytes with randomness fit for keys; false when there is none. A seam for simulation.
using Randomness = std::function<bool(std::span<std::uint8_t>)>;
/// OpenSSL's generator.
bool system_randomness(std::span<std::uint8_t> bytes);

class Vault {
 public:
  /// Opens `folder`/keys.dat; makes both (modes 0700, 0600) when there are none. Errors are those
  /// of KeyFile::open.
  static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& folder,
                                             Randomness randomness = system_randomness);

  /// Whether `folder` has a keys.dat that ever held a key, erased ones too: a new one has not.
  static bool ever_had_keys(const std::filesystem::path& folder);

  /// Makes keys for those members who have none, with one sync for all of them. seal() does this
  /// for one member; call it before sealing for many.
  Result<void> prepare(std::span<const MemberId> members);

  /// Sealed bytes of `plain` (at most 1 MiB); the same for the same text while the key lives. When
  /// this returns, the key is on the disk.
  Result<std::string> seal(const MemberId& member, std::string_view plain);

  /// Nothing when the key is gone. Fails with corrupt when the bytes are not what was sealed for
  /// this member.
  Result<std::optional<std::string>> open_sealed(const MemberId& member, std::string_view sealed);

  /// Overwrites the member's key: all that was sealed with it is lost for ever. False when there
  /// was none. Sealing for the member again makes a new key that opens nothing old.
  Result<bool> forget(const MemberId& member);

  std::size_t keys() const;
  /// True when opening cut a slot that a crash had left unfinished: worth a line in the log.
  bool cut_torn_slot() const { return file_->cut_torn_slot(); }

 private:
  Vault(std::unique_ptr<KeyFile> file, Randomness randomness)
      : file_(std::move(file)), randomness_(std::move(randomness)) {}
  Result<void> make_keys(std::span<const MemberId> members);

  mutable std::mutex mutex_;
  std::unique_ptr<KeyFile> file_;
  Randomness randomness_;
};

}  // namespace accrue::vault
