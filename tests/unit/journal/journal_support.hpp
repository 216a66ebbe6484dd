// What the journal's tests share: a folder that goes away, files as text, groups from texts.
#pragma once

#include "journal/journal.hpp"
#include "journal/reader.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace accrue::journal {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "accrue-journal-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path journal() const { return path_ / "journal"; }
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path segment(std::uint64_t first) const {
    const std::string digits = std::to_string(first);
    return journal() / (std::string(20 - digits.size(), '0') + digits + ".journal");
  }

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

inline void flip(const std::filesystem::path& path, std::size_t offset) {
  std::string bytes = read_bytes(path);
  ASSERT_LT(offset, bytes.size());
  bytes[offset] = static_cast<char>(bytes[offset] ^ 1);
  write_bytes(path, bytes);
}

inline Result<void> put(Journal& journal, const std::vector<std::string>& payloads) {
  Group group;
  for (const auto& payload : payloads) group.add(payload);
  return journal.write(group);
}

/// Writes so many records in groups of one to seven, and says after each how many are durable.
inline void write_groups(Journal& journal, std::uint64_t records,
                         std::atomic<std::uint64_t>& durable,
                         std::string (*payload_of)(std::uint64_t)) {
  for (std::uint64_t next = 1; next <= records;) {
    Group group;
    const std::uint64_t more = next % 7;
    for (std::uint64_t i = 0; i <= more && next <= records; ++i) group.add(payload_of(next++));
    ASSERT_TRUE(journal.write(group).has_value());
    durable.store(value_of(journal.last()));
  }
}

/// The payloads that a reader gives from `from` on. Stops at the first error, which it reports.
inline std::vector<std::string> read_all(const std::filesystem::path& folder,
                                         Seq from = Seq::none) {
  std::vector<std::string> payloads;
  auto reader = Reader::open(folder, from);
  EXPECT_TRUE(reader.has_value()) << reader.error().message;
  if (!reader) return payloads;
  for (;;) {
    const auto record = reader.value().next();
    EXPECT_TRUE(record.has_value()) << record.error().message;
    if (!record || !record.value()) return payloads;
    payloads.emplace_back(record.value()->payload);
  }
}

/// Bytes of a record on the disk: 56 for the frame, padded to a multiple of 8.
inline std::size_t on_disk(std::size_t payload) { return (56 + payload + 7) / 8 * 8; }
inline constexpr std::size_t kHeader = 64;

/// Segments without zeros ahead, so that tests know where a file ends.
inline Options tight() {
  Options options;
  options.extend_bytes = 0;
  return options;
}

}  // namespace accrue::journal
