// A group: the payloads that are written and synced together, so that many transactions share one
// wait for the disk. Payloads lie one after the other in one buffer whose capacity is kept.
// Belongs to one thread at a time.
#pragma once

#include <cstddef>
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
  bool empty() const { return ends_.empty(); }
  /// Number of payloads.
  std::size_t size() const { return ends_.size(); }
  /// Bytes of all payloads.
  std::size_t bytes() const { return bytes_.size(); }
  /// REQUIRES: index < size(). Valid until the next add or clear.
  std::string_view payload(std::size_t index) const;
  void clear();

 private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

}  // namespace accrue::journal
