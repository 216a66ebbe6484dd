// What the tests of packed segments share: journals of many segments, and packing all of them.
#pragma once

#include "journal/lookup.hpp"
#include "journal/pack.hpp"
#include "journal_support.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace accrue::journal {

/// Text that packs, but not to nothing.
inline std::string lively(std::uint64_t number, std::size_t size) {
  std::minstd_rand random(static_cast<std::minstd_rand::result_type>(number + 1));
  std::string text = std::to_string(number) + ":";
  while (text.size() < size) text += " till " + std::to_string(random() % 10'000);
  return text;
}

/// The payload of record `number` in these tests: mostly small, now and then larger than a block.
inline std::string payload_at(std::uint64_t number) {
  const std::size_t size = number % 251 == 0 ? 300'000 : 200 + number * 37 % 1500;
  return lively(number, size);
}

inline Options segments_of(std::uint64_t bytes) {
  Options options;
  options.segment_bytes = bytes;
  options.extend_bytes = 5000;
  return options;
}

inline void write_records(Journal& journal, std::uint64_t count) {
  const std::uint64_t last = value_of(journal.last()) + count;
  for (std::uint64_t i = value_of(journal.last()) + 1; i <= last;) {
    Group group;
    for (int size = 0; size < 20 && i <= last; ++size) group.add(payload_at(i++));
    ASSERT_TRUE(journal.write(group).has_value());
  }
}

inline bool always() { return true; }

/// Packs every segment that may be packed; fails the test when one cannot.
inline std::size_t pack_all(const std::filesystem::path& folder) {
  std::size_t packed = 0;
  const auto segments = packable(folder, Seq{~std::uint64_t{0} - 1});
  EXPECT_TRUE(segments.has_value());
  for (const auto& segment : segments.value()) {
    const auto done = pack(segment, always);
    EXPECT_TRUE(done.has_value()) << done.error().message;
    if (done && done.value()) ++packed;
  }
  return packed;
}

inline std::filesystem::path packed_of(const Folder& folder, std::uint64_t first) {
  return folder.segment(first).string() + ".zst";
}

inline void expect_all_read(const Folder& folder, std::uint64_t count, std::uint64_t from = 1) {
  const auto found = read_all(folder.journal(), static_cast<Seq>(from));
  ASSERT_EQ(found.size(), count + 1 - from);
  for (std::size_t i = 0; i < found.size(); ++i) ASSERT_EQ(found[i], payload_at(from + i)) << i;
}

inline void expect_found(Lookup& lookup, std::uint64_t number) {
  const auto found = lookup.find(static_cast<Seq>(number));
  ASSERT_TRUE(found.has_value()) << found.error().message;
  ASSERT_EQ(value_of(found.value().seq), number);
  ASSERT_EQ(found.value().payload, payload_at(number));
}

}  // namespace accrue::journal
