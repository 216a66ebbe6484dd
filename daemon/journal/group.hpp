// A group: the payloads that are written and synced together, so that many transactions share one
// wait for the disk. Payloads lie in one buffer whose capacity is kept, each where its record will
// have it, so that the journal fills in the frames and writes the buffer as it is.
// Belongs to one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::journal {

/// Largest payload of one record, in bytes.
inline constexpr std::size_t kMaxPayload = std::size_t{16} << 20;

class Group {
 public:
  /// REQUIRES: 1 <= payload.size() <= kMaxPayload.
  void add(std::string_view payload);
  bool empty() const { return places_.empty(); }
  /// Number of payloads.
  std::size_t size() const { return places_.size(); }
  /// Bytes of all payloads.
  std::size_t bytes() const { return bytes_; }
  /// REQUIRES: index < size(). Valid until the next add or clear.
  std::string_view payload(std::size_t index) const;
  void clear();

 private:
  friend class Journal;
  struct Place {
    std::size_t at;  ///< Of the frame.
    std::uint32_t length;
  };

  /// Its frames are the journal's to fill in, and say nothing to anybody else.
  mutable std::string records_;
  std::vector<Place> places_;
  std::size_t bytes_ = 0;
};

}  // namespace accrue::journal
