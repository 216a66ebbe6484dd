// Finds single records of a journal by their number, also while it is written: whoever holds a
// number (a retry's first answer, a sale that goods come back of) reads the record here. Notices
// new segments by itself. Ask only for records that are known to be durable.
// One thread at a time; any number of them beside the writer.
#pragma once

#include "journal/format.hpp"
#include "journal/reader.hpp"

#include <accrue/ids.hpp>
#include <accrue/result.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace accrue::journal {

class Finder;

class Lookup {
 public:
  /// A folder without a journal is one that is still empty.
  static Result<Lookup> open(const std::filesystem::path& folder);
  Lookup(Lookup&&) noexcept;
  Lookup& operator=(Lookup&&) noexcept;
  ~Lookup();

  /// Valid until the next call. Fails with not_found when the journal has no such record, or not
  /// yet, and with corrupt, file and place on damage.
  Result<Record> find(Seq seq);

 private:
  /// What is remembered of a segment.
  struct Known {
    Segment segment;
    std::unique_ptr<Finder> finder;
    std::uint64_t used = 0;  ///< When, by the count of calls.
  };

  explicit Lookup(std::filesystem::path folder);
  Result<void> list();
  Result<std::optional<std::string_view>> try_find(Seq seq);
  bool is_newest(const Known& known) const;
  Finder& finder_of(const Segment& segment);
  bool is_between(Seq seq) const;
  Error missing(Seq seq) const;

  std::filesystem::path folder_;
  std::vector<Segment> segments_;  ///< As last listed.
  std::vector<Known> known_;
  std::uint64_t calls_ = 0;
  std::unique_ptr<Frame> frame_;  ///< Of the record given last.
};

}  // namespace accrue::journal
