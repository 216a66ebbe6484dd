// keys.dat: one key a person, in slots of fixed size, each written in place so that a key can be
// overwritten and gone. Keys are read from the file when they are needed and never kept in memory.
// Format: docs/formats/vault.md. One thread at a time; the vault's mutex sees to that.
#pragma once

#include <accrue/ids.hpp>
#include <accrue/result.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace accrue::vault {

/// 32 bytes that are overwritten when they go out of scope.
class Key {
 public:
  Key() = default;
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key();
  std::span<std::uint8_t> bytes() { return bytes_; }
  std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

 private:
  std::array<std::uint8_t, 32> bytes_{};
};

class KeyFile {
 public:
  /// Creates the file (mode 0600) when there is none, and locks it. Cuts a torn last slot: its key
  /// was never used. Fails with conflict when another process has it, corrupt (file, slot, byte,
  /// cure) on any other damage, reject_input when others may read it.
  static Result<std::unique_ptr<KeyFile>> open(const std::filesystem::path& path);
  /// For checking: makes, locks, cuts and writes nothing; the file may be in use. Fails with
  /// not_found when there is none, else as open(). REQUIRES: only find() and keys() are called.
  static Result<std::unique_ptr<KeyFile>> look(const std::filesystem::path& path);
  /// Whether the file has a slot, taken or free. False when there is no file.
  static bool has_slots(const std::filesystem::path& path);
  ~KeyFile();
  KeyFile(const KeyFile&) = delete;

  Result<std::optional<Key>> find(const MemberId& member) const;
  /// Writes and syncs all of them. REQUIRES: no member has a key yet and none is named twice.
  Result<void> add(std::span<const std::pair<MemberId, Key>> keys);
  /// Overwrites the member's slot and syncs. False when there was no key.
  Result<bool> erase(const MemberId& member);

  std::size_t keys() const { return slots_.size(); }
  /// True when open() found and cut a torn last slot.
  bool cut_torn_slot() const { return cut_torn_slot_; }

 private:
  struct Found {
    std::uint32_t slot = 0;
    Key key;
  };
  KeyFile(std::filesystem::path path, int file) : path_(std::move(path)), file_(file) {}
  Result<void> start(std::uint64_t size);
  Result<void> load(std::uint64_t size);
  Result<void> take_slot(std::uint32_t slot, std::string_view bytes);
  Result<std::optional<Found>> locate(const MemberId& member) const;
  Result<void> write(std::uint64_t offset, std::string_view bytes) const;
  Result<void> read(std::uint64_t offset, std::span<char> bytes) const;
  Result<void> sync() const;
  Result<void> cut(std::uint32_t slots);
  Error failed(std::string_view verb) const;
  Error damaged(std::uint32_t slot) const;

  std::filesystem::path path_;
  int file_;
  /// Slots by the hash of their member's id; the slot itself tells whose it is.
  std::unordered_multimap<std::size_t, std::uint32_t> slots_;
  std::vector<std::uint32_t> free_;
  std::uint32_t count_ = 0;  ///< Slots in the file, free ones too.
  bool cut_torn_slot_ = false;
  bool looking_ = false;  ///< Nothing may be changed.
};

}  // namespace accrue::vault
