// What the store's tests share: a folder that goes away, files as text, one-line transactions.
#pragma once

#include "store/environment.hpp"
#include "store/keys.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace accrue::store {

class Folder {
 public:
  explicit Folder(const std::filesystem::path& where = std::filesystem::temp_directory_path()) {
    std::string name = (where / "accrue-store-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path store() const { return path_ / "ledger"; }
  std::filesystem::path data() const { return store() / "data.mdb"; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  ASSERT_TRUE(file.flush().good());
}

/// A store with a map small enough for a test. The temporary folder may be in memory.
inline std::shared_ptr<Environment> open_store(const Folder& folder,
                                               std::uint64_t map_bytes = 1ull << 30) {
  Options options;
  options.map_bytes = map_bytes;
  options.allow_any_filesystem = true;
  auto environment = Environment::open(folder.store(), options);
  EXPECT_TRUE(environment.has_value()) << environment.error().message;
  return environment ? environment.value() : nullptr;
}

inline void put_one(Environment& environment, Table table, std::string_view key,
                    std::string_view value) {
  auto txn = environment.write();
  ASSERT_TRUE(txn.has_value()) << txn.error().message;
  ASSERT_TRUE(txn.value().put(table, key, value).has_value());
  const auto committed = std::move(txn.value()).commit();
  ASSERT_TRUE(committed.has_value()) << committed.error().message;
}

/// The value, or "-" when there is none.
inline std::string get_one(const Environment& environment, Table table, std::string_view key) {
  const auto txn = environment.read();
  EXPECT_TRUE(txn.has_value());
  const auto value = txn.value().get(table, key);
  EXPECT_TRUE(value.has_value()) << value.error().message;
  return std::string(value.value().value_or("-"));
}

}  // namespace accrue::store
