#include "vault/key_file.hpp"

#include "digest/crc32c.hpp"

#include <accrue/assert.hpp>

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace accrue::vault {
namespace {

// A slot never crosses a sector of 512 bytes, so a power cut leaves the old one or the new one.
constexpr std::size_t kSlot = 128;
constexpr std::string_view kMagic = "ACCRKEYS";
constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kFree = 0, kTaken = 1;
constexpr std::size_t kIdAt = 2, kKeyAt = 66, kKeySize = 32, kCrcAt = kSlot - 4;

using SlotBytes = std::array<char, kSlot>;

void put_crc(SlotBytes& bytes) {
  const std::uint32_t crc = crc32c({bytes.data(), kCrcAt});
  for (std::size_t i = 0; i < 4; ++i) bytes[kCrcAt + i] = static_cast<char>(crc >> (8 * i) & 0xFF);
}

bool has_crc(std::string_view bytes) {
  std::uint32_t crc = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    crc |= std::uint32_t{static_cast<std::uint8_t>(bytes[kCrcAt + i])} << (8 * i);
  }
  return crc == crc32c(bytes.substr(0, kCrcAt));
}

SlotBytes header() {
  SlotBytes bytes{};
  std::copy(kMagic.begin(), kMagic.end(), bytes.begin());
  bytes[8] = static_cast<char>(kVersion);
  put_crc(bytes);
  return bytes;
}

SlotBytes taken_slot(const MemberId& member, const Key& key) {
  SlotBytes bytes{};
  bytes[0] = static_cast<char>(kTaken);
  bytes[1] = static_cast<char>(member.text().size());
  std::copy(member.text().begin(), member.text().end(), bytes.begin() + kIdAt);
  std::copy(key.view().begin(), key.view().end(), bytes.begin() + kKeyAt);
  put_crc(bytes);
  return bytes;
}

SlotBytes free_slot() {
  SlotBytes bytes{};
  put_crc(bytes);
  return bytes;
}

/// The member of a slot whose checksum is right; empty when nobody's, nothing when it makes no
/// sense.
std::optional<std::string_view> owner(std::string_view bytes) {
  const auto state = static_cast<std::uint8_t>(bytes[0]);
  if (state == kFree) return std::string_view();
  const auto size = static_cast<std::uint8_t>(bytes[1]);
  if (state != kTaken || size > 64 || !is_id(bytes.substr(kIdAt, size))) return std::nullopt;
  return bytes.substr(kIdAt, size);
}

constexpr std::uint64_t offset_of(std::uint32_t slot) { return (std::uint64_t{slot} + 1) * kSlot; }

std::size_t hash_of(std::string_view member) { return std::hash<std::string_view>{}(member); }

Result<void> sync_folder(const std::filesystem::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  const int code = errno;
  if (file >= 0) ::close(file);
  if (synced) return ok();
  return Error{ErrorCode::internal, "cannot sync the folder " + folder.string() + ": " +
                                        std::generic_category().message(code)};
}

}  // namespace

Key::~Key() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

Result<std::unique_ptr<KeyFile>> KeyFile::open(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) {
    return Error{ErrorCode::internal, "cannot open the keys in " + path.string() + ": " +
                                          std::generic_category().message(errno)};
  }
  std::unique_ptr<KeyFile> keys(new KeyFile(path, file));
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    return Error{ErrorCode::conflict, path.string() + " is in use by another process; stop it"};
  }
  struct stat status {};
  if (::fstat(file, &status) != 0) return keys->failed("read");
  if ((status.st_mode & 077) != 0) {
    return reject("others may read " + path.string() + "; run chmod 600 on it");
  }
  const auto size = static_cast<std::uint64_t>(status.st_size);
  const auto done = size < kSlot ? keys->start(size) : keys->load(size);
  if (!done) return done.error();
  return keys;
}

bool KeyFile::has_slots(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return !error && size > kSlot;
}

Result<std::unique_ptr<KeyFile>> KeyFile::look(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) {
    const ErrorCode code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::internal;
    return Error{code, "cannot open the keys in " + path.string() + ": " +
                           std::generic_category().message(errno)};
  }
  std::unique_ptr<KeyFile> keys(new KeyFile(path, file));
  keys->looking_ = true;
  struct stat status {};
  if (::fstat(file, &status) != 0) return keys->failed("read");
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size < kSlot) return keys;  // A crash while the file was made.
  if (auto loaded = keys->load(size); !loaded) return loaded.error();
  return keys;
}

KeyFile::~KeyFile() { ::close(file_); }

Result<void> KeyFile::start(std::uint64_t size) {
  if (size > 0) cut_torn_slot_ = true;  // A crash while the file was made: nothing was sealed yet.
  const SlotBytes bytes = header();
  if (auto written = write(0, {bytes.data(), bytes.size()}); !written) return written;
  if (auto synced = sync(); !synced) return synced;
  return sync_folder(path_.parent_path());
}

