// Keeps messages that were refused, one JSON line each, until somebody looks at them. A message is
// written once, however often it is refused after restarts. One thread.
#pragma once

#include <accrue/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

namespace accrue::file_feed {

struct Refused {
  std::uint64_t message = 0;  ///< Counted from 1; 0 when the file itself is what is wrong.
  std::uint64_t line = 0;
  std::string raw;
  Error why;
};

class Quarantine {
 public:
  /// The quarantine of one source: <data folder>/quarantine/<file name>.ndjson. Reads what is there
  /// of the source; a line torn by a crash is cut off.
  static Result<Quarantine> open(const std::string& data_folder, const std::string& file_name,
                                 const std::string& source);
  Quarantine(Quarantine&& other) noexcept;
  Quarantine& operator=(Quarantine&&) = delete;
  ~Quarantine();

  bool holds(std::uint64_t message) const { return held_.contains(message); }
  /// Appends unless it is held; durable after sync(). After an error of either, open it anew.
  Result<void> add(const Refused& refused);
  Result<void> sync();

 private:
  Quarantine(int fd, std::string path, std::string prefix)
      : fd_(fd), path_(std::move(path)), prefix_(std::move(prefix)) {}
  Result<void> read_held();

  int fd_;
  std::string path_;
  std::string prefix_;  ///< What each line of this source begins with, up to the message number.
  std::unordered_set<std::uint64_t> held_;
  bool unsynced_ = true;  ///< What lay there may not be synced either.
};

}  // namespace accrue::file_feed
