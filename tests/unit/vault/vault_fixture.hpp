// A vault in a folder of its own that goes away with the test. One thread.
#pragma once

#include "vault/vault.hpp"

#include <gtest/gtest.h>

#include <unistd.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

namespace accrue::vault {

inline MemberId member(const std::string& id) { return MemberId::trusted(id); }

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class VaultTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "accrue_vault_XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override {
    vault_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::filesystem::path file() const { return folder_ / "v" / "keys.dat"; }

  /// Closes the vault if it is open and opens it anew.
  void reopen() {
    vault_.reset();
    auto opened = Vault::open(folder_ / "v");
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    vault_ = std::move(opened.value());
  }
  Error refusal() {
    vault_.reset();
    auto opened = Vault::open(folder_ / "v");
    EXPECT_FALSE(opened.has_value());
    return opened.has_value() ? Error{} : opened.error();
  }
  std::string seal(const std::string& id, const std::string& plain) {
    auto sealed = vault_->seal(member(id), plain);
    EXPECT_TRUE(sealed.has_value()) << sealed.error().message;
    return sealed.has_value() ? sealed.value() : "";
  }
  /// What the sealed bytes say; "(gone)" when the key is.
  std::string open(const std::string& id, const std::string& sealed) {
    auto plain = vault_->open_sealed(member(id), sealed);
    if (!plain) return "(" + plain.error().message + ")";
    return plain.value().value_or("(gone)");
  }
  void overwrite(std::uint64_t offset, const std::string& bytes) {
    std::fstream stream(file(), std::ios::binary | std::ios::in | std::ios::out);
    stream.seekp(static_cast<std::streamoff>(offset));
    stream << bytes;
  }

  std::filesystem::path folder_;
  std::unique_ptr<Vault> vault_;
};

}  // namespace accrue::vault