Result<void> KeyFile::load(std::uint64_t size) {
  SlotBytes bytes{};
  if (auto done = read(0, bytes); !done) return done;
  if (bytes != header()) {
    return Error{ErrorCode::corrupt, path_.string() +
                                         " does not begin as a key file of version 1; "
                                         "restore it from a backup"};
  }
  const std::uint64_t whole = size / kSlot - 1;
  for (std::uint64_t i = 0; i < whole; ++i) {
    const auto slot = static_cast<std::uint32_t>(i);
    if (auto done = read(offset_of(slot), bytes); !done) return done;
    const std::string_view view(bytes.data(), bytes.size());
    if (i + 1 == whole && size % kSlot == 0 && !has_crc(view)) return cut(slot);
    if (auto taken = take_slot(slot, view); !taken) return taken;
  }
  OPENSSL_cleanse(bytes.data(), bytes.size());
  if (size % kSlot != 0) return cut(count_);
  return ok();
}

Result<void> KeyFile::take_slot(std::uint32_t slot, std::string_view bytes) {
  if (!has_crc(bytes)) return damaged(slot);
  const auto member = owner(bytes);
  if (!member) return damaged(slot);
  if (member->empty()) {
    free_.push_back(slot);
  } else {
    slots_.emplace(hash_of(*member), slot);
  }
  count_ = slot + 1;
  return ok();
}

Result<void> KeyFile::cut(std::uint32_t slots) {
  cut_torn_slot_ = true;
  if (looking_) return ok();
  if (::ftruncate(file_, static_cast<off_t>(offset_of(slots))) != 0) return failed("shorten");
  return sync();
}

Result<std::optional<KeyFile::Found>> KeyFile::locate(const MemberId& member) const {
  SlotBytes bytes{};
  const auto [first, last] = slots_.equal_range(hash_of(member.text()));
  for (auto it = first; it != last; ++it) {
    if (auto done = read(offset_of(it->second), bytes); !done) return done.error();
    const std::string_view view(bytes.data(), bytes.size());
    if (!has_crc(view)) return damaged(it->second);
    if (owner(view) != std::string_view(member.text())) continue;
    Found found;
    found.slot = it->second;
    std::copy_n(view.begin() + kKeyAt, kKeySize, found.key.bytes().begin());
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return std::optional(found);
  }
  return std::optional<Found>();
}

Result<std::optional<Key>> KeyFile::find(const MemberId& member) const {
  auto found = locate(member);
  if (!found) return found.error();
  if (!found.value()) return std::optional<Key>();
  return std::optional(found.value()->key);
}

Result<void> KeyFile::add(std::span<const std::pair<MemberId, Key>> keys) {
  std::vector<std::uint32_t> slots;
  for (const auto& [member, key] : keys) {
    ACCRUE_ASSERT(is_id(member.text()));
    // A slot is in use only from the sync on; after a failure it stays free.
    const bool reuse = slots.size() < free_.size();
    const auto fresh =
        static_cast<std::uint32_t>(slots.size() - std::min(slots.size(), free_.size()));
    const std::uint32_t slot = reuse ? free_[free_.size() - 1 - slots.size()] : count_ + fresh;
    SlotBytes bytes = taken_slot(member, key);
    auto written = write(offset_of(slot), {bytes.data(), bytes.size()});
    OPENSSL_cleanse(bytes.data(), bytes.size());
    if (!written) return written;
    slots.push_back(slot);
  }
  if (auto synced = sync(); !synced) return synced;
  free_.resize(free_.size() - std::min(free_.size(), slots.size()));
  for (std::size_t i = 0; i < slots.size(); ++i) {
    slots_.emplace(hash_of(keys[i].first.text()), slots[i]);
    count_ = std::max(count_, slots[i] + 1);
  }
  return ok();
}

Result<bool> KeyFile::erase(const MemberId& member) {
  auto found = locate(member);
  if (!found) return found.error();
  if (!found.value()) return false;
  const std::uint32_t slot = found.value()->slot;
  const SlotBytes bytes = free_slot();
  if (auto done = write(offset_of(slot), {bytes.data(), bytes.size()}); !done) return done.error();
  if (auto synced = sync(); !synced) return synced.error();
  const auto [first, last] = slots_.equal_range(hash_of(member.text()));
  slots_.erase(std::find_if(first, last, [slot](const auto& at) { return at.second == slot; }));
  free_.push_back(slot);
  return true;
}

Result<void> KeyFile::write(std::uint64_t offset, std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t n = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed("write");
    offset += static_cast<std::uint64_t>(n);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return ok();
}

Result<void> KeyFile::read(std::uint64_t offset, std::span<char> bytes) const {
  while (!bytes.empty()) {
    const ssize_t n = ::pread(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed("read");
    if (n == 0) return Error{ErrorCode::corrupt, path_.string() + " was shortened while in use"};
    offset += static_cast<std::uint64_t>(n);
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  return ok();
}

Result<void> KeyFile::sync() const {
  if (::fdatasync(file_) != 0) return failed("sync");
  return ok();
}

Error KeyFile::failed(std::string_view verb) const {
  const int code = errno;
  return {code == ENOSPC || code == EDQUOT ? ErrorCode::exhausted : ErrorCode::internal,
          "cannot " + std::string(verb) + " the keys in " + path_.string() + ": " +
              std::generic_category().message(code)};
}

Error KeyFile::damaged(std::uint32_t slot) const {
  return {ErrorCode::corrupt, path_.string() + ": slot " + std::to_string(slot + 1) + " at byte " +
                                  std::to_string(offset_of(slot)) +
                                  " is damaged; restore the file from a backup"};
}

}  // namespace accrue::vault
