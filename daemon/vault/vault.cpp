#include "vault/vault.hpp"

#include "vault/seal.hpp"

#include <openssl/rand.h>
#include <sys/stat.h>
#include <algorithm>
#include <cerrno>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

namespace accrue::vault {
namespace {

constexpr const char* kKeys = "keys.dat";

}  // namespace

bool system_randomness(std::span<std::uint8_t> bytes) {
  return RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1;
}

Result<std::unique_ptr<Vault>> Vault::open(const std::filesystem::path& folder,
                                           Randomness randomness) {
  std::error_code code;
  if (!std::filesystem::exists(folder, code)) {
    std::filesystem::create_directories(folder.parent_path(), code);
    if (::mkdir(folder.c_str(), 0700) != 0) {
      return Error{ErrorCode::internal, "cannot make the folder " + folder.string() + ": " +
                                            std::generic_category().message(errno)};
    }
  }
  auto file = KeyFile::open(folder / kKeys);
  if (!file) return file.error();
  return std::unique_ptr<Vault>(new Vault(std::move(file.value()), std::move(randomness)));
}

bool Vault::ever_had_keys(const std::filesystem::path& folder) {
  return KeyFile::has_slots(folder / kKeys);
}

Result<void> Vault::prepare(std::span<const MemberId> members) {
  const std::lock_guard lock(mutex_);
  return make_keys(members);
}

Result<void> Vault::make_keys(std::span<const MemberId> members) {
  std::vector<std::pair<MemberId, Key>> made;
  std::set<std::string_view> seen;
  for (const MemberId& member : members) {
    if (!seen.insert(member.text()).second) continue;
    const auto found = file_->find(member);
    if (!found) return found.error();
    if (found.value()) continue;
    Key key;
    if (!randomness_(key.bytes())) {
      return Error{ErrorCode::internal, "the system gives no randomness for a key"};
    }
    made.emplace_back(member, key);
  }
  if (made.empty()) return ok();
  return file_->add(made);
}

Result<std::string> Vault::seal(const MemberId& member, std::string_view plain) {
  const std::lock_guard lock(mutex_);
  if (auto made = make_keys({&member, 1}); !made) return made.error();
  const auto key = file_->find(member);
  if (!key) return key.error();
  return seal_with(*key.value(), member, plain);
}

Result<std::optional<std::string>> Vault::open_sealed(const MemberId& member,
                                                      std::string_view sealed) {
  const std::lock_guard lock(mutex_);
  const auto key = file_->find(member);
  if (!key) return key.error();
  if (!key.value()) return std::optional<std::string>();
  return open_with(*key.value(), member, sealed);
}

Result<bool> Vault::forget(const MemberId& member) {
  const std::lock_guard lock(mutex_);
  return file_->erase(member);
}

std::size_t Vault::keys() const {
  const std::lock_guard lock(mutex_);
  return file_->keys();
}

}  // namespace accrue::vault
